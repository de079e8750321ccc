// A chart as a file.

const quoted = text => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The values behind a chart, whatever its zoom: a line for each x that a curve has; RFC 4180. */
export function csv({ x, title }, labels, curves) {
  const rows = new Map();
  const columns = labels.flatMap((label, i) => [[label, curves[i].y], [label + ' low', curves[i].low], [label + ' high', curves[i].high]]
    .filter(([, values]) => values).map(([name, values]) => [name, values, curves[i]]));
  columns.forEach(([, values, curve], c) => values.forEach((value, k) => {
    const at = x === 'step' ? curve.x[k] : `${curve.steps[k]}/${curve.x[k]}`;
    const row = rows.get(at) ?? [curve.steps[k], curve.x[k], []];
    row[2][c] = value;
    rows.set(at, row);
  }));
  const heads = [...(x === 'step' ? ['step'] : ['step', title]), ...columns.map(([name]) => name)];
  const lines = [...rows.values()].sort((a, b) => a[1] - b[1]).map(([step, at, values]) =>
    [...(x === 'step' ? [step] : [step, at]), ...columns.map((_, c) => values[c] ?? '')].join(','));
  return new Blob([[heads.map(quoted).join(','), ...lines].join('\r\n') + '\r\n'], { type: 'text/csv' });
}

/** A chart as it is on the screen, with title and legend. */
export function png(plot, title, legend) {
  const scale = devicePixelRatio;
  const wide = plot.ctx.canvas.width;
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  const font = `${12 * scale}px system-ui, "DejaVu Sans", sans-serif`;
  pen.font = font;
  // the legend in as many lines as it needs
  const lines = [[]];
  let right = 0;
  for (const [label, stroke, dash] of legend) {
    const room = pen.measureText(label).width + 34 * scale;
    if (right + room > wide - 20 * scale && right > 0) {
      lines.push([]);
      right = 0;
    }
    lines[lines.length - 1].push([label, stroke, dash, right + 10 * scale]);
    right += room;
  }
  const top = 26 * scale;
  canvas.width = wide;
  canvas.height = top + plot.ctx.canvas.height + (lines.length * 18 + 8) * scale;
  const style = getComputedStyle(plot.root.closest('figure'));
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = style.color;
  pen.font = `600 ${14 * scale}px system-ui, "DejaVu Sans", sans-serif`;
  pen.fillText(title, 10 * scale, 18 * scale);
  pen.drawImage(plot.ctx.canvas, 0, top);
  pen.font = font;
  lines.forEach((line, i) => line.forEach(([label, stroke, dash, left]) => {
    const y = top + plot.ctx.canvas.height + (i * 18 + 12) * scale;
    pen.strokeStyle = stroke;
    pen.lineWidth = 2 * scale;
    pen.setLineDash((dash ?? []).map(d => d * scale / 2));
    pen.beginPath();
    pen.moveTo(left, y - 4 * scale);
    pen.lineTo(left + 18 * scale, y - 4 * scale);
    pen.stroke();
    pen.fillText(label, left + 23 * scale, y);
  }));
  return new Promise(done => canvas.toBlob(done, 'image/png'));
}

/** Hands a file to the browser, which saves it. */
export function save(title, suffix, blob) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = `${title.replace(/[^\w.-]+/g, '-').replace(/^-|-$/g, '').slice(0, 60) || 'chart'}.${suffix}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
