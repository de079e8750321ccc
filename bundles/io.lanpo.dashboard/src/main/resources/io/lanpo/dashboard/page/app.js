import '/api.js';
import { el, replace } from '/dom.js';
import { help } from '/keys.js';
import { nextTheme, onTheme, theme } from '/theme.js';
import { runs } from '/views/runs.js';
import { run } from '/views/run.js';
import { experiment } from '/views/experiment.js';
import { compare } from '/views/compare.js';
import { rollouts } from '/views/rollouts.js';
import { components } from '/views/components.js';
import { pool } from '/views/pool.js';
import { lessons } from '/views/lessons.js';

const VIEWS = { '': runs, run, experiment, compare, rollouts, components, pool, lessons };
const NAV = [['', 'Runs'], ['components', 'Components'], ['rollouts', 'Rollouts'], ['pool', 'Pool'], ['lessons', 'Lessons'], ['compare', 'Compare'],
  ['experiment', 'Experiments']];

const main = document.getElementById('main');
const status = document.getElementById('status');
let leave = () => {};

/**
 * What a view works with.
 * `repeat` calls again and again while the view is shown; nothing is asked for while nobody looks.
 */
function view() {
  const controller = new AbortController();
  const atEnd = [];
  const context = {
    signal: controller.signal,
    onEnd: f => atEnd.push(f),
    async attempt(work) {
      try {
        await work();
        status.textContent = '';
      } catch (e) {
        if (e.name !== 'AbortError' && !controller.signal.aborted) {
          status.textContent = e.message;
        }
      }
    },
    repeat(milliseconds, work) {
      const again = async () => {
        let pause = milliseconds;
        if (!document.hidden) {
          const begin = performance.now();
          await context.attempt(work);
          // the machine belongs to the training: where an answer takes long, it is asked for less often
          pause = Math.min(15000, Math.max(milliseconds, 100 * (performance.now() - begin)));
        }
        if (!controller.signal.aborted) {
          timer = setTimeout(again, pause);
        }
      };
      let timer = setTimeout(again, milliseconds);
      atEnd.push(() => clearTimeout(timer));
    },
    /** Puts the state of a view into the address, so that it can be kept and sent on. */
    go(name, parameters) {
      location.hash = address(name, parameters);
    },
  };
  leave = () => {
    controller.abort();
    atEnd.forEach(f => f());
  };
  return context;
}

export function address(name, parameters = {}) {
  const kept = Object.fromEntries(Object.entries(parameters).filter(([, v]) => v !== '' && v !== null && v !== undefined));
  const query = new URLSearchParams(kept).toString();
  return `#/${name}${query ? '?' + query : ''}`;
}

async function show() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  leave();
  const context = view();
  const make = VIEWS[path] ?? runs;
  nav(path);
  status.textContent = '';
  try {
    const content = await make(Object.fromEntries(new URLSearchParams(query ?? '')), context);
    if (!context.signal.aborted) {
      exchange(content);
      document.title = (main.querySelector('h1')?.textContent ?? 'LANPO') + ' – LANPO';
    }
  } catch (e) {
    if (e.name !== 'AbortError' && !context.signal.aborted) {
      main.replaceChildren(el('div', { class: 'error', role: 'alert' }, e.message, ' ', el('a', { href: '#/' }, 'All runs')));
    }
  }
  main.dataset.ready = location.hash || '#/';
}

/** A control that somebody uses keeps the focus; another view begins at its top. */
function exchange(content) {
  const again = replace(main, ...content);
  if (again === undefined) {
    main.focus();
  }
  if (!again?.form) {
    scrollTo(0, 0);
  }
}

const links = new Map(NAV.map(([name, title]) => [name, el('a', { href: address(name) }, title)]));
document.getElementById('nav').append(...links.values());

function nav(current) {
  links.forEach((link, name) => (name === current ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current')));
}

const themes = document.getElementById('theme');
const nameTheme = () => {
  themes.textContent = { system: '◐', light: '☀', dark: '☾' }[theme()];
  themes.title = `Theme: ${theme()}`;
  themes.setAttribute('aria-label', themes.title);
};
nameTheme();
onTheme(nameTheme);
themes.addEventListener('click', nextTheme);
document.getElementById('keys').addEventListener('click', help);
addEventListener('hashchange', show);
document.getElementById('skip').addEventListener('click', e => {
  // the address is the view's
  e.preventDefault();
  main.focus();
});
show();
