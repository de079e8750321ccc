import uPlot from '/uplot/uPlot.esm.js';
import { axes, onWhole, smoothed } from '/axes.js';
import { el, figure, visible } from '/dom.js';
import { csv, png, save } from '/save.js';
import { colour, dark, onTheme } from '/theme.js';
import { SPANS, ticks, unit } from '/units.js';

// Distinguishable for people who see colours differently, and readable on both backgrounds (Okabe and Ito, 2008; darkened or lightened).
const LIGHT = ['#0060a8', '#b34700', '#00785a', '#98407a', '#6b6100', '#2f7fb3', '#444b55'];
const DARK = ['#6db8f2', '#f5a35c', '#4fd1a8', '#e699c8', '#e6d84d', '#a0d4f7', '#c3c9d2'];
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
const HEIGHT = 200;
const FONT = '12px system-ui, "DejaVu Sans", sans-serif';

/**
 * A chart of curves. Whoever shows it shows it again when the axes change.
 * @param title what it shows
 * @param labels names of the curves
 * @param options {unit, state}: see units.js; the state of a chart in whose place this one comes
 * @returns {{root: HTMLElement, show: (curves: Curve[]) => void, state: object, end: () => void}} a curve, one for each label in order, is {steps, x, y},
 *     and with a band {low, high}; x grows; y, low and high have null where there is nothing
 */
export function chart(title, labels, options = {}) {
  const target = el('div', { role: 'img', 'aria-label': title, tabindex: 0, onkeydown: e => moveCursor(e) });
  const note = el('small');
  const root = el('figure', {},
    el('figcaption', {}, el('span', {}, title, note),
      el('span', { class: 'tools' },
        el('button', { type: 'button', 'aria-label': `${title} as CSV`, onclick: () => save(title, 'csv', csv(axes(), labels, curves)) }, 'CSV'),
        el('button', { type: 'button', 'aria-label': `${title} as PNG`, onclick: async () => save(title, 'png', await png(plot, `${title}, by ${axes().title}`, legend())) }, 'PNG'))),
    target);
  const ended = new AbortController();
  // what the reader has made of it: part of x, curves that are not shown
  const state = options.state ?? { zoom: null, hidden: new Set() };
  const { hidden } = state;
  let curves = null;
  let drawn = [];
  let plot = null;
  let made = '';

  /** What is drawn, in order: of each curve what stands behind it, and itself. */
  const lines = () => {
    const { smoothing, log } = axes();
    const palette = dark() ? DARK : LIGHT;
    // a log axis has no place for 0 and below
    const scaled = values => (log ? values.map(v => (v > 0 || v === undefined ? v : null)) : values);
    const all = labels.flatMap((label, i) => {
      const { x, steps, y, low, high } = curves[i];
      const stroke = palette[i % palette.length];
      const behind = low ? [[high, 0], [low, 0]] : smoothing > 0 ? [[y, 0.25]] : [];
      const lost = log ? y.filter(v => v <= 0 && v !== null).length : 0;
      return [
        ...behind.map(([values, alpha]) => ({ i, x, y: scaled(values), stroke: alpha ? stroke + '55' : 'transparent', behind: true, lost })),
        { i, label, x, y: scaled(smoothing > 0 ? smoothed(y, steps, smoothing) : y), stroke, band: Boolean(low), lost,
          dash: DASHES[Math.floor(i / palette.length) % DASHES.length] },
      ];
    });
    const lost = all.filter(d => !d.behind).reduce((sum, d) => sum + d.lost, 0);
    note.textContent = lost ? ` – ${figure(lost)} values of 0 or below are not on a log axis` : '';
    return all;
  };

  /** Points of all lines over common x. */
  const data = () => (drawn.every(d => d.x === drawn[0].x) ? [drawn[0].x, ...drawn.map(d => d.y)] : uPlot.join(drawn.map(d => [d.x, d.y])));

  const make = points => {
    plot?.destroy();
    const { x, log, title: along } = axes();
    const soft = colour('--soft');
    const grid = colour('--grid');
    const axis = { stroke: soft, font: FONT, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, size: 5 } };
    const time = x === 'timing.wallSeconds' ? 'seconds' : '';
    plot = new uPlot({
      width: width(),
      height: HEIGHT,
      padding: [10, 26, 0, 0],
      scales: { x: { time: false }, y: log ? { distr: 3, log: 10 } : { range } },
      cursor: { y: false, points: { size: 6 }, sync: { key: 'lanpo', scales: ['x', null] }, drag: { dist: 4 } },
      series: [
        { label: along, value: written(time) },
        ...drawn.map(d => ({
          label: d.behind ? '' : visible(d.label),
          ...(d.behind ? { class: 'behind' } : {}),
          show: !hidden.has(labels[d.i]),
          stroke: d.stroke,
          dash: d.dash,
          width: d.behind ? 1 : 1.5,
          spanGaps: !d.lost,
          points: d.behind ? { show: false } : { show: points[0].length < 3 || d.lost > 0, size: d.lost ? 3 : 6 },
          value: written(options.unit),
        })),
      ],
      bands: drawn.flatMap((d, k) => (d.band ? [{ series: [k - 1, k], fill: d.stroke + '2e' }] : [])),
      axes: [
        { ...axis, size: 34, space: 60, values: (u, at, i, room, apart) => ticks(time, false, at, apart), ...(time ? { incrs: SPANS } : {}) },
        { ...axis, size: roomFor, values: (u, at, i, room, apart) => ticks(options.unit, log, at, apart) },
      ],
      hooks: {
        setScale: [(u, key) => {
          const all = u.data[0];
          const { min, max } = u.scales.x;
          if (key === 'x' && all.length > 1 && min !== null) {
            state.zoom = min <= all[0] && max >= all[all.length - 1] ? null : { min, max, x };
          }
        }],
        setSeries: [(u, k, { show }) => {
          if (k && show !== undefined && !drawn[k - 1].behind) {
            const { i } = drawn[k - 1];
            show ? hidden.delete(labels[i]) : hidden.add(labels[i]);
            drawn.forEach((d, n) => d.behind && d.i === i && u.setSeries(n + 1, { show }));
          }
        }],
      },
    }, points, target);
    if (state.zoom) {
      plot.setScale('x', state.zoom);
    }
  };

  const draw = () => {
    if (!curves) {
      return;
    }
    drawn = lines();
    const points = data();
    const { x, smoothing, log } = axes();
    // what cannot change in a chart that stands
    const form = JSON.stringify([x, smoothing > 0, log, dark(), points[0].length < 3, drawn.map(d => d.lost > 0)]);
    if (plot === null || form !== made) {
      state.zoom = state.zoom?.x === x ? state.zoom : null;
      made = form;
      make(points);
    } else {
      const kept = state.zoom;
      plot.setData(points, kept === null);
      if (kept) {
        plot.setScale('x', kept);
      }
    }
  };

  const legend = () => drawn.filter(d => !d.behind && !hidden.has(d.label)).map(d => [visible(d.label), d.stroke, d.dash]);
  /** From point to point of what is shown. */
  const moveCursor = e => {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[e.key];
    if (by && plot?.data[0].length) {
      e.preventDefault();
      const { min, max } = plot.scales.x;
      const [all] = plot.data;
      const first = all.findIndex(v => v >= min);
      const last = all.findLastIndex(v => v <= max);
      const from = plot.cursor.idx ?? (by > 0 ? first - 1 : last + 1);
      plot.setCursor({ left: plot.valToPos(all[Math.min(last, Math.max(first, from + by))], 'x'), top: 0 }, true, true);
    }
  };

  const width = () => Math.max(200, target.clientWidth || 320);
  const resized = new ResizeObserver(() => {
    if (plot && Math.abs(plot.width - width()) > 1) {
      plot.setSize({ width: width(), height: HEIGHT });
    }
  });
  resized.observe(target);
  onTheme(draw, ended.signal);
  onWhole(() => {
    state.zoom = null;
    plot?.setData(plot.data, true);
  }, ended.signal);

  return {
    root,
    state,
    show(now) {
      curves = now;
      const last = labels.map((label, i) => `${visible(label)} ${figure(lastOf(curves[i].y))}`).join(', ');
      const step = Math.max(...curves.map(c => c.steps[c.steps.length - 1] ?? 0));
      root.setAttribute('aria-label', `${visible(title)}; at step ${figure(step)}: ${last}`);
      draw();
    },
    end() {
      ended.abort();
      resized.disconnect();
      plot?.destroy();
    },
  };
}

/** What a legend says of a curve: its value at the cursor; without one the last. */
const written = name => (u, v, k, at) => {
  const value = at === null || at === undefined ? lastOf(u.data[k]) : v;
  return value === null || value === undefined ? '–' : unit(name).value(value);
};

/** A curve that is 0 throughout has an axis to 1. */
const range = (u, low, high) => (low === null || (low === 0 && high === 0) ? [0, 1] : uPlot.rangeNum(low, high, 0.1, true));

/** Room for the longest label of an axis, which is known only when it is about to be drawn. */
function roomFor(u, values, index, cycle) {
  const axis = u.axes[index];
  if (cycle > 1) {
    return axis._size;
  }
  u.ctx.font = axis.font[0];
  const widest = Math.max(0, ...(values ?? []).map(v => u.ctx.measureText(v).width));
  return Math.ceil(axis.ticks.size + axis.gap + widest / devicePixelRatio + 2);
}

const lastOf = curve => curve.findLast(v => v !== null && v !== undefined);
