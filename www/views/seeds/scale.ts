// Where a difference stands beside the line at 0: to the left what is better for the first network.

import type { Difference } from "../../pkg/mnist_cubic.js";

/** Of the width, from its middle to either side. */
const REACH = 0.46;

export interface Placed {
  /** From 0 to 1. */
  readonly dots: readonly number[];
  /** The mean and its interval; null where there is none. */
  readonly interval: { readonly mean: number; readonly low: number; readonly high: number } | null;
}

export function placed({ measure, of_runs, comparison: { interval } }: Difference): Placed {
  const numbers = [...of_runs, ...(interval ? [interval.low, interval.high] : [])];
  const largest = Math.max(0, ...numbers.filter(Number.isFinite).map(Math.abs));
  const most = largest === 0 ? 1 : largest;
  // Of chances, more is better.
  const side = measure === "truth" ? -1 : 1;
  const place = (value: number): number => {
    const share = Math.min(1, Math.max(-1, (side * value) / most));
    return 0.5 + REACH * share;
  };
  if (!interval) return { dots: of_runs.map(place), interval: null };
  const ends = [place(interval.low), place(interval.high)];
  return {
    dots: of_runs.map(place),
    interval: { mean: place(interval.mean), low: Math.min(...ends), high: Math.max(...ends) },
  };
}
