// The notebook's own plot: validation accuracy and loss of both networks by epoch, on one axis, as Matplotlib draws them.

import type { ReadonlySignal } from "@preact/signals";
import { useCallback } from "preact/hooks";

import { Canvas } from "../canvas.js";
import { epochAxis, placeOn, valueAxis } from "./axes.js";
import type { Histories } from "./histories.js";
import { linesOf, summaryOf, type Line } from "./lines.js";

const TITLE = "Comparison of Custom Layer vs. Simple Model";
/** Matplotlib's first colours and its font, whatever the scheme: it is a picture of something. */
const COLOURS = [
  "#1f77b4",
  "#ff7f0e",
  "#2ca02c",
  "#d62728",
  "#9467bd",
  "#8c564b",
  "#e377c2",
  "#7f7f7f",
];
const FONT = '13px "DejaVu Sans", Verdana, sans-serif';
const TITLE_FONT = '15px "DejaVu Sans", Verdana, sans-serif';
const NOTHING: ReadonlySet<string> = new Set();

interface Series {
  readonly line: Line;
  readonly label: string;
}

export function NotebookPlot({ read }: { read: ReadonlySignal<Histories> }) {
  const paint = useCallback(
    (canvas: HTMLCanvasElement) => {
      const context = canvas.getContext("2d");
      const { clientWidth: width, clientHeight: height } = canvas;
      if (!context || width === 0) return;
      canvas.width = Math.round(width * devicePixelRatio);
      canvas.height = Math.round(height * devicePixelRatio);
      context.scale(devicePixelRatio, devicePixelRatio);
      paintPlot(context, width, height, read.value);
    },
    [read],
  );
  const summary = (["accuracy", "loss"] as const).map((measure) =>
    summaryOf(measure, validationLines(measure, read.value)),
  );
  return (
    <div id="notebook-chart" class="chart">
      <Canvas paint={paint} role="img" aria-label={`${TITLE}. ${summary.join(" ")}`} />
    </div>
  );
}

function validationLines(measure: "accuracy" | "loss", histories: Histories): Line[] {
  return linesOf(measure, histories, NOTHING).filter(({ split }) => split === "validation");
}

function seriesOf(histories: Histories): Series[] {
  return histories.names.flatMap((name, network) =>
    (["accuracy", "loss"] as const).flatMap((measure) => {
      const line = validationLines(measure, histories).find((one) => one.network === network);
      return line
        ? [{ line: { ...line, ghosts: [], singles: [] }, label: `${name}: validation ${measure}` }]
        : [];
    }),
  );
}

function paintPlot(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  histories: Histories,
): void {
  const series = seriesOf(histories);
  const lines = series.map(({ line }) => ({ ...line, isReference: false }));
  const x = epochAxis(histories.epochs);
  const { axis: y } = valueAxis("loss", false, lines, 1);
  const [left, top, right, bottom] = [52, 34, width - 16, height - 46];
  // Matplotlib leaves a twentieth at each side.
  const across = (epoch: number) => left + (right - left) * (0.05 + 0.9 * placeOn(x, epoch));
  const up = (value: number) => bottom - (bottom - top) * (0.05 + 0.9 * placeOn(y, value));
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height);
  context.lineWidth = 1.5;
  context.lineJoin = "round";
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  for (const [at, { curve }] of lines.entries()) {
    context.strokeStyle = COLOURS[at % COLOURS.length] ?? "";
    context.beginPath();
    curve.x.forEach((epoch, place) => {
      const value = curve.y[place] ?? NaN;
      if (Number.isInteger(epoch) && epoch > 0 && Number.isFinite(value))
        context.lineTo(across(epoch), up(value));
    });
    context.stroke();
  }
  context.restore();
  context.strokeStyle = context.fillStyle = "#000000";
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, top + 0.5, right - left, bottom - top);
  context.font = FONT;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { at, text } of x.ticks) tick(context, across(at), bottom, 0, 4, text);
  context.fillText("Epoch", (left + right) / 2, bottom + 25);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { at, text } of y.ticks) tick(context, left, up(at), -4, 0, text);
  context.textAlign = "center";
  context.font = TITLE_FONT;
  context.fillText(TITLE, (left + right) / 2, top / 2, width - 8);
  context.font = FONT;
  paintLegend(context, series, right, (top + bottom) / 2);
}

function tick(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  right: number,
  down: number,
  text: string,
): void {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + right, y + down);
  context.stroke();
  context.fillText(text, x + 2 * right, y + 2 * down);
}

function paintLegend(
  context: CanvasRenderingContext2D,
  series: readonly Series[],
  right: number,
  middle: number,
): void {
  const wide = Math.max(0, ...series.map(({ label }) => context.measureText(label).width)) + 46;
  const high = 18 * series.length + 8;
  const [left, top] = [right - wide - 8, middle - high / 2];
  context.fillStyle = "rgb(255 255 255 / 80%)";
  context.strokeStyle = "#cccccc";
  context.fillRect(left, top, wide, high);
  context.strokeRect(left, top, wide, high);
  context.textAlign = "left";
  context.lineWidth = 1.5;
  for (const [at, { label }] of series.entries()) {
    const y = top + 13 + 18 * at;
    context.strokeStyle = COLOURS[at % COLOURS.length] ?? "";
    context.beginPath();
    context.moveTo(left + 8, y);
    context.lineTo(left + 32, y);
    context.stroke();
    context.fillStyle = "#000000";
    context.fillText(label, left + 38, y);
  }
}
