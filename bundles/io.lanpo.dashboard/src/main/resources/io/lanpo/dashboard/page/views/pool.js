import { get } from '/api.js';
import { el, figure, pager, percent, table } from '/dom.js';
import { address } from '/app.js';
import { chooser } from '/views/chooser.js';

/** A pool: its problems by relevance to a text; of one problem its attempts and lessons. */
export async function pool(parameters, context) {
  const { run, bar } = await chooser('pool', parameters, context);
  if (!run) {
    return [el('h1', {}, 'Pool'), bar];
  }
  return parameters.problem ? problem(run, parameters, context) : search(run, bar, parameters, context);
}

async function search(run, bar, parameters, context) {
  const document = await get('pool', { ...parameters, run }, context.signal);
  const text = el('input', { type: 'search', name: 'text', value: parameters.text ?? '', autocomplete: 'off' });
  return [
    el('h1', {}, 'Pool'),
    el('form', { class: 'bar', role: 'search', onsubmit: e => { e.preventDefault(); context.go('pool', { run, text: text.value }); } },
      bar, el('label', {}, 'Search the problems', text), el('button', {}, 'Search')),
    origin(document),
    document.problems.length
      ? table([{ title: 'problem', name: true }, { title: 'question', name: true }, { title: 'attempts', number: true }, { title: 'mean reward', number: true }, { title: 'lessons', number: true }],
        document.problems.map(p => [el('a', { href: address('pool', { run, problem: p.problem }) }, p.problem), p.question, figure(p.attempts), figure(p.meanReward), figure(p.lessons)]), 'Problems')
      : el('p', {}, parameters.text ? 'No problem of the pool has to do with it.' : 'The pool is empty.'),
    document.total ? pager(document.page, document.size, document.total, page => context.go('pool', { ...parameters, run, page })) : null,
  ].filter(Boolean);
}

async function problem(run, parameters, context) {
  const document = await get('problem', { run, problem: parameters.problem }, context.signal);
  return [
    el('h1', {}, parameters.problem),
    el('p', { class: 'links' }, el('a', { href: address('pool', { run }) }, 'Pool')),
    el('pre', {}, document.question),
    origin(document),
    el('h2', {}, 'Lessons distilled from it'),
    document.lessons.length
      ? table([{ title: 'kind' }, { title: 'lesson', name: true }, { title: 'shown', number: true }, { title: 'better than its group', number: true }],
        document.lessons.map(l => [l.kind, l.text, figure(l.shown), l.shown ? percent(l.better / l.shown) : '–']), 'Lessons')
      : el('p', {}, 'None.'),
    el('h2', {}, `Attempts, the newest of ${figure(document.total)}`),
    table([{ title: 'run', name: true }, { title: 'step', number: true }, { title: 'mode' }, { title: 'attempt', name: true }, { title: 'reward', number: true }, { title: 'explanation', name: true }],
      document.attempts.map(a => [a.run, figure(a.step), a.mode, a.attempt, a.verdict === 'scored' ? figure(a.reward) : a.verdict, a.explanation]), 'Attempts'),
  ];
}

export const origin = document => el('p', { class: 'note' }, `${figure(document.experiences)} trials, ${figure(document.allLessons)} lessons; ${document.origin}`);
