import { get } from '/api.js';
import { chart } from '/charts.js';
import { choice, el, table } from '/dom.js';
import { Curves, groups } from '/views/curves.js';

const LIVE = 3000;

/** The curves of several runs over each other, one figure a chart, and in which settings they differ. */
export async function compare(parameters, context) {
  const { runs: listed } = await get('runs', {}, context.signal);
  const all = listed.filter(r => r.state !== 'damaged');
  const ids = (parameters.runs ?? '').split(',').filter(Boolean);
  const damaged = listed.filter(r => r.state === 'damaged' && ids.includes(r.run));
  const whole = ids.filter(id => !damaged.some(r => r.run === id));
  const chosen = ids.length ? whole : all.slice(0, 2).map(r => r.run);
  const set = some => context.go('compare', { runs: some.join(','), show: parameters.show });
  const picks = el('fieldset', { class: 'picks' }, el('legend', {}, 'Runs'),
    ...all.slice(0, 30).map(r => el('label', { class: 'inline' },
      el('input', { type: 'checkbox', checked: chosen.includes(r.run), onchange: e => set(e.target.checked ? [...chosen, r.run] : chosen.filter(c => c !== r.run)) }),
      r.run)));
  const curves = chosen.map(id => new Curves(id));
  const place = el('div', { class: 'charts' });
  const [, summaries] = await Promise.all([
    Promise.all(curves.map(c => c.follow(context.signal))),
    Promise.all(chosen.map(run => get('run', { run }, context.signal))),
  ]);
  const names = [...new Set(curves.flatMap(c => c.names()))];
  const chapters = groups(names);
  const show = parameters.show ?? '';
  const wanted = show ? chapters.filter(([title]) => title === show).flatMap(([, some]) => some)
    : ['reward', 'evaluation.zero-shot', 'entropy', 'kl', 'gradientNorm', 'truncated', 'poolLessons', 'timing.generation'].filter(n => names.includes(n));
  const charts = wanted.map(name => [name, chart(name, chosen)]);
  place.append(...charts.map(([, c]) => c.root));
  context.onEnd(() => charts.forEach(([, c]) => c.end()));
  const draw = () => charts.forEach(([name, c]) => {
    const { steps, columns } = aligned(curves, name);
    c.show(steps, columns);
  });
  requestAnimationFrame(draw);
  context.repeat(LIVE, async () => {
    const news = await Promise.all(curves.map(c => c.follow(context.signal)));
    if (news.some(n => n.fresh)) {
      draw();
    }
  });
  return [
    el('h1', {}, 'Compare'),
    ...damaged.map(r => el('p', { class: 'bad' }, `${r.run} is damaged: ${r.message}`)),
    picks,
    el('form', { class: 'bar' }, choice('Figures', [['', 'the usual ones'], ...chapters.map(([title]) => [title, title])], show,
      value => context.go('compare', { runs: chosen.join(','), show: value }))),
    place,
    el('h2', {}, 'Settings that differ'),
    differences(chosen, summaries),
  ];
}

/** Curves of one figure on common steps: null where a run has no such step. */
function aligned(curves, name) {
  const steps = [...new Set(curves.flatMap(c => c.steps))].sort((a, b) => a - b);
  const at = new Map(steps.map((step, i) => [step, i]));
  const columns = curves.map(c => {
    const column = new Array(steps.length).fill(undefined);
    c.of(name).forEach((value, i) => { column[at.get(c.steps[i])] = value ?? undefined; });
    return column;
  });
  return { steps, columns };
}

function differences(ids, summaries) {
  const keys = [...new Set(summaries.flatMap(s => Object.keys(s.settings)))].sort()
    .filter(key => new Set(summaries.map(s => s.settings[key])).size > 1);
  return keys.length
    ? table([{ title: 'key' }, ...ids.map(id => ({ title: id, name: true }))], keys.map(key => [key, ...summaries.map(s => s.settings[key] ?? '–')]), 'Settings that differ')
    : el('p', {}, 'None.');
}
