// Where a value stands on a criterion's axis.

import type { Value } from "../../pkg/mnist_cubic.js";
import type { Criterion } from "../../words/criteria.js";

/** From 0 to 1; -1 and 2 beyond the ends; null where a value has no place. */
export function placeOf(
  criterion: Criterion,
  value: Value,
  [low, high]: readonly [number, number],
): number | null {
  switch (value.kind) {
    case "measured":
      break;
    case "not_reached":
      return BEYOND;
    case "no_mistakes":
    case "diverged":
    case "not_yet":
      return null;
  }
  // Counts of mistakes and chances differ by ratios.
  const scaled = (number: number): number =>
    criterion === "first_epoch" ? number : Math.log(number);
  const span = scaled(high) - scaled(low);
  const place = span > 0 ? (scaled(value.value) - scaled(low)) / span : 0.5;
  if (place < 0) return BEFORE;
  return place > 1 ? BEYOND : place;
}

export const BEFORE = -1;
export const BEYOND = 2;
