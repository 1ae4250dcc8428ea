import { expect, test } from "vitest";

import type { Answer, Comparison, Findings, PairFindings } from "../pkg/mnist_cubic.js";
import {
  answersText,
  comparisonText,
  creditText,
  labelledText,
  networkTexts,
  originText,
  seedsText,
  valueText,
} from "../words.js";

const tied: Comparison = {
  values: [
    { kind: "measured", value: 36 },
    { kind: "measured", value: 36 },
  ],
  runs: 1,
  wins: [0, 0],
  ties: 1,
  interval: null,
  verdict: { kind: "tied" },
  seeds_needed: null,
};

function pairOf(comparison: Partial<Comparison>): PairFindings {
  const one = { ...tied, ...comparison };
  return {
    networks: [0, 1],
    differ_in_one_layer: null,
    criteria: { mistakes: one, truth: one, first_epoch: one },
  };
}

const network = (name: string): Findings["networks"][number] => ({
  name,
  values: { mistakes: tied.values[0], truth: tied.values[0], first_epoch: tied.values[0] },
  loss_share: null,
  divergence: null,
  guessing: null,
  overfitting: null,
});

const findings: Findings = {
  epoch: 12,
  runs: 1,
  validation_images: 3461,
  significance: 0.01,
  networks: [network("custom"), network("dense")],
  pairs: [],
  tests: [null, null],
};

const clear: Partial<Comparison> = {
  runs: 5,
  interval: { mean: 13.2, low: 8, high: 18 },
  verdict: { kind: "clear", leader: 1 },
};

test("a leader is named, and at what", () => {
  const pair = pairOf(clear);
  expect(comparisonText("mistakes", pair, findings)).toBe("Dense makes 13 fewer on average.");
  expect(comparisonText("first_epoch", pair, findings)).toMatch(/^Dense gets there sooner/);
  const chances = pairOf({ ...clear, interval: { mean: Math.log(1 / 550), low: -9, high: -4 } });
  expect(comparisonText("truth", chances, findings)).toBe(
    "Custom bets everything on its mistakes: it leaves the truth 550 times less than dense.",
  );
});

test("what is not clear names no leader", () => {
  const said = (verdict: Comparison["verdict"]) =>
    comparisonText("mistakes", pairOf({ runs: 3, verdict }), findings);
  expect(said({ kind: "within_spread" })).toBe("No difference that 3\u00a0runs can see.");
  expect(said({ kind: "one_run_cant_tell" })).toBe("One run can’t tell.");
  expect(said({ kind: "too_few_seeds" })).toMatch(/^3\u00a0runs can’t tell/);
  expect(said({ kind: "tied" })).toBe("The same in every run.");
  expect(
    seedsText({
      ...tied,
      verdict: { kind: "within_spread" },
      seeds_needed: { kind: "over", seeds: 1000 },
    }),
  ).toBe("More than 1,000 seeds wouldn’t be too many.");
});

test("the layer is credited only between networks that differ in it alone", () => {
  const pair = pairOf(clear);
  expect(creditText(pair, findings)).toMatch(/doesn’t show/);
  const layer = { place: 2, kinds: ["cubic", "relu"] as [string, string] };
  expect(creditText({ ...pair, differ_in_one_layer: layer }, findings)).toMatch(
    /cubic against relu: so it’s the layer\.$/,
  );
  expect(creditText({ ...pairOf({}), differ_in_one_layer: layer }, findings)).toBe("");
});

test("a network's ailments are told", () => {
  const overfitting = {
    runs: 1,
    since: 11,
    least: 0.06,
    now: 0.17,
    training_then: 0.03,
    training_now: 0.0001,
  };
  expect(networkTexts({ ...network("custom"), overfitting }, findings)).toEqual([
    "The custom network starts to memorise after epoch 11: its loss on new digits climbs from 0.060 to 0.170, while on the training digits it falls to almost nothing.",
  ]);
  const [said] = networkTexts(
    { ...network("custom"), divergence: { runs: 1, epoch: 1 } },
    findings,
  );
  expect(said).toMatch(/^The custom network blew up in epoch 1: its weights overflowed/);
});

test("chances come before logarithms", () => {
  const text = (value: number) => valueText("truth", { kind: "measured", value });
  expect(text(1 / 2486)).toBe("1 in 2,500");
  expect(text(1 / 4.52)).toBe("1 in 4.5");
  expect(text(0.6)).toBe("60\u00a0%");
  expect(text(1e-30)).toBe("1 in 10³⁰");
  expect(valueText("first_epoch", { kind: "not_reached" })).toBe("not reached");
});

function answered(name: string, digit: number, certainty: number, diverged = false) {
  const answer: Answer = {
    probabilities: [certainty],
    class: 0,
    digit,
    is_unsure: certainty < 0.9,
    diverged,
  };
  return { name, answer };
}

test("answers are told in a sentence", () => {
  const custom = answered("custom", 2, 0.999);
  expect(answersText([custom, answered("dense", 2, 0.95)], false)).toBe("Both read a\u00a02.");
  expect(answersText([custom, answered("dense", 8, 0.95)], null)).toBe(
    "They disagree: custom reads a\u00a02, dense an\u00a08.",
  );
  expect(answersText([custom, answered("dense", 2, 0.5)], false)).toBe(
    "Both read a\u00a02. Dense is unsure.",
  );
  expect(answersText([answered("custom", 0, 1), answered("dense", 2, 0.5)], true)).toBe(
    "Neither network has seen anything like this, and custom is 100.0\u00a0% sure it’s a\u00a00.",
  );
  expect(answersText([answered("custom", 0, NaN, true), answered("dense", 2, 0.99)], false)).toBe(
    "Dense reads a\u00a02. Custom’s weights have overflowed: no answer.",
  );
});

test("a labelled digit that is read wrongly is called wrong", () => {
  const both = [answered("custom", 2, 0.999), answered("dense", 0, 0.95)];
  expect(labelledText(both, 0, [1 / 4000, 0.95])).toBe(
    "✗ It’s a\u00a00. Custom reads a\u00a02, and had left the truth 1 in 4,000.",
  );
  expect(labelledText(both.slice(1), 0, [0.95])).toBe("A\u00a00: the network gets it right.");
});

test("origins", () => {
  expect(originText({ type: "training", imagesSeen: 0 }, 13841)).toMatch(/guesswork/);
  expect(originText({ type: "training", imagesSeen: 64 }, 13841)).toBe("After 64\u00a0images.");
  expect(originText({ type: "training", imagesSeen: 2 * 13841 }, 13841)).toBe("After epoch 2.");
});
