import { choice, el } from '/dom.js';

// What all charts share: the figure along x, smoothing, the scale of y. It stays in this browser.
const KEY = 'lanpo-charts';
const changed = new EventTarget();

/** Along x: the figure of metrics.jsonl that it is, and what it is called. */
export const ALONG = [
  ['step', 'step'],
  ['generatedTokens', 'generated tokens'],
  ['timing.cpuSeconds', 'CPU seconds'],
  ['timing.wallSeconds', 'elapsed time'],
];

const state = { x: 'step', smoothing: 0, log: false, ...stored() };

function stored() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return {
      x: ALONG.some(([name]) => name === kept.x) ? kept.x : 'step',
      smoothing: kept.smoothing >= 0 && kept.smoothing < 1 ? kept.smoothing : 0,
      log: kept.log === true,
    };
  } catch {
    return {};
  }
}

/** {x, smoothing, log} of now. */
export const axes = () => ({ ...state, title: ALONG.find(([name]) => name === state.x)[1] });

/** Changes some of it. */
export function setAxes(change) {
  Object.assign(state, change);
  localStorage.setItem(KEY, JSON.stringify(state));
  changed.dispatchEvent(new Event('change'));
}

/** Calls at every change, until the signal says that nobody listens. */
export const onAxes = (call, signal) => changed.addEventListener('change', call, { signal });

/** Asks every chart to show all of its curves again. */
export const resetZoom = () => changed.dispatchEvent(new Event('whole'));
export const onWhole = (call, signal) => changed.addEventListener('whole', call, { signal });

/** The controls of all charts of a view; they follow changes by keys. */
export function axesBar(context, ...more) {
  const form = el('form', { class: 'bar', 'aria-label': 'charts', onsubmit: e => e.preventDefault() });
  const fill = () => {
    const at = form.contains(document.activeElement) ? document.activeElement.name : null;
    form.replaceChildren(
      choice('Along x', ALONG, state.x, x => setAxes({ x }), { name: 'x' }),
      el('label', {}, `Smoothing ${state.smoothing.toFixed(2)}`,
        el('input', { type: 'range', name: 'smoothing', min: 0, max: 0.99, step: 0.01, value: state.smoothing,
          onchange: e => setAxes({ smoothing: Number(e.target.value) }) })),
      el('label', { class: 'inline' }, el('input', { type: 'checkbox', name: 'log', checked: state.log, onchange: e => setAxes({ log: e.target.checked }) }), 'log axis'),
      el('button', { type: 'button', name: 'whole', onclick: resetZoom, title: 'drag over a chart to zoom' }, 'Reset zoom'),
      ...more);
    form.elements[at]?.focus();
  };
  fill();
  onAxes(fill, context.signal);
  return form;
}

/**
 * Values made smooth by an exponential mean without the bias of its start (Kingma and Ba, 2015). The weight is that of one step, so
 * that a curve with fewer points than steps is as smooth as one with all.
 */
export function smoothed(values, steps, weight) {
  let sum = 0;
  let known = 0;
  let last = null;
  return values.map((value, i) => {
    if (value === null || value === undefined) {
      return value;
    }
    const keep = weight ** (last === null ? 1 : Math.max(1, steps[i] - last));
    last = steps[i];
    sum = keep * sum + (1 - keep) * value;
    known = keep * known + (1 - keep);
    return sum / known;
  });
}
