// Paints a chart: axes, ghosts, the gap of overfitting, bands, lines, and the words at them.

import { HERE_IT_MEMORISES } from "../../words/diagnosis.js";
import { networkClass } from "../canvas-colours.js";
import type { Plan } from "./chart-plan.js";
import { lastPlace, valueAt, type Curve } from "./curve.js";
import { endText, frameOf, LEADER, type Frame } from "./frame.js";
import type { Line, Measure, OverlayLine } from "./lines.js";
import { heightsOf, placeBeside, placeBetween, pushApart, Room, type Words } from "./placement.js";

/** A colour by its name in the style sheet. */
export type Palette = (name: string) => string;

interface Pen {
  readonly context: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly frame: Frame;
}

const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** Paints on a picture of this size, in the context's units. */
export function paintChart(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  plan: Plan,
  palette: Palette,
): void {
  const pen = { context, palette, frame: frameOf(plan, width, height) };
  const { lines } = plan;
  context.save();
  context.font = FONT;
  context.lineJoin = "round";
  paintAxes(pen, plan);
  context.save();
  context.beginPath();
  const { left, top, width: across, height: down } = pen.frame;
  context.rect(left - 1, top - 2, across + 2, down + 3);
  context.clip();
  for (const line of lines) paintGap(pen, line, lines);
  for (const line of lines) paintThin(pen, line);
  for (const overlay of plan.overlays) paintOverlay(pen, overlay);
  // The bold ones in front.
  for (const split of ["training", "validation"])
    for (const line of lines) if (line.split === split) paintLine(pen, line, plan.measure);
  context.restore();
  paintWords(pen, plan);
  paintEnds(pen, plan);
  context.restore();
}

function inColour({ context, palette }: Pen, { network }: Pick<Line, "network">): void {
  context.fillStyle = context.strokeStyle = palette(networkClass(network));
}

function paintAxes({ context, palette, frame }: Pen, { x, y, scale }: Plan): void {
  const { left, top, width, height } = frame;
  context.fillStyle = palette("quiet");
  context.strokeStyle = palette("rule");
  context.lineWidth = 1;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { at, text } of y.ticks) {
    const level = Math.round(frame.y(at)) + 0.5;
    context.beginPath();
    context.moveTo(left, level);
    context.lineTo(left + width, level);
    context.stroke();
    context.fillText(text, left - 8, level);
  }
  context.textAlign = "center";
  context.textBaseline = "top";
  let free = -Infinity;
  for (const { at, text } of x.ticks) {
    const half = context.measureText(text).width / 2;
    const middle = frame.x(at);
    if (middle - half < free) continue;
    context.fillText(text, middle, top + height + 6);
    free = middle + half + 8;
  }
  context.fillText(
    scale === "epochs" ? "epoch" : "images seen",
    left + width / 2,
    top + height + 21,
  );
}

/** What lies between a network's validation and training loss since it overfits. */
function paintGap(pen: Pen, line: Line, lines: readonly Line[]): void {
  const training = partner(line, lines);
  if (!training || !line.overfits || line.best === null) return;
  const { context, frame } = pen;
  const upper = since(line.curve, line.best);
  const lower = since(training.curve, line.best);
  inColour(pen, line);
  context.globalAlpha = 0.12;
  context.beginPath();
  upper.forEach(([x, y]) => context.lineTo(frame.x(x), frame.y(y)));
  lower.reverse().forEach(([x, y]) => context.lineTo(frame.x(x), frame.y(y)));
  context.fill();
  context.globalAlpha = 1;
}

/** The training line to a validation line. */
function partner({ network, split }: Line, lines: readonly Line[]): Line | undefined {
  if (split !== "validation") return undefined;
  return lines.find((other) => other.network === network && other.split === "training");
}

/** The epochs' ends of a curve from one on. */
function since({ x, y }: Curve, epoch: number): [number, number][] {
  return Array.from(x, (at, place): [number, number] => [at, y[place] ?? NaN]).filter(
    ([at, value]) => at >= epoch && Number.isInteger(at) && Number.isFinite(value),
  );
}

/** Ghosts, single runs and the band around their mean. */
function paintThin(pen: Pen, line: Line): void {
  inColour(pen, line);
  for (const ghost of line.ghosts) stroke(pen, ghost, 0.75, 0.42);
  if (line.split !== "validation") return;
  if (line.band) fillBand(pen, line.band);
  for (const single of line.singles) stroke(pen, single, 0.75, 0.4);
}

/** An earlier experiment's, dashed. */
function paintOverlay(pen: Pen, overlay: OverlayLine): void {
  inColour(pen, overlay);
  pen.context.setLineDash([5, 4]);
  stroke(pen, overlay.curve, 1.5, 0.9);
  pen.context.setLineDash([]);
}

function fillBand({ context, frame }: Pen, band: readonly [Curve, Curve]): void {
  const edges = band.map(({ x, y }) =>
    Array.from(x, (at, place): [number, number] => [at, y[place] ?? NaN]).filter(([, value]) =>
      Number.isFinite(value),
    ),
  );
  edges[1]?.reverse();
  context.globalAlpha = 0.16;
  context.beginPath();
  for (const [x, y] of edges.flat()) context.lineTo(frame.x(x), frame.y(y));
  context.fill();
  context.globalAlpha = 1;
}

function paintLine(pen: Pen, line: Line, measure: Measure): void {
  inColour(pen, line);
  const isBold = line.split === "validation";
  stroke(pen, line.curve, isBold ? 2.25 : 1, isBold ? 1 : 0.6);
  if (isBold && line.hasDiverged && measure === "loss") shootOff(pen, line.curve);
}

/** From the last value that can be drawn up and out of the plot. */
function shootOff({ context, frame }: Pen, { x, y }: Curve): void {
  const last = lastPlace({ x, y });
  const next = x[last + 1];
  if (last < 0 || next === undefined) return;
  context.beginPath();
  context.moveTo(frame.x(x[last] ?? NaN), frame.y(y[last] ?? NaN));
  context.lineTo(frame.x(next), frame.top - 10);
  context.stroke();
}

function stroke({ context, frame }: Pen, { x, y }: Curve, width: number, alpha: number): void {
  context.globalAlpha = alpha;
  context.lineWidth = width;
  context.beginPath();
  let isDrawing = false;
  for (let at = 0; at < x.length; at++) {
    const value = y[at] ?? NaN;
    const isThere = Number.isFinite(value);
    if (isThere && isDrawing) context.lineTo(frame.x(x[at] ?? NaN), frame.y(value));
    else if (isThere) context.moveTo(frame.x(x[at] ?? NaN), frame.y(value));
    isDrawing = isThere;
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** Low points with their names, and what the gap is called. */
function paintWords(pen: Pen, { measure, lines }: Plan): void {
  if (measure !== "loss") return;
  const { context, frame, palette } = pen;
  const heights = new Map(lines.map((line) => [line, heightsOf(line.curve, frame)]));
  // Where there is no better place, words stand over thin lines.
  const bold = lines.filter(({ split }) => split === "validation");
  const room = new Room(
    frame,
    bold.flatMap((line) => heights.get(line) ?? []),
  );
  context.textBaseline = "middle";
  context.textAlign = "center";
  const write = (text: string, x: number, y: number) => {
    context.lineWidth = 3;
    context.strokeStyle = palette("background");
    context.globalAlpha = 0.7;
    context.strokeText(text, x, y);
    context.globalAlpha = 1;
    context.fillStyle = palette("text");
    context.fillText(text, x, y);
  };
  /** A thin line to words that stand away from their point. */
  const lead = (x: number, y: number, words: Words) => {
    const [right, down] = [words.x - x, words.y - y];
    const distance = Math.hypot(right, down);
    if (distance < 34) return;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x + (5 * right) / distance, y + (5 * down) / distance);
    context.lineTo(words.x, words.y - 8 * Math.sign(down));
    context.stroke();
  };
  for (const line of lines) {
    const low = line.best === null ? undefined : valueAt(line.curve, line.best);
    if (line.best === null || low === undefined) continue;
    const [x, y] = [frame.x(line.best), frame.y(low)];
    inColour(pen, line);
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, 4.5, 0, 2 * Math.PI);
    context.stroke();
    const text = `${line.name}’s best: epoch ${line.best}`;
    const words = placeBeside(x, y, context.measureText(text).width, room);
    if (!words) continue;
    room.take(words);
    lead(x, y, words);
    write(text, words.x, words.y);
  }
  for (const line of lines) {
    const training = partner(line, lines);
    if (!training || !line.overfits || line.best === null) continue;
    const [upper, lower] = [line, training].map((one) => heights.get(one) ?? new Float64Array());
    const width = context.measureText(HERE_IT_MEMORISES).width;
    const words = upper && lower && placeBetween(upper, lower, frame.x(line.best), width, room);
    if (!words) continue;
    room.take(words);
    write(HERE_IT_MEMORISES, words.x, words.y);
  }
}

/** Names at the ends of the validation lines, of ghosts where there are no lines yet, and of earlier experiments. */
function paintEnds(pen: Pen, { lines, overlays, measure }: Plan): void {
  const { context, frame, palette } = pen;
  const own = lines.flatMap((line) => {
    const { curve, split } = line;
    if (split !== "validation" || (line.isReference && line.ghosts.length === 0)) return [];
    const last = lastPlace(curve);
    if (last < 0 && !line.hasDiverged) return [];
    const end = frame.x(curve.x[last] ?? NaN);
    // A loss that blew up went off at the top; what has no value on this axis is named at its right.
    const isThere = end >= frame.left - 1;
    if (!isThere && !line.hasDiverged) return [];
    const x = isThere ? end : frame.left + frame.width;
    const y =
      !isThere || (line.hasDiverged && measure === "loss")
        ? frame.top
        : Math.max(frame.top, frame.y(curve.y[last] ?? NaN));
    const hasDot = !line.isReference && !line.hasDiverged;
    return [{ network: line.network, hasDot, x, y, height: y, text: endText(line) }];
  });
  const others = overlays.flatMap(({ name, network, curve }) => {
    const last = lastPlace(curve);
    if (last < 0) return [];
    const [x, y] = [frame.x(curve.x[last] ?? NaN), frame.y(curve.y[last] ?? NaN)];
    return [{ network, hasDot: false, x, y, height: y, text: name }];
  });
  const labels = [...own, ...others];
  pushApart(labels, 15, frame.top + 6, frame.top + frame.height - 4);
  context.textBaseline = "middle";
  context.textAlign = "left";
  const right = frame.left + frame.width;
  for (const label of labels) {
    const { hasDot, x, y, height, text } = label;
    // While lines are short, names stand at their ends.
    const start = Math.min(x, right);
    inColour(pen, label);
    if (hasDot) {
      context.beginPath();
      context.arc(x, y, 2.75, 0, 2 * Math.PI);
      context.fill();
    }
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(start + 4, y);
    context.lineTo(start + LEADER - 3, height);
    context.stroke();
    context.lineWidth = 3;
    context.strokeStyle = palette("background");
    context.strokeText(text, start + LEADER, height);
    context.fillStyle = palette("text");
    context.fillText(text, start + LEADER, height);
  }
}
