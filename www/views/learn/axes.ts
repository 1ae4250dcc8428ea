// The axes of a chart: what they span, and where they are marked.

import { decimal, thousands } from "../numbers.js";
import { lastPlace, type Curve } from "./curve.js";
import type { Measure, Line } from "./lines.js";

export interface Axis {
  readonly isLog: boolean;
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** Where a value lies, from 0 at the axis's start to 1 at its end; on a log axis, 0 is put at the start. */
export function placeOn({ isLog, min, max }: Axis, value: number): number {
  return isLog
    ? Math.log((value > 0 ? value : min) / min) / Math.log(max / min)
    : (value - min) / (max - min);
}

/** The value at a place. */
export function valueOn({ isLog, min, max }: Axis, place: number): number {
  return isLog ? min * (max / min) ** place : min + place * (max - min);
}

/** From the first epoch to the last. */
export function epochAxis(epochs: number): Axis {
  const max = Math.max(2, epochs);
  const ticks = linearTicks(1, max, 6).filter((at) => at > 1 && Number.isInteger(at));
  const clear = ticks.filter((at) => at - 1 > (max - 1) / 12);
  return {
    isLog: false,
    min: 1,
    max,
    ticks: [1, ...clear].map((at) => ({ at, text: thousands(at) })),
  };
}

/** By images seen, log, on which the first epoch is as long as it takes to learn; in epochs, as the curves are. */
export function imagesAxis(epochs: number, imagesInEpoch: number, batchSize: number): Axis {
  const images = Math.max(1, imagesInEpoch);
  const batch = Math.min(batchSize, images);
  const min = batch / 2 / images;
  const powers = logTicks(batch, images * epochs, true).filter((at) => at > 1.5 * batch);
  const ticks = [...powers].map((at) => ({ at: at / images, text: thousands(at) }));
  return {
    isLog: true,
    min,
    max: Math.max(epochs, 2 * min),
    ticks: [{ at: min, text: "0" }, ...ticks],
  };
}

/** The axis of values that shows the lines and `others` from a moment on, and whether it cuts some of them off. */
export function valueAxis(
  measure: Measure,
  isLog: boolean,
  lines: readonly Line[],
  from: number,
  others: readonly Curve[] = [],
): { axis: Axis; isCut: boolean } {
  // Ignores training curves: one that starts off scale comes in from outside.
  const bold = lines.filter(({ split }) => split === "validation");
  const own = bold.flatMap(({ curve, singles, ghosts, isReference }) => [
    ...(isReference ? [] : [curve]),
    ...singles,
    ...ghosts,
  ]);
  const curves = [...own, ...others];
  const [least, most] = extent(curves, from, isLog);
  if (most === -Infinity) return { axis: emptyAxis(measure, isLog), isCut: false };
  if (isLog) return { axis: logAxis(least / 1.3, most * 1.3), isCut: false };
  if (measure === "accuracy") {
    const low = Math.max(0, Math.min(least, 0.99) - 0.05 * (1 - least));
    return { axis: linearAxis(low, 1 + 0.02 * (1 - low)), isCut: false };
  }
  // Outliers would flatten all else: what lies above ten times the median first value is cut off.
  const firsts = curves.flatMap(({ x, y }) => y[x.findIndex((at) => at >= from)] ?? []);
  const usual = firsts.filter(Number.isFinite).sort((a, b) => a - b);
  const limit = 10 * (usual[(usual.length - 1) >> 1] ?? Infinity);
  return { axis: linearAxis(0, 1.05 * Math.min(most, limit) || 1), isCut: most > limit };
}

function extent(curves: readonly Curve[], from: number, isLog: boolean): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const curve of curves) {
    const last = lastPlace(curve);
    for (let at = 0; at <= last; at++) {
      const value = curve.y[at] ?? NaN;
      if ((curve.x[at] ?? 0) < from || (isLog && value <= 0)) continue;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return [least, most];
}

function emptyAxis(measure: Measure, isLog: boolean): Axis {
  if (measure === "accuracy") return linearAxis(0.9, 1.002);
  const most = measure === "loss" ? 1 : 100;
  return isLog ? logAxis(most / 100, most) : linearAxis(0, most);
}

function linearAxis(min: number, max: number): Axis {
  const ticks = linearTicks(min, max, 5).map((at) => ({ at, text: tickText(at) }));
  return { isLog: false, min, max, ticks };
}

function logAxis(min: number, max: number): Axis {
  const ticks = logTicks(min, max, false).map((at) => ({ at, text: tickText(at) }));
  return { isLog: true, min, max, ticks };
}

/** About so many multiples of 1, 2 or 5 times a power of ten. */
function linearTicks(min: number, max: number, count: number): number[] {
  const rough = (max - min) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= rough * 0.85) ?? 10);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
}

const MOST_POWERS = 8;

/** 1, 2 and 5 times the powers of ten in a range; the powers alone where those are many. */
function logTicks(min: number, max: number, arePowers: boolean): number[] {
  const first = Math.floor(Math.log10(min));
  const count = Math.ceil(Math.log10(max)) - first + 1;
  const steps = arePowers || count > 4 ? [1] : [1, 2, 5];
  // After a loss has blown up there are many.
  const stride = Math.ceil(count / MOST_POWERS);
  const exponents = Array.from(
    { length: Math.ceil(count / stride) },
    (_, at) => first + at * stride,
  );
  const ticks = exponents.flatMap((exponent) => steps.map((step) => Number(`${step}e${exponent}`)));
  return ticks.filter((tick) => tick >= min && tick <= max);
}

function tickText(value: number): string {
  // A power of ten.
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e5))
    return decimal(value).replace("1.00·", "");
  return value >= 1000 ? thousands(value) : String(Number(value.toPrecision(6)));
}
