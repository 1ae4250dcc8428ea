// What several runs say, in words.

import { expect, test } from "vitest";

import type { Comparison, Difference } from "../pkg/mnist_cubic.js";
import { differenceText, dotsTwin, leadText, signedText, sizeText } from "./differences.js";

const NAMES = ["custom", "dense"] as const;
const NONE = { kind: "not_yet" } as const;

const comparison: Comparison = {
  values: [NONE, NONE],
  runs: 10,
  wins: [0, 10],
  ties: 0,
  interval: { mean: 0.109, low: 0.088, high: 0.131 },
  verdict: { kind: "clear", leader: 1 },
  seeds_needed: { kind: "about", seeds: 5 },
};
const loss: Difference = {
  measure: "loss",
  of_runs: [0.1, 0.118],
  alone: { mean: 0.109, low: 0.094, high: 0.124 },
  comparison,
};

test("who is better, in how many runs, by what interval, and how many seeds it takes", () => {
  expect(differenceText(loss, NAMES)).toBe(
    "Dense lower in 10 of 10, by 0.109 (0.088 to 0.131). Five seeds would have settled it.",
  );
  const unclear: Difference = {
    ...{ measure: "mistakes", of_runs: [], alone: null },
    comparison: {
      ...{ ...comparison, wins: [6, 3], ties: 1, verdict: { kind: "within_spread" } },
      interval: { mean: -1.2, low: -5.4, high: 3 },
      seeds_needed: { kind: "over", seeds: 1000 },
    },
  };
  expect(differenceText(unclear, NAMES)).toBe(
    "Custom fewer in 6 of 10 (1 equal), by 1.2 (−3.0 to 5.4). More than 1,000 seeds wouldn’t be too many.",
  );
});

test("chances are told as ratios, and more of them is better", () => {
  const interval = { mean: Math.log(1 / 400), low: Math.log(1 / 500), high: Math.log(1 / 300) };
  expect(sizeText("truth", interval)).toBe("400 times as much (300 to 500)");
  const truth: Difference = { ...loss, measure: "truth", comparison: { ...comparison, interval } };
  expect(differenceText(truth, NAMES)).toMatch(/^Dense more in 10 of 10, 400 times as much/);
  expect(signedText("truth", Math.log(1 / 400))).toBe("÷\u00a0400");
  expect(signedText("truth", Math.log(2))).toBe("×\u00a02.0");
});

test("the read-out names a leader only where it is clear", () => {
  expect(leadText([loss], NAMES, false)).toBe("Dense leads by 0.109 (0.088 to 0.131) in loss.");
  const few: Comparison = { ...comparison, runs: 2, verdict: { kind: "too_few_seeds" } };
  expect(leadText([{ ...loss, comparison: few }], NAMES, true)).toBe(
    "Custom and dense: dense is ahead by 0.109 (0.088 to 0.131) in loss, not clearly.",
  );
});

test("for those who do not see the dots", () => {
  expect(dotsTwin(loss, NAMES)).toBe("loss, custom less dense, run by run: +0.1000 and +0.1180.");
});
