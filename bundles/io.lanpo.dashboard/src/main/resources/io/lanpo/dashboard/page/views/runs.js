import { get } from '/api.js';
import { address } from '/app.js';
import { el, figure, percent, state, table, time } from '/dom.js';

/** All runs, newest first; two or more that are ticked can be compared. */
export async function runs(parameters, context) {
  const chosen = new Set();
  const place = el('div');
  const button = el('button', { type: 'button', disabled: true, onclick: () => context.go('compare', { runs: [...chosen].join(',') }) }, 'Compare');
  let before = '';
  const load = async () => {
    const { runs: all } = await get('runs', {}, context.signal);
    const now = JSON.stringify(all);
    if (now === before) {
      return;
    }
    before = now;
    place.replaceChildren(all.length ? rows(all) : el('p', {}, 'There is no run yet. Start one with: lanpo train micro'));
  };
  const rows = all => table(
    [{ title: '' }, { title: 'run', name: true }, { title: 'state' }, { title: 'step', number: true },
      { title: 'accuracy after', number: true }, { title: 'configuration' }, { title: 'started' }, { title: 'message', name: true }],
    all.map(run => [
      el('input', {
        type: 'checkbox', 'aria-label': `compare ${run.run}`, checked: chosen.has(run.run),
        onchange: e => {
          e.target.checked ? chosen.add(run.run) : chosen.delete(run.run);
          button.disabled = chosen.size < 2;
        },
      }),
      [el('a', { href: address('run', { run: run.run }) }, run.run),
        run.id === run.run ? null : el('div', { class: 'note' }, `copied; it was ${run.id}`)],
      state(run),
      `${figure(run.step)} / ${figure(run.steps)}`,
      percent(run.accuracy),
      run.configuration,
      time(run.started),
      run.message,
    ]), 'Runs');
  await load();
  context.repeat(4000, load);
  return [el('h1', {}, 'Runs'), el('p', { class: 'note' }, 'Newest first. Tick two or more to lay their curves over each other. ', button), place];
}
