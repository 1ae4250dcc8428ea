// Where differences stand beside the line at 0.

import { expect, test } from "vitest";

import type { Comparison, Difference } from "../../pkg/mnist_cubic.js";
import { placed } from "./scale.js";

const difference = (
  measure: Difference["measure"],
  of_runs: number[],
  interval: Comparison["interval"] = null,
): Difference => ({
  measure,
  of_runs,
  alone: null,
  comparison: { interval } as Comparison,
});

test("what is better for the first network stands left of the line", () => {
  const [lower = NaN, equal, higher = NaN] = placed(difference("loss", [-0.1, 0, 0.1])).dots;
  expect(equal).toBe(0.5);
  expect(lower).toBeLessThan(0.5);
  expect(higher).toBeGreaterThan(0.5);
  // More left for the truth is better.
  const [more = NaN] = placed(difference("truth", [3])).dots;
  expect(more).toBeLessThan(0.5);
});

test("all of it lies within the width, and what was never reached at its end", () => {
  const { dots, interval } = placed(
    difference("mistakes", [-4, 2, 5], { mean: 1, low: -8, high: 10 }),
  );
  for (const at of [...dots, interval?.low ?? NaN, interval?.high ?? NaN]) {
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThanOrEqual(1);
  }
  expect(interval?.low).toBeLessThan(interval?.mean ?? NaN);
  const { dots: reached } = placed(difference("first_epoch", [-2, -Infinity]));
  expect(reached[1]).toBe(reached[0]);
});

test("equal values stand on the line", () => {
  expect(placed(difference("mistakes", [0, 0])).dots).toEqual([0.5, 0.5]);
});
