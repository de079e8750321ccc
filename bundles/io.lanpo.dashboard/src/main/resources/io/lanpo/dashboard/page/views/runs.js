import { get } from '/api.js';
import { address } from '/app.js';
import { el, figure, percent, refresh, state, table, time } from '/dom.js';
import { filter, matches } from '/views/found.js';

/** All runs, newest first, or by groups; two or more that are ticked can be compared. */
export async function runs(parameters, context) {
  const chosen = new Set();
  const place = el('div', { class: 'alike' });
  const button = el('button', { type: 'button', disabled: true, onclick: () => context.go('compare', { runs: [...chosen].join(',') }) }, 'Compare');
  let all = [];
  let text = parameters.text ?? '';
  let before = '';
  const load = async () => {
    ({ runs: all } = await get('runs', {}, context.signal));
    const now = JSON.stringify(all);
    if (now !== before) {
      before = now;
      show();
    }
  };
  const show = () => {
    const found = all.filter(run => matches(run, text));
    refresh(place, ...(!all.length ? [el('p', {}, 'There is no run yet. Start one with: lanpo train micro')]
      : !found.length ? [el('p', {}, 'No run is like that.')] : byGroup(found)));
  };
  const byGroup = found => {
    const groups = [...new Set(found.map(groupOf))];
    if (groups.length === 1 && !groups[0]) {
      return [rows(found, 'Runs')];
    }
    return groups.sort((a, b) => Boolean(b) - Boolean(a)).map(group => {
      const some = found.filter(run => groupOf(run) === group);
      const experiment = some[0].experiment && !some[0].notes.group ? el('a', { href: address('experiment', { name: group }) }, 'as an experiment') : null;
      return el('details', { open: true, 'data-key': group },
        el('summary', {}, group || 'in no group', el('span', { class: 'note' }, ` ${figure(some.length)} `), experiment), rows(some, group || 'in no group'));
    });
  };
  const rows = (some, caption) => table(
    [{ title: '' }, { title: 'run', name: true }, { title: 'state' }, { title: 'step', number: true },
      { title: 'accuracy after', number: true }, { title: 'configuration' }, { title: 'started' }, { title: 'tags, note, message', name: true }],
    some.map(run => [
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
      [run.notes.tags.map(tag => el('span', { class: 'tag' }, tag)), run.notes.note ? el('div', {}, run.notes.note) : null, run.message || null].flat(),
    ]), caption);
  await load();
  context.repeat(4000, load);
  return [
    el('h1', {}, 'Runs'),
    el('form', { class: 'bar', role: 'search', onsubmit: e => e.preventDefault() }, filter('Find runs', text, now => {
      text = now;
      history.replaceState(null, '', address('', { text }));
      document.getElementById('main').dataset.ready = location.hash;
      show();
    }), button),
    el('p', { class: 'note' }, 'Newest first. Tick two or more to lay their curves over each other. Groups, tags and notes: lanpo run group, tag, note.'),
    place,
  ];
}

const groupOf = run => run.notes.group || run.experiment?.experiment || '';
