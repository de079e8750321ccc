// Light, dark, or as the system says. The choice stays in this browser.
const KEY = 'lanpo-theme';
const THEMES = ['system', 'light', 'dark'];
const system = matchMedia('(prefers-color-scheme: dark)');
const changed = new EventTarget();

export const theme = () => document.documentElement.dataset.theme ?? 'system';

/** Whether the page is dark now. */
export const dark = () => theme() === 'dark' || (theme() === 'system' && system.matches);

/** The next of the three. */
export const nextTheme = () => setTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);

export function setTheme(name) {
  if (name === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = name;
  }
  localStorage.setItem(KEY, name);
  changed.dispatchEvent(new Event('change'));
}

/** Calls when colours change, until the signal says that nobody listens. */
export function onTheme(call, signal = undefined) {
  changed.addEventListener('change', call, { signal });
  system.addEventListener('change', call, { signal });
}

/** A colour of the style sheet as it is in the theme of now, for what draws by itself. */
export function colour(name) {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

const kept = localStorage.getItem(KEY);
if (THEMES.includes(kept)) {
  setTheme(kept);
}
