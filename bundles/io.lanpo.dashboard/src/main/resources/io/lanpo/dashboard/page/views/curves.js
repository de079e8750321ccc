import { get } from '/api.js';

// Which figures share a chart. What is not named here has a chart by the part of its name before the dot.
const GROUPS = [
  ['Reward by mode', name => /^reward(\.|$)/.test(name)],
  ['Accuracy', name => /^(accuracy|evaluation)(\.|$)/.test(name) && !name.endsWith('.se')],
  ['Seconds by part', name => /^timing\./.test(name) && !/(cpu|wall)Seconds$/.test(name)],
  ['Entropy', name => name === 'entropy'],
  ['KL to the reference', name => name === 'kl'],
  ['Tokens of a completion, by mode', name => /^(tokens|length)\./.test(name)],
  ['Distance of sampling and update, nats', name => /^logProbGap(\.|$)/.test(name)],
  ['Truncated and clipped shares', name => /^truncated(\.|$)/.test(name) || name === 'clippedShare'],
  ['Gradient norm', name => name === 'gradientNorm'],
  ['Loss', name => /^loss\./.test(name)],
  ['Learning rate', name => name === 'learningRate'],
  ['Deviation of rewards and advantages', name => name === 'rewardStd' || name === 'advantageStd'],
  ['Feedback shown and fallen back', name => /^feedback/.test(name)],
  ['Groups by outcome, and unscored', name => /(^g|G)roups$/.test(name) || name === 'unscored'],
  ['Pool', name => /^pool/.test(name)],
  ['Lessons', name => /^lessons?[A-Z.]/.test(name)],
  ['Seconds in all', name => /^timing\.(cpu|wall)Seconds$/.test(name)],
];

/** [title, names] for each chart, in order. */
export function groups(names) {
  const known = GROUPS.map(([title, test]) => [title, names.filter(test)]);
  const placed = new Set(known.flatMap(([, some]) => some));
  const rest = new Map();
  for (const name of names.filter(n => !placed.has(n) && !n.endsWith('.se'))) {
    const head = name.split('.')[0];
    rest.set(head, [...(rest.get(head) ?? []), name]);
  }
  return [...known, ...rest].filter(([, some]) => some.length);
}

/** The curves of a run, kept up to date: each look fetches only what is new. */
export class Curves {
  constructor(run) {
    this.run = run;
    this.rows = 0;
    this.generation = -1;
    this.steps = [];
    this.values = new Map();
  }

  /** Fetches what is new; returns the state of the run and whether there is something new. */
  async follow(signal) {
    const part = await get('metrics', { run: this.run, since: this.rows, generation: this.generation }, signal);
    if (part.from === 0) {
      this.steps = [];
      this.values = new Map();
    }
    const had = this.steps.length;
    this.steps = this.steps.concat(part.step);
    for (const [name, values] of Object.entries(part.values)) {
      const before = this.values.get(name) ?? new Array(had).fill(null);
      this.values.set(name, before.concat(values));
    }
    for (const [name, values] of this.values) {
      if (values.length < this.steps.length) {
        this.values.set(name, values.concat(new Array(this.steps.length - values.length).fill(null)));
      }
    }
    const fresh = part.rows !== this.rows || part.from === 0;
    this.rows = part.rows;
    this.generation = part.generation;
    return { run: part.run, skipped: part.skipped, fresh };
  }

  names() {
    return [...this.values.keys()];
  }

  of(name) {
    return this.values.get(name) ?? new Array(this.steps.length).fill(null);
  }
}
