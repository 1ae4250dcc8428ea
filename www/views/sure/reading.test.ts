import { expect, test } from "vitest";

import { byCost, chanceOf, costOf, countsOf, readingOf } from "./reading.js";

/** The log-odds of a probability. */
const logit = (p: number): number => Math.log(p / (1 - p));

test("an image costs the negative logarithm of its chance, however small that is", () => {
  for (const p of [0.9999, 0.5, 0.1, 1e-9]) {
    expect(costOf(logit(p))).toBeCloseTo(-Math.log(p), 9);
    expect(chanceOf(logit(p))).toBeCloseTo(p, 12);
  }
  // e⁻⁸⁰⁰ is no double any more, but its logarithm is.
  expect(costOf(-800)).toBe(800);
  expect(costOf(800)).toBe(0);
});

test("mistakes are counted, with their share of the loss", () => {
  const classes = new Uint8Array([0, 1, 2, 1]);
  const chances = [0.9, 0.8, 0.01, 0.7];
  const read = readingOf(classes, Float32Array.from(chances, logit), new Uint8Array([0, 1, 0, 1]));
  if (!read || read === "diverged") throw new Error("It is sound.");
  expect(read.mistakes).toBe(1);
  const losses = chances.map((p) => -Math.log(p));
  const sum = losses.reduce((all, loss) => all + loss);
  expect(read.share).toBeCloseTo((losses[2] ?? 0) / sum, 5);
  expect([...byCost(read)]).toEqual([2, 3, 1, 0]);
  expect(countsOf(read, classes, 3)).toEqual([
    [1, 0, 0],
    [0, 2, 0],
    [1, 0, 0],
  ]);
});

test("what is not a number is called diverged, and other digits are not mixed in", () => {
  const classes = new Uint8Array([0, 1]);
  const answers = new Uint8Array([0, 0]);
  expect(readingOf(classes, new Float32Array([1, NaN]), answers)).toBe("diverged");
  expect(readingOf(classes, new Float32Array([1, -Infinity]), answers)).toBe("diverged");
  expect(readingOf(classes, new Float32Array(3), new Uint8Array(3))).toBe(null);
});
