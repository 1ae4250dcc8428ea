// The scale of log-odds, the same for all networks: linear near 0, where a network is unsure, and ever narrower outside,
// so that one that bets everything fits beside one that does not.

import { superscript, thousands } from "../numbers.js";

/** In log-odds. */
export type Range = readonly [least: number, most: number];

/** So far the scale is about linear, in log-odds: odds of 3,300,000 to 1. */
const LINEAR = 15;
/** Where the scale may end, and where it may have a tick, in powers of ten of the odds. */
const ENDS = [2, 3, 4, 6, 8, 10, 12, 16, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 300, 500];
const TICKS = [3, 6, 12, 24, 50, 100, 200, 500, 1000, 10_000, 100_000];
/** Least gap between ticks, and between those shown on a phone, as a part of the width. */
const GAP = 0.11;
const WIDE_GAP = 0.2;
/** Least width of a side relative to the other, to leave room for words. */
const LEAST_SIDE = 0.45;
/** Left free at either end, as a part of the width. */
const MARGIN = 0.015;

export const SMALLEST: Range = [-2 * Math.LN10, 3 * Math.LN10];

/** The least range that holds these log-odds, and another range. */
export function widened(range: Range, readings: readonly Float32Array[]): Range {
  let [least, most] = range;
  for (const logOdds of readings) {
    for (const value of logOdds) {
      if (value < least) least = value;
      else if (value > most) most = value;
    }
  }
  const sides = [-least, most].map((end) => endBeyond(Math.max(0, end))) as [number, number];
  const [left, right] = sides.map((side, at) =>
    Math.max(side, endBeyond(LINEAR * Math.sinh(LEAST_SIDE * squeezed(sides[1 - at] ?? 0)))),
  ) as [number, number];
  return [-left, right];
}

/** The next end, in log-odds; beyond the list, the next power of ten of it. */
function endBeyond(logOdds: number): number {
  const decades = logOdds / Math.LN10 - 1e-9;
  const end = ENDS.find((one) => one >= decades) ?? 10 ** Math.ceil(Math.log10(decades));
  return end * Math.LN10;
}

const squeezed = (logOdds: number): number => Math.asinh(logOdds / LINEAR);

/** The place of log-odds on the scale, from 0 to 1. */
export function placer([least, most]: Range): (logOdds: number) => number {
  const [from, to] = [squeezed(least), squeezed(most)];
  return (logOdds) => MARGIN + ((1 - 2 * MARGIN) * (squeezed(logOdds) - from)) / (to - from);
}

export interface Tick {
  readonly place: number;
  /** "1,000:1", or "even". */
  readonly label: string;
  /** Whether there is room for it on a phone. */
  readonly isMajor: boolean;
}

export function ticksOf(range: Range): Tick[] {
  const place = placer(range);
  const [left, right] = [-1, 1].map((sign) => {
    let last = place(0);
    let lastMajor = last;
    return TICKS.flatMap((decades): Tick[] => {
      const at = place(sign * decades * Math.LN10);
      if (Math.abs(at - last) < GAP || at < GAP / 2 || at > 1 - GAP / 2) return [];
      last = at;
      const isMajor = Math.abs(at - lastMajor) >= WIDE_GAP;
      if (isMajor) lastMajor = at;
      return [{ place: at, label: oddsText(decades), isMajor }];
    });
  }) as [Tick[], Tick[]];
  return [...left.reverse(), { place: place(0), label: "even", isMajor: true }, ...right];
}

function oddsText(decades: number): string {
  const odds = decades < 6 ? thousands(10 ** decades) : `10${superscript(decades)}`;
  return `${odds}:1`;
}
