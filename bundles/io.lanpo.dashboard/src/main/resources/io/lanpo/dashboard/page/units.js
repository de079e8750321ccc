import { figure } from '/dom.js';

// How figures are written on axes and in legends, by their unit.

const SIZES = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']];

/** Digits behind the point that multiples of a distance need. */
function digitsOf(apart) {
  for (let digits = 0; digits < 8; digits++) {
    const scaled = apart * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) {
      return digits;
    }
  }
  return 8;
}

/** A tick in few characters; its neighbour is `apart` of it and must not read the same. The largest of the axis says how all are written. */
function short(value, apart, largest) {
  if (value === 0) {
    return '0';
  }
  if (apart < 1e-4) {
    const power = Math.floor(Math.log10(Math.abs(value)) + 1e-9);
    return value.toExponential(Math.min(8, digitsOf(apart / 10 ** power)));
  }
  const [by, letter] = SIZES.find(([least]) => largest >= Math.max(least, 1e4)) ?? [1, ''];
  const digits = digitsOf(apart / by);
  return (value / by).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }) + letter;
}

const span = seconds => (Math.abs(seconds) < 120 ? [1, 's'] : Math.abs(seconds) < 7200 ? [60, 'min'] : [3600, 'h']);

const NUMBER = { tick: short, value: figure };
const UNITS = {
  '': NUMBER,
  bytes: {
    tick: (value, apart, largest) => short(value / 1e6, apart / 1e6, largest / 1e6),
    value: value => figure(Number((value / 1e6).toPrecision(4))) + ' MB',
  },
  seconds: {
    tick: (value, apart) => {
      const [by, letter] = span(value);
      return `${Number((value / by).toFixed(apart < by ? 1 : 0))} ${letter}`;
    },
    value: value => {
      const [by, letter] = span(value);
      return `${figure(Number((value / by).toPrecision(4)))} ${letter}`;
    },
  },
};

/** {tick(value, apart), value(value)} of a unit: '', bytes, or seconds that may be hours. */
export const unit = name => UNITS[name] ?? NUMBER;

/** The labels of an axis, whose logarithmic ticks are unevenly apart. */
export function ticks(name, log, values, apart) {
  const { tick } = unit(name);
  const largest = Math.max(...values.map(Math.abs));
  return values.map(v => (v === null ? '' : log ? tick(v, 10 ** Math.floor(Math.log10(v)), v) : tick(v, apart, largest)));
}

/** Distances of ticks of elapsed time. */
export const SPANS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800];
