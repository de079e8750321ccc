import { get } from '/api.js';
import { axes } from '/axes.js';

// Which figures share a chart: only those of one unit and one meaning. What is not named here has a chart by the part of its name before
// the dot. The third says how figures are written, see units.js.
const GROUPS = [
  ['Reward by mode', name => /^reward(\.|$)/.test(name)],
  ['Accuracy', name => /^(accuracy|evaluation)(\.|$)/.test(name)],
  ['Seconds by part', name => /^timing\.(?!(cpu|wall)Seconds$|at$|.*(PerSecond|Bytes)$)/.test(name)],
  ['Entropy', name => name === 'entropy'],
  ['KL to the reference', name => name === 'kl'],
  ['Tokens of a completion, by mode', name => /^(tokens|length)(\.|$)/.test(name)],
  ['Distance of sampling and update, nats', name => /^logProbGap(\.|$)/.test(name)],
  ['Truncated and clipped shares', name => /^(truncated|clippedShare)(\.|$)/.test(name)],
  ['Gradient norm', name => name === 'gradientNorm'],
  ['Loss', name => /^loss\./.test(name)],
  ['Learning rate', name => name === 'learningRate'],
  ['Deviation of rewards and advantages', name => name === 'rewardStd' || name === 'advantageStd'],
  ['Feedback shown and fallen back', name => /^feedback/.test(name)],
  ['Groups by outcome', name => /(^g|G)roups$/.test(name)],
  ['Completions', name => /^completions(\.|$)/.test(name) || name === 'unscored'],
  ['Trials in the pool', name => name === 'poolExperiences'],
  ['Problems and lessons in the pool', name => /^pool(?!Experiences)/.test(name)],
  ['Lessons of a step', name => /^lessons[A-Z]/.test(name)],
  ['Usefulness of lessons, shares', name => /^lessonUse\./.test(name)],
  ['Tokens generated in a step', name => /^generated\./.test(name)],
  ['Tokens in all', name => name === 'generatedTokens' || name === 'promptTokens'],
  ['Tokens per second', name => name === 'timing.tokensPerSecond'],
  ['Memory, MB', name => /^timing\..*Bytes$/.test(name), 'bytes'],
  ['Seconds in all', name => /^timing\.(cpu|wall)Seconds$/.test(name), 'seconds'],
];

/** A time of day is no figure of a step, and an error belongs to what it is the error of. */
const charted = name => name !== 'timing.at' && !name.endsWith('.se');

/** [title, names, unit] for each chart, in order. */
export function groups(all) {
  const names = all.filter(charted);
  const known = GROUPS.map(([title, test, unit]) => [title, names.filter(test), unit]);
  const placed = new Set(known.flatMap(([, some]) => some));
  const rest = new Map();
  for (const name of names.filter(n => !placed.has(n))) {
    const head = name.split('.')[0];
    rest.set(head, [...(rest.get(head) ?? []), name]);
  }
  return [...known, ...rest].filter(([, some]) => some.length);
}

/** Names as a legend has them: without what all of them begin with. */
export function shortened(names) {
  const heads = new Set(names.map(name => name.split('.')[0]));
  return heads.size === 1 && names.length > 1 && names.every(name => name.includes('.')) ? names.map(name => name.slice(name.indexOf('.') + 1)) : names;
}

/** The curves of a run, kept up to date: each look fetches only what is new. */
export class Curves {
  /** @param names of the figures that are wanted; empty for all */
  constructor(run, names = []) {
    this.run = run;
    this.wanted = names;
    this.rows = 0;
    this.generation = -1;
    this.steps = [];
    this.values = new Map();
  }

  /** Fetches what is new; returns the state of the run and whether there is something new. */
  async follow(signal) {
    const part = await get('metrics', { run: this.run, since: this.rows, generation: this.generation, names: this.wanted.join(',') }, signal);
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

  /** A figure as a chart takes it. Rows that are no further along x than one before are left out, such as those without a value there. */
  curve(name) {
    const { x } = axes();
    if (this.along?.x !== x || this.along.rows !== this.rows || this.along.generation !== this.generation) {
      const all = x === 'step' ? this.steps : this.of(x);
      let most = -Infinity;
      const kept = all.flatMap((v, i) => (v !== null && v > most ? (most = v, [i]) : []));
      const pick = values => (kept.length === all.length ? values : kept.map(i => values[i]));
      this.along = { x, rows: this.rows, generation: this.generation, pick, steps: pick(this.steps), at: pick(all) };
    }
    return { steps: this.along.steps, x: this.along.at, y: this.along.pick(this.of(name)) };
  }
}
