// Where words find room in a chart.

import type { Curve } from "./curve.js";
import type { Frame } from "./frame.js";

/** A box of words, by its middle. */
export interface Words {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Half the height of a line of words, with what keeps it clear. */
const HALF = 9;
/** Search step, in pixels. */
const STEP = 4;

/** The height of a curve at each pixel across; NaN where it has none. */
export function heightsOf({ x, y }: Curve, frame: Frame): Float64Array {
  const heights = new Float64Array(Math.ceil(frame.left + frame.width) + 1).fill(NaN);
  for (let at = 0; at + 1 < x.length; at++) {
    const [x0, x1] = [frame.x(x[at] ?? NaN), frame.x(x[at + 1] ?? NaN)];
    const [y0, y1] = [frame.y(y[at] ?? NaN), frame.y(y[at + 1] ?? NaN)];
    for (let column = Math.max(0, Math.ceil(x0)); column <= x1 && column < heights.length; column++)
      heights[column] = y0 + ((y1 - y0) * (column - x0)) / (x1 - x0 || 1);
  }
  return heights;
}

/** Room that is taken: by lines, and by other words. */
export class Room {
  private readonly words: Words[] = [];
  constructor(
    private readonly frame: Frame,
    private readonly lines: readonly Float64Array[],
  ) {}

  take(words: Words): void {
    this.words.push(words);
  }

  isFree({ x, y, width }: Words): boolean {
    const { left, top, height } = this.frame;
    const [from, to] = [x - width / 2 - 3, x + width / 2 + 3];
    if (from < left || to > left + this.frame.width) return false;
    if (y - HALF < top || y + HALF > top + height) return false;
    const isApart = (one: Words) =>
      Math.abs(one.x - x) > (one.width + width) / 2 + 4 || Math.abs(one.y - y) > 2 * HALF;
    return (
      this.words.every(isApart) && this.lines.every((heights) => isClear(heights, from, to, y))
    );
  }
}

function isClear(heights: Float64Array, from: number, to: number, y: number): boolean {
  for (let column = Math.floor(from); column <= to; column++)
    if (Math.abs((heights[column] ?? NaN) - y) < HALF) return false;
  return true;
}

/** The first place from the left between two lines at which words have room; null where there is none. */
export function placeBetween(
  upper: Float64Array,
  lower: Float64Array,
  from: number,
  width: number,
  room: Room,
): Words | null {
  for (let x = from + width / 2 + STEP; x + width / 2 < upper.length; x += STEP) {
    const columns = { from: Math.floor(x - width / 2), to: Math.ceil(x + width / 2) };
    const [top, bottom] = gap(upper, lower, columns.from, columns.to);
    const middle = (top + bottom) / 2;
    for (let away = 0; middle + away + HALF <= bottom; away += STEP) {
      for (const y of [middle - away, middle + away])
        if (y - HALF >= top && room.isFree({ x, y, width })) return { x, y, width };
    }
  }
  return null;
}

function gap(upper: Float64Array, lower: Float64Array, from: number, to: number): [number, number] {
  let [top, bottom] = [-Infinity, Infinity];
  for (let column = from; column <= to; column++) {
    top = Math.max(top, upper[column] ?? NaN);
    bottom = Math.min(bottom, lower[column] ?? NaN);
  }
  // Without a number in one of the columns, nothing lies between.
  return [top, bottom];
}

/** The nearest place to a point at which words have room; null where there is none. */
export function placeBeside(x: number, y: number, width: number, room: Room): Words | null {
  for (let away = 20; away < 120; away += 2 * STEP) {
    for (const [right, down] of DIRECTIONS) {
      const words = { x: x + right * (width / 2 + away / 2), y: y + down * away, width };
      if (room.isFree(words)) return words;
    }
  }
  return null;
}
/** Below before above, and straight before aside. */
const DIRECTIONS: readonly (readonly [number, number])[] = [
  [0, 1],
  [0, -1],
  [-1, 1],
  [1, 1],
  [-1, -1],
  [1, -1],
];

/** Pushes what stands one below the other apart, as little as it takes. */
export function pushApart(
  labels: { height: number }[],
  step: number,
  top: number,
  bottom: number,
): void {
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
