import { get } from '/api.js';
import { choice, el } from '/dom.js';

/** The chosen run, the newest one by default, and a control to choose another. */
export async function chooser(view, parameters, context) {
  const { runs: all } = await get('runs', {}, context.signal);
  const runs = all.filter(r => r.state !== 'damaged');
  if (!runs.length) {
    return { run: null, bar: el('p', {}, 'There is no run yet. Start one with: lanpo train micro') };
  }
  const run = parameters.run || runs[0].run;
  const known = runs.map(r => r.run);
  const options = (known.includes(run) ? known : [run, ...known]).map(r => [r, r]);
  return { run, bar: choice('Run', options, run, chosen => context.go(view, { run: chosen })) };
}
