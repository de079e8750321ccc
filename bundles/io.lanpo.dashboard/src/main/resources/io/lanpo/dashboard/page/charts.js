import uPlot from '/uplot/uPlot.esm.js';
import { el, figure, visible } from '/dom.js';

// Distinguishable for people who see colours differently, and readable on both backgrounds (Okabe and Ito, 2008; darkened or lightened).
const LIGHT = ['#0060a8', '#b34700', '#00785a', '#98407a', '#6b6100', '#2f7fb3', '#444b55'];
const DARK = ['#6db8f2', '#f5a35c', '#4fd1a8', '#e699c8', '#e6d84d', '#a0d4f7', '#c3c9d2'];
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

const dark = () => matchMedia('(prefers-color-scheme: dark)').matches;
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/**
 * A chart of curves over steps.
 * @param title what it shows
 * @param labels names of the curves
 * @returns {{root: HTMLElement, show: (steps: number[], curves: (number|null)[][]) => void, end: () => void}}
 */
export function chart(title, labels) {
  const target = el('div');
  const root = el('figure', { role: 'img' }, el('figcaption', {}, title), target);
  let plot = null;
  let shown = null;

  const make = () => {
    plot?.destroy();
    const palette = dark() ? DARK : LIGHT;
    const axis = { stroke: colour('--soft'), grid: { stroke: colour('--grid'), width: 1 }, ticks: { stroke: colour('--grid') } };
    plot = new uPlot({
      width: width(),
      height: 200,
      scales: { x: { time: false } },
      cursor: { y: false, points: { size: 6 } },
      series: [
        { label: 'step', value: (u, v) => (v === null ? '–' : figure(v)) },
        ...labels.map((label, i) => ({
          label: visible(label),
          stroke: palette[i % palette.length],
          dash: DASHES[Math.floor(i / palette.length) % DASHES.length],
          width: 1.5,
          spanGaps: true,
          points: { show: shown[0].length < 3 },
          value: (u, v) => (v === null || v === undefined ? '–' : figure(v)),
        })),
      ],
      axes: [{ ...axis, size: 34 }, { ...axis, size: 58, values: (u, ticks) => ticks.map(t => figure(t)) }],
    }, shown, target);
  };
  const width = () => Math.max(200, target.clientWidth || 320);
  const resized = new ResizeObserver(() => {
    if (plot && Math.abs(plot.width - width()) > 1) {
      plot.setSize({ width: width(), height: 200 });
    }
  });
  const recolour = () => shown && make();
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', recolour);
  resized.observe(target);

  return {
    root,
    show(steps, curves) {
      const few = shown !== null && shown[0].length < 3;
      shown = [steps, ...curves];
      const last = labels.map((label, i) => `${visible(label)} ${figure(lastOf(curves[i]))}`).join(', ');
      root.setAttribute('aria-label', `${visible(title)}; at step ${figure(steps[steps.length - 1])}: ${last}`);
      if (plot === null || few) {
        make();
      } else {
        plot.setData(shown);
      }
    },
    end() {
      resized.disconnect();
      scheme.removeEventListener('change', recolour);
      plot?.destroy();
    },
  };
}

const lastOf = curve => curve.findLast(v => v !== null && v !== undefined);
