import { el } from '/dom.js';

// How runs are found and put together.

/** Whether a run has every word of a text: in its name, configuration, state, group, tags, note, experiment or message. */
export function matches(run, text) {
  const { group, tags, note } = run.notes;
  const label = run.experiment ? `${run.experiment.experiment} ${run.experiment.variant}` : '';
  const all = [run.run, run.configuration, run.state, group, ...tags, note, label, run.message].join(' ').toLowerCase();
  return text.toLowerCase().split(/\s+/).every(word => all.includes(word));
}

/** A field that says at every letter what was typed. */
export const filter = (label, text, typed) => el('label', {}, label,
  el('input', { type: 'search', value: text, autocomplete: 'off', oninput: e => typed(e.target.value) }));

/** Runs that differ in nothing but the seed, together: {label, runs}. */
export function bySeeds(summaries) {
  const alike = new Map();
  for (const summary of summaries) {
    const { seed, description, ...rest } = summary.settings;
    const key = JSON.stringify(Object.entries(rest).sort());
    const label = summary.experiment ? summary.experiment.variant : summary.configuration;
    const line = alike.get(key) ?? { label, runs: [] };
    line.runs.push(summary.run);
    alike.set(key, line);
  }
  return named([...alike.values()]);
}

/** Lines of one name get that of their first run, too. */
function named(lines) {
  const count = label => lines.filter(l => l.label === label).length;
  return lines.map(line => ({ ...line,
    label: `${line.label}${count(line.label) > 1 ? ' ' + line.runs[0] : ''}, ${line.runs.length} seed${line.runs.length > 1 ? 's' : ''}` }));
}
