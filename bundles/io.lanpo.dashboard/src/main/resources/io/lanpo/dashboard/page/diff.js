import { el } from '/dom.js';

/** More words than this are not compared: the table has one cell for each pair. */
const MOST = 3000;

/**
 * What became of a text, word by word, by the longest common subsequence; how words are spaced is no difference.
 * @returns {[kind: '=' | '-' | '+', text][]} null for texts that are too long
 */
export function difference(before, after) {
  const [a, b] = [before, after].map(text => text.match(/\s*\S+/g) ?? []);
  const [left, right] = [a, b].map(words => words.map(word => word.trim()));
  if (left.length > MOST || right.length > MOST) {
    return null;
  }
  // longest[i][j]: words that left from i on and right from j on have in common
  const longest = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      longest[i][j] = left[i] === right[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const parts = [];
  const add = (kind, text) => {
    const last = parts[parts.length - 1];
    last?.[0] === kind ? last[1] += text : parts.push([kind, text]);
  };
  for (let i = 0, j = 0; i < left.length || j < right.length;) {
    if (i < left.length && left[i] === right[j]) {
      add('=', b[j++]);
      i++;
    } else if (j >= right.length || (i < left.length && longest[i + 1][j] >= longest[i][j + 1])) {
      add('-', a[i++]);
    } else {
      add('+', b[j++]);
    }
  }
  return parts;
}

/** The difference as text with what was taken away and what was added marked. */
export const marked = parts => el('pre', { class: 'diff' }, parts.map(([kind, text], i) => {
  // the first words of the two texts have nothing before them
  const space = text.match(/^\s*/)[0] || (i ? ' ' : '');
  return [space, kind === '=' ? text.trimStart() : el(kind === '-' ? 'del' : 'ins', {}, text.trim())];
}));
