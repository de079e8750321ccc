import { get } from '/api.js';
import { address } from '/app.js';
import { difference, marked } from '/diff.js';
import { choice, el, figure, pager } from '/dom.js';
import { chooser } from '/views/chooser.js';

const MODES = ['scratch', 'reflect', 'abstract'];
const VERDICTS = ['right', 'wrong', 'abstained', 'failed'];

/** Completions: prompt, what was tried before, review, attempt and verdict side by side. */
export async function rollouts(parameters, context) {
  const { run, bar } = await chooser('rollouts', parameters, context);
  if (!run) {
    return [el('h1', {}, 'Rollouts'), bar];
  }
  const document = await get('rollouts', { ...parameters, run }, context.signal);
  const text = el('input', { type: 'search', name: 'text', value: parameters.text ?? '', autocomplete: 'off' });
  const problem = el('input', { name: 'problem', value: parameters.problem ?? '', autocomplete: 'off' });
  const step = el('input', { type: 'number', name: 'step', min: 0, value: parameters.step ?? '' });
  // what was typed counts, whichever control asks
  const set = change => context.go('rollouts', { ...parameters, run, page: '', text: text.value, problem: problem.value, step: step.value, ...change });
  const typed = () => set({});
  step.addEventListener('change', typed);
  problem.addEventListener('change', typed);
  const words = list => [['', 'all'], ...list.map(word => [word, word])];
  return [
    el('h1', {}, 'Rollouts'),
    el('form', { class: 'bar', role: 'search', onsubmit: e => { e.preventDefault(); typed(); } },
      bar,
      choice('Mode', words(MODES), parameters.mode ?? '', mode => set({ mode })),
      choice('Verdict', words(VERDICTS), parameters.verdict ?? '', verdict => set({ verdict })),
      choice('Ended', [['', 'all'], ['itself', 'by itself'], ['cut', 'cut off']], parameters.ended ?? '', ended => set({ ended })),
      el('label', {}, 'Step', step), el('label', {}, 'Problem', problem), el('label', {}, 'Has the text', text), el('button', {}, 'Search')),
    el('p', { class: 'note' }, el('a', { href: address('run', { run }) }, run), `: ${figure(document.total)} of ${figure(document.all)} completions`,
      document.unsearched ? `; the file is long, ${figure(document.unsearched)} older ones were not searched` : '',
      document.skipped ? `; ${figure(document.skipped)} line(s) of rollouts.jsonl could not be read and are left out` : ''),
    ...document.rollouts.map(rollout => one(rollout, run, parameters)),
    document.total ? pager(document.page, document.size, document.total, page => context.go('rollouts', { ...parameters, run, page }))
      : el('p', {}, 'No completion is like that.'),
  ];
}

function one(rollout, run, { text }) {
  const cut = rollout.finished === false;
  const parts = rollout.earlier && rollout.attempt ? difference(rollout.earlier, rollout.attempt) : null;
  return el('article', {},
    el('h2', {}, `step ${figure(rollout.step)}, group ${rollout.group}, completion ${rollout.completion} – ${rollout.mode}`,
      rollout.fellBack ? ' (fell back: there was nothing to show)' : '', ' – ',
      el('a', { href: address('rollouts', { run, problem: rollout.problem }) }, rollout.problem)),
    el('div', { class: 'side' },
      el('section', {}, el('h3', {}, 'Prompt'), el('pre', {}, within(rollout.prompt ?? '', [...(rollout.shown ?? []).map(l => l.text), rollout.earlier, text]))),
      rollout.earlier ? part('Earlier attempt', rollout.earlier, text) : null,
      rollout.shown?.length ? el('section', {}, el('h3', {}, 'Lessons in the prompt'), el('ul', { class: 'lessons' }, rollout.shown.map(l => lesson(l, run)))) : null,
      rollout.condensed ? part('What the lessons were condensed into', rollout.condensed, text) : null,
      rollout.critique ? part('Critique', rollout.critique, text) : null,
      part(`Attempt, ${figure(rollout.tokens)} tokens${cut ? ', cut by the length limit' : ''}`, rollout.attempt, text),
      parts ? el('section', {}, el('h3', {}, 'What has changed'),
        parts.some(([kind]) => kind !== '=') ? marked(parts) : el('p', { class: 'note' }, 'No word.')) : null,
      el('section', {}, el('h3', {}, 'Verdict'),
        el('p', { class: rollout.accepted ? 'good' : 'bad' }, `${rollout.verdict}${rollout.verdict === 'scored' ? `, reward ${figure(rollout.reward)}` : ''}`),
        el('pre', {}, rollout.explanation ?? ''),
        el('p', { class: 'note' }, `group mean ${figure(rollout.baseline)}, advantage ${figure(rollout.advantage)}`))));
}

function lesson({ id, kind, problem, text }, run) {
  return el('li', {}, text
    ? [el('a', { href: address('lessons', { run, text }) }, text), el('div', { class: 'note' }, `${kind}, from `, el('a', { href: address('pool', { run, problem }) }, problem))]
    : [id, el('div', { class: 'note' }, 'another run wrote it')]);
}

const part = (title, text, sought) => el('section', {}, el('h3', {}, title), text ? el('pre', {}, within(text, [sought])) : el('p', { class: 'note' }, 'None.'));

/** A text in which others are marked where they first occur, the longest first. */
function within(text, others) {
  const found = others.filter(Boolean).map(o => o.trim()).filter(Boolean).sort((a, b) => b.length - a.length)
    .map(o => [text.toLowerCase().indexOf(o.toLowerCase()), o.length]).filter(([at]) => at >= 0).sort(([a], [b]) => a - b);
  const nodes = [];
  let end = 0;
  for (const [at, length] of found) {
    if (at >= end) {
      nodes.push(text.slice(end, at), el('mark', {}, text.slice(at, at + length)));
      end = at + length;
    }
  }
  return [...nodes, text.slice(end)];
}
