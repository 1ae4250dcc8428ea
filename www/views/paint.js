// What uPlot does not draw by itself: bands, single runs, references, ends, best epochs, labels.

import uPlot from "../uPlot.esm.js";

/** @import { Line, Split, Values } from "./lines.js" */

/**
 * @typedef {object} Pen A chart's canvas, in its own pixels.
 * @property {CanvasRenderingContext2D} context
 * @property {number} scale Canvas pixels to a CSS pixel.
 * @property {(epoch: number) => number} x
 * @property {(value: number) => number} y
 * @property {{ left: number, top: number, width: number, height: number }} box
 * @property {[number, number]} range Of the y axis.
 */

/** Dash patterns, in CSS pixels. @type {Record<Split | "reference", number[]>} */
export const DASHES = { validation: [], training: [6, 4], reference: [1.5, 3] };
export const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/**
 * A colour of the style sheet, in the scheme of the moment.
 * @param {string} name
 */
export const colour = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/**
 * @param {uPlot} plot
 * @param {[number, number]} range
 * @returns {Pen}
 */
export function penOf(plot, range) {
  return {
    context: plot.ctx,
    scale: uPlot.pxRatio,
    x: (epoch) => plot.valToPos(epoch, "x", true),
    y: (value) => plot.valToPos(value, "y", true),
    box: plot.bbox,
    range,
  };
}

/**
 * What lies under the lines.
 * @param {Pen} pen
 * @param {Line[]} lines
 */
export function paintUnder(pen, lines) {
  const { context, scale, box } = pen;
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  for (const { kind, split, values, sd, singles, reference } of lines) {
    context.fillStyle = context.strokeStyle = colour(kind);
    if (reference) {
      fillBand(pen, reference.mean, reference.sd, 0.1);
      strokeCurve(pen, reference.mean, DASHES.reference, 1.25 * scale, 1);
    }
    if (sd) fillBand(pen, values, sd, 0.18);
    for (const single of singles) strokeCurve(pen, single, DASHES[split], 0.75 * scale, 0.4);
  }
  context.restore();
}

/**
 * What lies over the lines: their ends, their best epochs, and their names.
 * @param {Pen} pen
 * @param {Line[]} lines
 * @param {boolean} narrow
 */
export function paintOver(pen, lines, narrow) {
  const { context, scale, box } = pen;
  context.save();
  context.font = FONT.replace("12px", `${12 * scale}px`);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.setLineDash([]);
  const labels = [];
  for (const { kind, split, values, best, diverged } of lines) {
    const last = values.findLastIndex((value) => value !== null);
    const value = values[last];
    if (value === undefined || value === null) continue;
    context.fillStyle = context.strokeStyle = colour(kind);
    const at = { x: pen.x(last + 1), y: inside(pen, value) };
    dot(context, at.x, at.y, 2.5 * scale);
    context.fill();
    const least = best === null ? null : values[best - 1];
    if (best !== null && least !== null && least !== undefined) markBest(pen, best, least);
    const word = narrow ? { validation: "val.", training: "train." }[split] : split;
    labels.push({ ...at, text: `${kind}, ${word}${diverged ? ": diverged" : ""}`, kind, height: at.y });
  }
  spread(labels, 15 * scale, box.top + 8 * scale, box.top + box.height - 8 * scale);
  for (const { x, y, height, text, kind } of labels) {
    context.strokeStyle = colour(kind);
    context.lineWidth = scale;
    context.beginPath();
    context.moveTo(x + 4 * scale, y);
    context.lineTo(x + 12 * scale, height);
    context.stroke();
    // Text is in the body colour, on a halo of the background where lines lie behind it.
    context.lineWidth = 3 * scale;
    context.strokeStyle = colour("background");
    context.strokeText(text, x + 15 * scale, height);
    context.fillStyle = colour("text");
    context.fillText(text, x + 15 * scale, height);
  }
  context.restore();
}

/**
 * Pushes labels apart, as little as it takes.
 * @param {{ height: number }[]} labels
 * @param {number} step
 * @param {number} top
 * @param {number} bottom
 */
function spread(labels, step, top, bottom) {
  labels.sort((a, b) => a.height - b.height);
  let free = top;
  for (const label of labels) {
    label.height = Math.max(label.height, free);
    free = label.height + step;
  }
  free = bottom;
  for (const label of [...labels].reverse()) {
    label.height = Math.min(label.height, free);
    free = label.height - step;
  }
}

/**
 * @param {Pen} pen
 * @param {number} epoch
 * @param {number} value
 */
function markBest(pen, epoch, value) {
  const { context, scale } = pen;
  const [x, y] = [pen.x(epoch), inside(pen, value)];
  context.lineWidth = 2 * scale;
  dot(context, x, y, 5 * scale);
  context.stroke();
}

/**
 * @param {Pen} pen
 * @param {Values} mean
 * @param {number[]} sd
 * @param {number} alpha
 */
function fillBand(pen, mean, sd, alpha) {
  const { context } = pen;
  const points = mean.flatMap((value, index) =>
    value !== null && Number.isFinite(sd[index])
      ? [{ epoch: index + 1, low: value - sd[index], high: value + sd[index] }]
      : [],
  );
  context.globalAlpha = alpha;
  context.beginPath();
  for (const { epoch, high } of points) context.lineTo(pen.x(epoch), inside(pen, high));
  for (const { epoch, low } of [...points].reverse()) context.lineTo(pen.x(epoch), inside(pen, low));
  context.fill();
  context.globalAlpha = 1;
}

/**
 * @param {Pen} pen
 * @param {Values} values
 * @param {number[]} dash
 * @param {number} width
 * @param {number} alpha
 */
function strokeCurve(pen, values, dash, width, alpha) {
  const { context, scale } = pen;
  context.globalAlpha = alpha;
  context.lineWidth = width;
  context.setLineDash(dash.map((length) => length * scale));
  context.beginPath();
  let drawing = false;
  values.forEach((value, index) => {
    const there = value !== null && (value > 0 || pen.range[0] <= 0);
    if (there && drawing) context.lineTo(pen.x(index + 1), pen.y(value));
    else if (there) context.moveTo(pen.x(index + 1), pen.y(value));
    drawing = there;
  });
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/**
 * The height of a value, or of the edge that it lies beyond: a log scale has no place for 0.
 * @param {Pen} pen
 * @param {number} value
 */
function inside({ y, range }, value) {
  return y(Math.min(Math.max(value, range[0]), range[1]));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function dot(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}
