import { get } from '/api.js';
import { ALONG, axesBar, onAxes } from '/axes.js';
import { mean } from '/bands.js';
import { chart } from '/charts.js';
import { choice, el } from '/dom.js';
import { Curves, groups } from '/views/curves.js';

const LIVE = 3000;
const USUAL = ['evaluation.zero-shot', 'reward', 'entropy', 'kl', 'gradientNorm', 'truncated', 'poolLessons', 'timing.generation'];

/**
 * Curves of several runs over each other, one figure a chart.
 * @param lines {label, runs}: a curve of one run, or the mean of several with a band
 * @param show title of a group of figures; the usual ones when empty
 * @param pick goes to another group
 * @returns nodes
 */
export async function overlay(lines, show, pick, context, ...more) {
  const ids = [...new Set(lines.flatMap(line => line.runs))];
  const names = ids.length ? (await get('metrics', { run: ids[0], names: 'step' }, context.signal)).names : [];
  const chapters = groups(names);
  const [, chosen, unit] = show ? chapters.find(([title]) => title === show) ?? ['', []] : ['', USUAL.filter(n => names.includes(n))];
  const needed = [...chosen, ...ALONG.map(([name]) => name)];
  const curves = new Map(ids.map(id => [id, new Curves(id, needed)]));
  const going = new Set(ids);
  const place = el('div', { class: 'charts' });
  const charts = chosen.map(name => [name, chart(name, lines.map(line => line.label), { unit })]);
  place.append(...charts.map(([, c]) => c.root));
  context.onEnd(() => charts.forEach(([, c]) => c.end()));
  const follow = async () => {
    const news = await Promise.all([...going].map(async id => [id, await curves.get(id).follow(context.signal)]));
    news.filter(([, part]) => part.run.state !== 'running').forEach(([id]) => going.delete(id));
    return news.some(([, part]) => part.fresh);
  };
  const draw = () => charts.forEach(([name, c]) => c.show(lines.map(({ runs }) => {
    const all = runs.map(id => curves.get(id).curve(name));
    return runs.length > 1 ? mean(all) : all[0];
  })));
  await follow();
  // drawn when the view is in the page: only then a chart knows its width
  requestAnimationFrame(draw);
  onAxes(draw, context.signal);
  if (going.size) {
    context.repeat(LIVE, async () => {
      if (await follow()) {
        draw();
      }
    });
  }
  return [
    axesBar(context, choice('Figures', [['', 'the usual ones'], ...chapters.map(([title]) => [title, title])], show, pick, { name: 'figures' }), ...more),
    place,
  ];
}
