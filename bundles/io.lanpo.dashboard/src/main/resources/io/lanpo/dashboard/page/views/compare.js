import { get } from '/api.js';
import { el, table } from '/dom.js';
import { overlay } from '/views/overlay.js';
import { bySeeds, filter, matches } from '/views/found.js';

/** The curves of several runs over each other, one figure a chart, and in which settings they differ. */
export async function compare(parameters, context) {
  const { runs: listed } = await get('runs', {}, context.signal);
  const all = listed.filter(r => r.state !== 'damaged');
  const ids = (parameters.runs ?? '').split(',').filter(Boolean);
  const damaged = listed.filter(r => r.state === 'damaged' && ids.includes(r.run));
  const whole = ids.filter(id => !damaged.some(r => r.run === id));
  const chosen = ids.length ? whole : all.slice(0, 2).map(r => r.run);
  let find = parameters.find ?? '';
  const set = change => context.go('compare', { ...parameters, find, runs: chosen.join(','), ...change });
  const picks = el('div', { class: 'picks' });
  const offer = text => picks.replaceChildren(...all.filter(r => chosen.includes(r.run) || matches(r, text)).slice(0, 40).map(r => el('label', { class: 'inline' },
    el('input', { type: 'checkbox', checked: chosen.includes(r.run),
      onchange: e => set({ runs: (e.target.checked ? [...chosen, r.run] : chosen.filter(c => c !== r.run)).join(',') }) }),
    r.run)));
  offer(find);
  const summaries = await Promise.all(chosen.map(run => get('run', { run }, context.signal)));
  const together = parameters.seeds === 'mean';
  const lines = together ? bySeeds(summaries) : chosen.map(id => ({ label: id, runs: [id] }));
  return [
    el('h1', {}, 'Compare'),
    ...damaged.map(r => el('p', { class: 'bad' }, `${r.run} is damaged: ${r.message}`)),
    el('fieldset', {}, el('legend', {}, 'Runs'), filter('Find runs', find, text => offer(find = text)), picks),
    ...await overlay(lines, parameters.show ?? '', show => set({ show }), context,
      el('label', { class: 'inline' }, el('input', { type: 'checkbox', name: 'seeds', checked: together,
        onchange: e => set({ seeds: e.target.checked ? 'mean' : '' }) }), 'seeds as mean ± standard error')),
    el('h2', {}, 'Settings that differ'),
    differences(chosen, summaries),
  ];
}

function differences(ids, summaries) {
  const keys = [...new Set(summaries.flatMap(s => Object.keys(s.settings)))].sort()
    .filter(key => new Set(summaries.map(s => s.settings[key])).size > 1);
  return keys.length
    ? table([{ title: 'key' }, ...ids.map(id => ({ title: id, name: true }))], keys.map(key => [key, ...summaries.map(s => s.settings[key] ?? '–')]), 'Settings that differ')
    : el('p', {}, 'None.');
}
