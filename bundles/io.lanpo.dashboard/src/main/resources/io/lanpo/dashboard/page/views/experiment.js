import { get } from '/api.js';
import { address } from '/app.js';
import { el, figure, percent, table } from '/dom.js';
import { overlay } from '/views/overlay.js';

/** An experiment as a table with its figures, its curves as means over seeds; without a name, all experiments. */
export async function experiment(parameters, context) {
  const { runs } = await get('runs', {}, context.signal);
  const all = new Map();
  for (const run of runs.filter(r => r.experiment)) {
    const { experiment: name, variant } = run.experiment;
    const variants = all.get(name) ?? new Map();
    variants.set(variant, [...(variants.get(variant) ?? []), run]);
    all.set(name, variants);
  }
  return all.has(parameters.name) ? one(parameters, all.get(parameters.name), context) : list(all);
}

function list(all) {
  return [
    el('h1', {}, 'Experiments'),
    all.size
      ? table([{ title: 'experiment', name: true }, { title: 'variants', number: true }, { title: 'runs', number: true }, { title: 'finished', number: true }],
        [...all].map(([name, variants]) => {
          const runs = [...variants.values()].flat();
          return [el('a', { href: address('experiment', { name }) }, name), figure(variants.size), figure(runs.length), figure(runs.filter(finished).length)];
        }), 'Experiments')
      : el('p', {}, 'No run belongs to an experiment. Start one with: lanpo experiment lanpo-claims'),
  ];
}

const finished = run => run.state === 'finished';

async function one(parameters, variants, context) {
  const rows = [...variants].map(([variant, runs]) => {
    const done = runs.filter(finished).sort((a, b) => a.experiment.seed - b.experiment.seed);
    const of = value => estimate(done.map(value).filter(v => v !== null));
    const rest = runs.length - done.length;
    return {
      variant, runs, after: of(r => r.accuracy),
      cells: [figure(done.length) + (rest ? ` of ${figure(runs.length)}` : ''), figure(of(r => r.step).mean), share(of(r => r.cost.before)), share(of(r => r.accuracy)),
        figure(Math.round(of(r => r.cost.generatedTokens).mean)), figure(Math.round(of(r => r.cost.cpuSeconds).mean)), figure(Math.round(of(r => r.cost.wallSeconds).mean))],
    };
  }).sort((a, b) => (b.after.mean || 0) - (a.after.mean || 0));
  const lines = rows.map(row => ({ label: row.variant, runs: row.runs.map(r => r.run) }));
  return [
    el('h1', {}, parameters.name),
    el('p', { class: 'links' }, el('a', { href: address('experiment') }, 'All experiments')),
    el('p', { class: 'note' }, 'Means over the seeds that are finished, ± standard error, each run at its own end. Equal budgets and tests are in the report: ',
      `lanpo experiment ${parameters.name.split('+')[0]} --report`),
    table([{ title: 'variant', name: true }, { title: 'seeds', number: true }, { title: 'steps', number: true }, { title: 'before', number: true },
      { title: 'accuracy after', number: true }, { title: 'generated tokens', number: true }, { title: 'CPU seconds', number: true }, { title: 'seconds in all', number: true }, { title: 'runs', name: true }],
    rows.map(({ variant, runs, cells }) => [el('a', { href: address('compare', { runs: runs.map(r => r.run).join(',') }) }, variant), ...cells,
      runs.sort((a, b) => a.experiment.seed - b.experiment.seed).flatMap(r => [el('a', { href: address('run', { run: r.run }) }, String(r.experiment.seed)), ' '])]), 'Variants'),
    el('h2', {}, 'Mean over seeds ± standard error'),
    ...await overlay(lines, parameters.show ?? '', show => context.go('experiment', { ...parameters, show }), context),
  ];
}

function estimate(values) {
  const n = values.length;
  const mean = n ? values.reduce((a, b) => a + b, 0) / n : NaN;
  return { mean, se: n > 1 ? Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1) / n) : NaN };
}

const share = ({ mean, se }) => (Number.isNaN(mean) ? '–' : percent(mean) + (Number.isNaN(se) ? '' : ` ± ${(100 * se).toFixed(1)}`));
