// What networks are judged by, and the values of each criterion.

import type { Value } from "../pkg/mnist_cubic.js";
import { LEARNED } from "../state/core-constants.js";
import { chance, percent, thousands } from "../views/numbers.js";

export type Criterion = "mistakes" | "truth" | "first_epoch";
export const CRITERIA: readonly Criterion[] = ["mistakes", "truth", "first_epoch"];

/** The same for each criterion. */
export function byCriterion<T>(one: T): Record<Criterion, T> {
  return Object.fromEntries(CRITERIA.map((criterion) => [criterion, one])) as Record<Criterion, T>;
}

/** `images` are those that the networks are validated on; 0 where that is not known yet. */
export function criterionTitle(criterion: Criterion, images: number): string {
  switch (criterion) {
    case "mistakes":
      return `Mistakes on ${images > 0 ? `${thousands(images)} ` : ""}digits it never trained on`;
    case "truth":
      return "When wrong, median chance left for the truth";
    case "first_epoch":
      return `First epoch with ${percent(LEARNED, 0)} right`;
  }
}

const NO_VALUE = {
  no_mistakes: "no mistakes",
  not_reached: "not reached",
  diverged: "blew up",
  not_yet: "–",
} as const;

/** A network's value, large. */
export function valueText(criterion: Criterion, value: Value): string {
  if (value.kind !== "measured") return NO_VALUE[value.kind];
  return criterion === "truth" ? chance(value.value) : thousands(value.value);
}
