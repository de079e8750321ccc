import { get } from '/api.js';
import { address } from '/app.js';
import { choice, el, figure, pager, percent, table } from '/dom.js';
import { chooser } from '/views/chooser.js';
import { origin } from '/views/pool.js';

/** Lessons, the most useful first. */
export async function lessons(parameters, context) {
  const { run, bar } = await chooser('lessons', parameters, context);
  if (!run) {
    return [el('h1', {}, 'Lessons'), bar];
  }
  const document = await get('lessons', { ...parameters, run }, context.signal);
  const text = el('input', { type: 'search', name: 'text', value: parameters.text ?? '', autocomplete: 'off' });
  const set = change => context.go('lessons', { ...parameters, run, page: '', ...change });
  return [
    el('h1', {}, 'Lessons'),
    el('form', { class: 'bar', role: 'search', onsubmit: e => { e.preventDefault(); set({ text: text.value }); } },
      bar,
      choice('Kind', [['', 'all'], ['principle', 'principle'], ['pitfall', 'pitfall']], parameters.kind ?? '', kind => set({ kind })),
      el('label', {}, 'Has the words', text), el('button', {}, 'Search')),
    origin(document),
    el('p', { class: 'note' }, 'Usefulness: the share of the completions that saw it and did better than their group, at least (lower end of the 95 % interval by Wilson). Lessons of one wording count together.'),
    document.lessons.length
      ? table([{ title: 'usefulness', number: true }, { title: 'lesson', name: true }, { title: 'kind' }, { title: 'shown', number: true }, { title: 'accepted', number: true }, { title: 'better', number: true }, { title: 'written', number: true }, { title: 'from problem', name: true }],
        document.lessons.map(l => [percent(l.usefulness), l.text, l.kind, figure(l.shown), l.shown ? percent(l.accepted / l.shown) : '–', l.shown ? percent(l.better / l.shown) : '–', figure(l.written),
          el('a', { href: address('pool', { run, problem: l.problem }) }, l.problem)]), 'Lessons')
      : el('p', {}, 'The pool has no such lesson.'),
    document.total ? pager(document.page, document.size, document.total, page => context.go('lessons', { ...parameters, run, page })) : null,
  ].filter(Boolean);
}
