import { axes, ALONG, resetZoom, setAxes } from '/axes.js';
import { el } from '/dom.js';
import { nextTheme } from '/theme.js';

// What the keyboard does, in the words of the page that '?' opens. Keys are left alone while somebody types, and with Ctrl, Alt or Meta.

const press = css => document.querySelector(css)?.click();

/** To the next or the last of what a view lists. */
function go(by) {
  const all = [...document.querySelectorAll('main article, main tbody tr')];
  const at = all.findIndex(e => e.contains(document.activeElement));
  const to = all[Math.min(all.length - 1, Math.max(0, at + by))];
  if (to) {
    const link = to.querySelector('a, input') ?? to;
    link === to && to.setAttribute('tabindex', '0');
    link.focus();
    to.scrollIntoView({ block: 'nearest' });
  }
}

const KEYS = [
  ['?', 'show or close this list', () => help()],
  ['/', 'search', () => document.querySelector('main input[type=search]')?.focus()],
  ['j', 'next row or completion', () => go(1)],
  ['k', 'the one before', () => go(-1)],
  ['n', 'next page', () => press('.pager button:last-child')],
  ['p', 'page before', () => press('.pager button:first-child')],
  ['x', 'charts: the next figure along x', () => {
    const names = ALONG.map(([name]) => name);
    setAxes({ x: names[(names.indexOf(axes().x) + 1) % names.length] });
  }],
  ['s', 'charts: smoother; back to none after 0.99', () => {
    const steps = [0, 0.6, 0.9, 0.97, 0.99];
    setAxes({ smoothing: steps.find(s => s > axes().smoothing) ?? 0 });
  }],
  ['l', 'charts: log axis or not', () => setAxes({ log: !axes().log })],
  ['z', 'charts: all of x again', resetZoom],
  ['t', 'theme: system, light, dark', nextTheme],
];

/** What is where it has the focus. */
const NATURAL = [['← →', 'in a chart: the cursor'], ['Esc', 'close this list']];

let dialog = null;

/** Opens the list of keys, or closes it. */
export function help() {
  if (dialog?.open) {
    dialog.close();
    return;
  }
  const views = [...document.querySelectorAll('#nav a')].map((a, i) => [String(i + 1), a.textContent]);
  dialog = el('dialog', { 'aria-label': 'Keys', onclose: e => e.target.remove() },
    el('h2', {}, 'Keys'),
    el('dl', {}, [...views, ...KEYS, ...NATURAL].flatMap(([key, what]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, what)])),
    el('form', { method: 'dialog' }, el('button', {}, 'Close')));
  document.body.append(dialog);
  dialog.showModal();
}

addEventListener('keydown', e => {
  const typing = e.target.matches?.('input:not([type=checkbox]):not([type=range]), select, textarea');
  if (typing || e.ctrlKey || e.altKey || e.metaKey || (dialog?.open && e.key !== '?')) {
    return;
  }
  const known = KEYS.find(([key]) => key === e.key);
  const view = document.querySelectorAll('#nav a')[Number(e.key) - 1];
  if (known || view) {
    e.preventDefault();
    known ? known[2]() : view.click();
  }
});
