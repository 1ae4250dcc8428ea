import { expect, test } from "vitest";

import type { Contributions } from "../../pkg/mnist_cubic.js";
import { largest, scoresOf, unitAfter } from "./scores.js";

const made: Contributions = {
  parts: [
    {
      by: "function",
      to_classes: [
        [1, 2],
        [-7, 0.5],
      ],
    },
    {
      by: "linear",
      to_classes: [
        [0.25, -0.5],
        [0, 0],
      ],
    },
  ],
  bias: [0.125, -1],
};

test("a score is what units and biases add", () => {
  expect(scoresOf(made, 0)?.score).toBe(2.875);
  expect(scoresOf(made, 1)?.score).toBe(-7.5);
  expect(scoresOf(made, 2)).toBeNull();
});

test("the scale has room for any unit, and for those that overflowed", () => {
  expect(largest([null, made])).toBe(7);
  const broken = { ...made, parts: [{ by: "linear", to_classes: [[NaN, 1, Infinity]] }] } as const;
  expect(largest([broken as unknown as Contributions])).toBe(1);
  expect(largest([null])).toBe(0);
});

test("keys go through the units and stay within them", () => {
  expect(unitAfter("ArrowRight", null, 50)).toBe(0);
  expect(unitAfter("ArrowRight", 0, 50)).toBe(1);
  expect(unitAfter("ArrowLeft", null, 50)).toBe(0);
  expect(unitAfter("ArrowRight", 49, 50)).toBe(49);
  expect(unitAfter("PageDown", 4, 50)).toBe(0);
  expect(unitAfter("End", 4, 50)).toBe(49);
  expect(unitAfter("Tab", 4, 50)).toBeNull();
});
