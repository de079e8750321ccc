import { get } from '/api.js';
import { address } from '/app.js';
import { choice, el, figure, pager } from '/dom.js';
import { chooser } from '/views/chooser.js';

/** Completions: prompt, what was tried before, review, attempt and verdict side by side. */
export async function rollouts(parameters, context) {
  const { run, bar } = await chooser('rollouts', parameters, context);
  if (!run) {
    return [el('h1', {}, 'Rollouts'), bar];
  }
  const set = change => context.go('rollouts', { ...parameters, run, page: '', ...change });
  const document = await get('rollouts', { ...parameters, run }, context.signal);
  return [
    el('h1', {}, 'Rollouts'),
    el('form', { class: 'bar', onsubmit: e => e.preventDefault() },
      bar,
      choice('Mode', [['', 'all'], ['scratch', 'scratch'], ['reflect', 'reflect'], ['abstract', 'abstract']], parameters.mode ?? '', mode => set({ mode })),
      choice('Verdict', [['', 'all'], ['right', 'right'], ['wrong', 'wrong'], ['abstained', 'abstained'], ['failed', 'failed']], parameters.verdict ?? '', verdict => set({ verdict })),
      el('label', {}, 'Step', el('input', { type: 'number', min: 0, value: parameters.step ?? '', onchange: e => set({ step: e.target.value }) }))),
    el('p', { class: 'note' }, el('a', { href: address('run', { run }) }, run), `: ${figure(document.total)} of ${figure(document.all)} completions`,
      document.skipped ? `; ${figure(document.skipped)} line(s) of rollouts.jsonl could not be read and are left out` : ''),
    ...document.rollouts.map(one),
    document.total ? pager(document.page, document.size, document.total, page => context.go('rollouts', { ...parameters, run, page }))
      : el('p', {}, 'No completion is like that.'),
  ];
}

function one(rollout) {
  return el('article', {},
    el('h2', {}, `step ${figure(rollout.step)}, group ${rollout.group}, completion ${rollout.completion} – ${rollout.mode}`,
      rollout.fellBack ? ' (fell back: there was nothing to show)' : '', ` – ${rollout.problem}`),
    el('div', { class: 'side' },
      part('Prompt', rollout.prompt),
      rollout.earlier ? part('Earlier attempt, in the prompt', rollout.earlier) : null,
      rollout.lessons?.length ? part('Lessons in the prompt', rollout.lessons.join('\n')) : null,
      rollout.critique ? part('Critique', rollout.critique) : null,
      part(`Attempt, ${figure(rollout.tokens)} tokens${rollout.finished === false ? ', cut by the length limit' : ''}`, rollout.attempt),
      el('section', {}, el('h3', {}, 'Verdict'),
        el('p', { class: rollout.accepted ? 'good' : 'bad' }, `${rollout.verdict}${rollout.verdict === 'scored' ? `, reward ${figure(rollout.reward)}` : ''}`),
        el('pre', {}, rollout.explanation ?? ''),
        el('p', { class: 'note' }, `group mean ${figure(rollout.baseline)}, advantage ${figure(rollout.advantage)}`))));
}

const part = (title, text) => el('section', {}, el('h3', {}, title), el('pre', {}, text ?? ''));
