// Everything that is shown goes through here: text becomes a text node, never markup.

/** An element with attributes, listeners (functions under names such as onclick) and children. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.flat(Infinity).filter(c => c !== null && c !== undefined)
    .map(c => (c instanceof Node ? c : document.createTextNode(visible(String(c))))));
  return element;
}

// Control characters, marks that reorder text, and line separators: shown, not obeyed.
const ACTIVE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text in which terminal escapes and reordering marks can be seen. */
export function visible(text) {
  return text.replace(ACTIVE, c => {
    const code = c.charCodeAt(0);
    return code < 0x100 ? '\\x' + code.toString(16).padStart(2, '0') : '\\u' + code.toString(16).padStart(4, '0');
  });
}

/** A number in a few digits; a dash where there is none. */
export function figure(value) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return '–';
  }
  const size = Math.abs(value);
  if (Number.isInteger(value)) {
    return value.toLocaleString('en');
  }
  return size >= 1000 ? Math.round(value).toLocaleString('en')
    : size >= 0.001 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
}

/** A share in percent. */
export const percent = value => (value === null || value === undefined ? '–' : (100 * value).toFixed(1) + ' %');

/** A time as this browser's user writes it. */
export const time = iso => new Date(iso).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' });

/**
 * A table that scrolls by itself where it is too wide.
 * Columns are {title, number, name}; rows are arrays of cells: text or nodes.
 */
export function table(columns, rows, caption) {
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    el('table', {},
      el('thead', {}, el('tr', {}, columns.map(c => el('th', { scope: 'col', class: kind(c) }, c.title)))),
      el('tbody', {}, rows.map(row => el('tr', {}, row.map((cell, i) => el('td', { class: kind(columns[i]), 'data-title': columns[i].title }, cell)))))));
}

const kind = column => (column.number ? 'number' : column.name ? 'name' : null);

/** By what a reader knows an element again when it is made again. */
const named = element => element.getAttribute('aria-label') ?? element.getAttribute('href') ?? element.dataset.key ?? element.getAttribute('name')
  ?? element.labels?.[0]?.firstChild.textContent ?? element.textContent;

/** Fills a place with other content; what stands for the element that had the focus has it then. Returns that: null if none had it, undefined if it is gone. */
export function replace(place, ...content) {
  const { activeElement } = document;
  if (activeElement === place || !place.contains(activeElement)) {
    place.replaceChildren(...content);
    return null;
  }
  const { tagName } = activeElement;
  // outside of the page an element has no label
  const name = named(activeElement);
  place.replaceChildren(...content);
  const again = [...place.querySelectorAll('a, input, select, button, summary, [tabindex]')].find(e => e.tagName === tagName && named(e) === name);
  again?.focus({ preventScroll: true });
  return again;
}

/**
 * Shows other content in a place in such a way that a reader does not notice more than what is new: what had the focus, what was scrolled
 * and what was folded stays so.
 */
export function refresh(place, ...content) {
  const scrolled = new Map([...place.querySelectorAll('.scroll')].map(e => [named(e), [e.scrollLeft, e.scrollTop]]));
  const folded = new Set([...place.querySelectorAll('details:not([open])')].map(named));
  replace(place, ...content);
  place.querySelectorAll('details').forEach(e => folded.has(named(e)) && e.removeAttribute('open'));
  place.querySelectorAll('.scroll').forEach(e => scrolled.has(named(e)) && e.scrollTo(...scrolled.get(named(e))));
}

/** Buttons to the pages before and after. */
export function pager(page, size, total, go) {
  const last = Math.max(1, Math.ceil(total / size));
  return el('div', { class: 'pager' },
    el('button', { type: 'button', disabled: page <= 1, onclick: () => go(page - 1) }, '← previous'),
    el('span', {}, `page ${page} of ${last}, ${figure(total)} in all`),
    el('button', { type: 'button', disabled: page >= last, onclick: () => go(page + 1) }, 'next →'));
}

/** A labelled choice. */
export function choice(label, options, chosen, changed, attributes = {}) {
  return el('label', {}, label,
    el('select', { ...attributes, onchange: e => changed(e.target.value) },
      options.map(([value, text]) => el('option', { value, selected: value === chosen }, text))));
}

export const state = run => el('span', { class: 'state ' + run.state }, run.state);
