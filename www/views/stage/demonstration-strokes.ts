// How the page draws a digit itself. Points stand in units of the pad's side, y downwards, where a pen would turn; a
// point that stands twice is a corner.

import type { Point, Stroke } from "../../state/drawing.js";

const STROKES: Readonly<Record<number, readonly Stroke[]>> = {
  0: [
    [
      [0.54, 0.18],
      [0.4, 0.25],
      [0.31, 0.43],
      [0.31, 0.62],
      [0.4, 0.79],
      [0.53, 0.83],
      [0.66, 0.73],
      [0.71, 0.53],
      [0.67, 0.31],
      [0.57, 0.2],
      [0.5, 0.18],
    ],
  ],
  1: [
    [
      [0.43, 0.31],
      [0.54, 0.17],
      [0.54, 0.17],
      [0.52, 0.83],
    ],
  ],
  2: [
    [
      [0.31, 0.35],
      [0.36, 0.23],
      [0.48, 0.17],
      [0.62, 0.21],
      [0.66, 0.34],
      [0.58, 0.5],
      [0.45, 0.66],
      [0.31, 0.81],
      [0.31, 0.81],
      [0.5, 0.8],
      [0.72, 0.82],
    ],
  ],
  3: [
    [
      [0.34, 0.25],
      [0.46, 0.17],
      [0.6, 0.2],
      [0.65, 0.31],
      [0.58, 0.43],
      [0.46, 0.48],
      [0.46, 0.48],
      [0.62, 0.52],
      [0.69, 0.65],
      [0.62, 0.79],
      [0.47, 0.84],
      [0.32, 0.77],
    ],
  ],
  4: [
    [
      [0.43, 0.17],
      [0.3, 0.56],
      [0.3, 0.56],
      [0.74, 0.54],
    ],
    [
      [0.6, 0.32],
      [0.57, 0.84],
    ],
  ],
  5: [
    [
      [0.39, 0.19],
      [0.36, 0.45],
      [0.36, 0.45],
      [0.49, 0.41],
      [0.62, 0.46],
      [0.69, 0.6],
      [0.63, 0.75],
      [0.49, 0.83],
      [0.32, 0.77],
    ],
    [
      [0.39, 0.19],
      [0.69, 0.18],
    ],
  ],
  6: [
    [
      [0.61, 0.17],
      [0.47, 0.3],
      [0.37, 0.5],
      [0.35, 0.68],
      [0.44, 0.82],
      [0.58, 0.82],
      [0.67, 0.69],
      [0.6, 0.55],
      [0.47, 0.54],
      [0.37, 0.65],
    ],
  ],
  7: [
    [
      [0.3, 0.2],
      [0.7, 0.19],
      [0.7, 0.19],
      [0.58, 0.43],
      [0.46, 0.83],
    ],
  ],
  8: [
    [
      [0.63, 0.25],
      [0.5, 0.18],
      [0.39, 0.27],
      [0.42, 0.4],
      [0.56, 0.51],
      [0.65, 0.66],
      [0.58, 0.8],
      [0.44, 0.81],
      [0.36, 0.68],
      [0.43, 0.54],
      [0.57, 0.41],
      [0.63, 0.25],
    ],
  ],
  9: [
    [
      [0.65, 0.29],
      [0.55, 0.18],
      [0.42, 0.21],
      [0.36, 0.34],
      [0.43, 0.46],
      [0.56, 0.43],
      [0.65, 0.29],
      [0.65, 0.29],
      [0.64, 0.55],
      [0.6, 0.83],
    ],
  ],
};
/** Those that show most come first: of an experiment's digits, the first is drawn. */
const PREFERENCE = [5, 2, 3, 4, 7, 9, 6, 8, 0, 1];
/** Points from one turn of the pen to the next. */
const BETWEEN = 10;

/** The strokes of one of these digits. */
export function demonstrationOf(digits: readonly number[]): readonly Stroke[] {
  const digit = PREFERENCE.find((one) => digits.includes(one)) ?? 5;
  return (STROKES[digit] ?? []).map(curveOf);
}

/** What is there of the strokes when a part of their length, 0 to 1, is drawn. */
export function partOf(strokes: readonly Stroke[], share: number): readonly Stroke[] {
  const count = Math.ceil(share * strokes.reduce((sum, { length }) => sum + length, 0));
  let before = 0;
  return strokes.flatMap((stroke) => {
    const part = stroke.slice(0, Math.max(0, count - before));
    before += stroke.length;
    return part.length > 0 ? [part] : [];
  });
}

/** A smooth curve (Catmull-Rom) through the points, as many points apart as it is long. */
function curveOf(stroke: Stroke): Stroke {
  const same = (a: Point | undefined, b: Point | undefined): boolean =>
    a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
  return stroke.flatMap((to, at) => {
    const from = stroke[at - 1];
    if (!from) return [to];
    if (same(from, to)) return [];
    // Beside a corner or an end, the curve has no further point to bend to.
    const before = same(stroke[at - 2], from) ? from : (stroke[at - 2] ?? from);
    const after = same(stroke[at + 1], to) ? to : (stroke[at + 1] ?? to);
    const count = Math.ceil((Math.hypot(to[0] - from[0], to[1] - from[1]) * BETWEEN) / 0.15);
    return Array.from({ length: count }, (_, step): Point => {
      const t = (step + 1) / count;
      return [
        spline(t, before[0], from[0], to[0], after[0]),
        spline(t, before[1], from[1], to[1], after[1]),
      ];
    });
  });
}

function spline(t: number, before: number, from: number, to: number, after: number): number {
  const [a, b] = [(to - before) / 2, (after - from) / 2];
  return from + a * t + (3 * (to - from) - 2 * a - b) * t ** 2 + (2 * (from - to) + a + b) * t ** 3;
}
