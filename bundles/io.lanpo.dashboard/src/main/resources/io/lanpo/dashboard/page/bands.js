/**
 * The mean of curves over what is along x, with the band of its standard error. A curve counts between its first and its last point, and
 * in a straight line between two of them; where there is one curve, there is no band.
 * @param curves {steps, x, y} each
 * @returns the same, with low and high
 */
export function mean(curves) {
  const known = curves.map(({ steps, x, y }) => {
    const at = y.flatMap((v, i) => (v === null || v === undefined ? [] : [i]));
    return { steps: at.map(i => steps[i]), x: at.map(i => x[i]), y: at.map(i => y[i]), next: 0 };
  }).filter(c => c.x.length);
  const x = [...new Set(known.flatMap(c => c.x))].sort((a, b) => a - b);
  const all = { steps: [], x, y: [], low: [], high: [] };
  for (const at of x) {
    const values = known.map(c => between(c, at, c.y)).filter(v => v !== null);
    const middle = values.reduce((a, b) => a + b, 0) / values.length;
    const error = values.length < 2 ? 0
      : Math.sqrt(values.reduce((sum, v) => sum + (v - middle) ** 2, 0) / (values.length - 1) / values.length);
    all.steps.push(Math.max(...known.map(c => between(c, at, c.steps) ?? 0)));
    all.y.push(middle);
    all.low.push(middle - error);
    all.high.push(middle + error);
  }
  return all;
}

/** The value of a curve; x is asked for in growing order. */
function between(curve, at, values) {
  const { x } = curve;
  if (at < x[0] || at > x[x.length - 1]) {
    return null;
  }
  while (x[curve.next + 1] <= at) {
    curve.next++;
  }
  const i = curve.next;
  return i + 1 >= x.length || x[i] === at ? values[i] : values[i] + (values[i + 1] - values[i]) * (at - x[i]) / (x[i + 1] - x[i]);
}
