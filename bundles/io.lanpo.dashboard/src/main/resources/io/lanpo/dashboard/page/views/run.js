import { get } from '/api.js';
import { address } from '/app.js';
import { axesBar, onAxes } from '/axes.js';
import { chart } from '/charts.js';
import { el, figure, percent, refresh, state, table, time } from '/dom.js';
import { Curves, groups, shortened } from '/views/curves.js';

const LIVE = 2000;

/** One run: where it stands, its curves as they grow, its result, components and settings. */
export async function run(parameters, context) {
  const id = parameters.run;
  const curves = new Curves(id);
  const charts = new Map();
  const place = el('div', { class: 'charts' });
  const head = el('div');
  const [summary, first] = await Promise.all([get('run', { run: id }, context.signal), curves.follow(context.signal)]);
  const draw = () => {
    for (const [title, names, unit] of groups(curves.names())) {
      const key = title + '\n' + names.join('\n');
      if (!charts.has(key)) {
        // a figure that comes later makes a new chart in the place of the old one
        const old = [...charts.entries()].find(([k]) => k.startsWith(title + '\n'));
        const made = chart(title, shortened(names), { unit, state: old?.[1].state });
        if (old) {
          old[1].end();
          old[1].root.replaceWith(made.root);
          charts.delete(old[0]);
        } else {
          place.append(made.root);
        }
        charts.set(key, made);
      }
      charts.get(key).show(names.map(n => curves.curve(n)));
    }
    if (!charts.size) {
      place.replaceChildren(el('p', {}, 'There are no curves yet: the first step is still to come.'));
    } else {
      place.querySelector(':scope > p')?.remove();
    }
  };
  const showState = ({ run: now, skipped }) => refresh(head,
    el('p', { class: 'note' }, state(now), ` at step ${figure(now.step)} of ${figure(now.steps)}, ${now.configuration}, since ${time(now.started)}`,
      now.id === now.run ? '' : `; the folder was copied, the run was ${now.id}`, now.message ? `; ${now.message}` : '',
      skipped ? `; ${figure(skipped)} line(s) of metrics.jsonl could not be read and are left out` : ''),
    ...said(now),
    ...findings(now),
    el('progress', { max: Math.max(1, now.steps), value: now.step, 'aria-label': 'steps taken' }));
  showState(first);
  context.onEnd(() => charts.forEach(c => c.end()));
  onAxes(draw, context.signal);
  // drawn when the view is in the page: only then a chart knows its width
  requestAnimationFrame(draw);
  let result = el('div', {}, ...outcome(summary));
  if (first.run.state === 'running') {
    let running = true;
    context.repeat(LIVE, async () => {
      if (!running) {
        return;
      }
      const news = await curves.follow(context.signal);
      if (news.fresh) {
        draw();
      }
      showState(news);
      if (news.run.state !== 'running') {
        running = false;
        result.replaceChildren(...outcome(await get('run', { run: id }, context.signal)));
      }
    });
  }
  return [
    el('h1', {}, summary.run),
    head,
    el('p', { class: 'links' },
      ...['rollouts', 'pool', 'lessons'].map(v => el('a', { href: address(v, { run: id }) }, v[0].toUpperCase() + v.slice(1))),
      el('a', { href: address('compare', { runs: id }) }, 'Compare with others')),
    axesBar(context),
    place,
    result,
    el('h2', {}, 'Components'),
    table([{ title: 'kind' }, { title: 'name, bundle and version', name: true }], Object.entries(summary.components), 'Components'),
    el('details', {}, el('summary', {}, 'Configuration'),
      table([{ title: 'key' }, { title: 'value', name: true }], Object.entries(summary.settings), 'Configuration')),
    el('p', { class: 'note' }, summary.folder),
  ];
}

/** To what it belongs and what people say about it. */
function said({ experiment, notes: { group, tags, note } }) {
  return [
    experiment ? el('p', { class: 'note' }, 'experiment ', el('a', { href: address('experiment', { name: experiment.experiment }) }, experiment.experiment),
      `, ${experiment.variant}, seed ${experiment.seed}`) : null,
    group || tags.length ? el('p', { class: 'note' }, group ? ['group ', el('a', { href: address('', { text: group }) }, group), ' '] : null,
      tags.map(tag => el('a', { class: 'tag', href: address('', { text: tag }) }, tag))) : null,
    note ? el('p', { class: 'said' }, note) : null,
  ].filter(Boolean);
}

/** What keeps the run from learning, causes first. */
function findings({ state: stands, learned, findings: found }) {
  const idle = stands === 'finished' && learned === false && found.every(f => f.fault);
  return [
    idle ? el('p', { class: 'bad' }, 'Nothing was learned: the policy is as it was before step 1.') : null,
    found.length ? el('ul', { class: 'findings', 'aria-label': 'findings' }, found.map(f => el('li', {}, f.sentence))) : null,
  ].filter(Boolean);
}

function outcome({ result }) {
  if (!result) {
    return [];
  }
  const score = s => (s ? `${percent(s.mean)} ± ${(100 * s.se).toFixed(1)}` : '–');
  return [
    el('h2', {}, 'Result'),
    table([{ title: 'held out' }, { title: 'before', number: true }, { title: 'after', number: true }],
      result.scores.map(s => [s.mode, score(s.before), score(s.after)]), 'Result'),
    el('p', { class: 'note' }, `${figure(result.generatedTokens)} tokens generated, ${figure(result.promptTokens)} read; `
      + `${figure(result.cpuSeconds)} processor seconds; ${figure(result.wallSeconds)} s in all; `
      + `${figure(Math.round(result.peakMemoryBytes / 1e6))} MB at the peak`),
  ];
}
