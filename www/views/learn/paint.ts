// What uPlot does not draw by itself: bands, single runs, ghosts, ends, best epochs, names, and the playhead.

import uPlot from "uplot";

import { colour, networkClass } from "../colours.js";
import { lastPlace, type Line, type Split, type Values } from "./lines.js";

/** Dash patterns, in CSS pixels. */
export const DASHES: Readonly<Record<Split, number[]>> = { validation: [], training: [6, 4] };
/** A font of 12 CSS pixels, for a canvas with so many pixels to one. */
export const fontAt = (scale: number) =>
  `${12 * scale}px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif`;

type Pen = ReturnType<typeof penOf>;

/** A chart's canvas, in its own pixels. */
function penOf(plot: uPlot) {
  const { min = 0, max = 1 } = plot.scales.y ?? {};
  return {
    context: plot.ctx,
    /** Canvas pixels to a CSS pixel. */
    scale: uPlot.pxRatio,
    x: (epoch: number) => plot.valToPos(epoch, "x", true),
    /** The height of a value, or of the edge that it lies beyond: a log scale has no place for 0. */
    y: (value: number) => plot.valToPos(Math.min(Math.max(value, min), max), "y", true),
    box: plot.bbox,
  };
}

/** What lies under the lines. */
export function paintUnder(plot: uPlot, lines: readonly Line[], held: number | null): void {
  const pen = penOf(plot);
  const { context, box, scale } = pen;
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  if (held !== null) {
    context.fillStyle = colour("rule");
    context.fillRect(pen.x(held) - scale, box.top, 2 * scale, box.height);
  }
  for (const { network, split, values, deviations, singles, ghosts } of lines) {
    context.fillStyle = context.strokeStyle = colour(networkClass(network));
    for (const ghost of ghosts) strokeCurve(pen, ghost, [], 0.75, 0.25);
    fillBand(pen, values, deviations, 0.18);
    for (const single of singles) strokeCurve(pen, single, DASHES[split], 0.75, 0.4);
  }
  context.restore();
}

/** What lies over the lines. */
export function paintOver(plot: uPlot, lines: readonly Line[], isNarrow: boolean): void {
  const pen = penOf(plot);
  const { context, scale, box } = pen;
  context.save();
  context.font = fontAt(scale);
  context.textBaseline = "middle";
  context.textAlign = "left";
  const labels = lines.flatMap((line) => {
    const last = lastPlace(line.values);
    const value = line.values[last];
    if (value === undefined || value === null) return [];
    context.fillStyle = context.strokeStyle = colour(networkClass(line.network));
    const [x, y] = [pen.x(last + 1), pen.y(value)];
    dot(context, x, y, 2.5 * scale);
    context.fill();
    const least = line.best === null ? null : line.values[line.best - 1];
    if (line.best !== null && typeof least === "number") {
      context.lineWidth = 2 * scale;
      dot(context, pen.x(line.best), pen.y(least), 5 * scale);
      context.stroke();
    }
    const word = isNarrow ? { validation: "val.", training: "train." }[line.split] : line.split;
    const text = `${line.name}, ${word}${line.hasDiverged ? ": blew up" : ""}`;
    return [{ x, y, height: y, text, network: line.network }];
  });
  pushApart(labels, 15 * scale, box.top + 8 * scale, box.top + box.height - 8 * scale);
  for (const { x, y, height, text, network } of labels) {
    context.strokeStyle = colour(networkClass(network));
    context.lineWidth = scale;
    context.beginPath();
    context.moveTo(x + 4 * scale, y);
    context.lineTo(x + 12 * scale, height);
    context.stroke();
    // Text is in the body's colour, on a halo of the background where lines lie behind it.
    context.lineWidth = 3 * scale;
    context.strokeStyle = colour("background");
    context.strokeText(text, x + 15 * scale, height);
    context.fillStyle = colour("text");
    context.fillText(text, x + 15 * scale, height);
  }
  context.restore();
}

/** Pushes labels apart, as little as it takes. */
function pushApart(labels: { height: number }[], step: number, top: number, bottom: number): void {
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

function fillBand(pen: Pen, values: Values, deviations: Values, alpha: number): void {
  const { context } = pen;
  const points = values.flatMap((value, at) => {
    const deviation = deviations[at] ?? null;
    return value === null || deviation === null
      ? []
      : [{ epoch: at + 1, low: value - deviation, high: value + deviation }];
  });
  if (points.length === 0) return;
  context.globalAlpha = alpha;
  context.beginPath();
  for (const { epoch, high } of points) context.lineTo(pen.x(epoch), pen.y(high));
  for (const { epoch, low } of [...points].reverse()) context.lineTo(pen.x(epoch), pen.y(low));
  context.fill();
  context.globalAlpha = 1;
}

function strokeCurve(pen: Pen, values: Values, dash: number[], width: number, alpha: number): void {
  const { context, scale } = pen;
  context.globalAlpha = alpha;
  context.lineWidth = width * scale;
  context.setLineDash(dash.map((length) => length * scale));
  context.beginPath();
  let isDrawing = false;
  values.forEach((value, at) => {
    if (value !== null && isDrawing) context.lineTo(pen.x(at + 1), pen.y(value));
    else if (value !== null) context.moveTo(pen.x(at + 1), pen.y(value));
    isDrawing = value !== null;
  });
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}
