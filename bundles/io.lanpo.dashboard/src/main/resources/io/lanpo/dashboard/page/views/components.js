import { get } from '/api.js';
import { address } from '/app.js';
import { el, figure, refresh, table } from '/dom.js';

/** Every component with its bundle and version, who holds it, and what keeps one from serving. */
export async function components(parameters, context) {
  const place = el('div');
  let before = '';
  const load = async () => {
    const { components: all } = await get('components', {}, context.signal);
    if (JSON.stringify(all) !== before) {
      before = JSON.stringify(all);
      refresh(place, table(
        [{ title: 'kind' }, { title: 'name' }, { title: 'state' }, { title: 'bundle', name: true }, { title: 'version' }, { title: 'ranking', number: true }, { title: 'held by', name: true }, { title: 'why it does not serve', name: true }],
        all.map(c => [c.kind, c.name, el('span', { class: 'state ' + (c.state === 'ready' ? 'good' : 'bad') }, c.state), c.bundle, c.version, figure(c.ranking),
          c.pinnedBy.map(run => el('a', { href: address('run', { run }) }, run)), c.cause]), 'Components'));
    }
  };
  await load();
  context.repeat(5000, load);
  return [el('h1', {}, 'Components'), el('p', { class: 'note' }, 'Of two with one name the higher ranking serves. A run keeps what it began with.'), place];
}
