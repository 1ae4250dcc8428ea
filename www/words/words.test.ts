import { expect, test } from "vitest";

import type { Answer, Comparison, Findings, PairFindings } from "../pkg/mnist_cubic.js";
import { apartText, comparisonText, creditText, detailsText, seedsText } from "./comparison.js";
import { CRITERIA, criterionTitle, valueText } from "./criteria.js";
import { networkTexts } from "./diagnosis.js";
import { answersText, labelledText, originText } from "./drawing.js";
import { momentText, summaryText, ticksText } from "./moment.js";
import { testedText } from "./test-images.js";

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
  best: null,
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
  expect(comparisonText("mistakes", pair, findings)).toBe("Dense makes 13.2 fewer, on average.");
  expect(comparisonText("first_epoch", pair, findings)).toBe(
    "Dense is sooner, at this learning rate.",
  );
  expect(comparisonText("first_epoch", pair, findings, "own rates")).toBe(
    "Dense is sooner, at these learning rates.",
  );
  const single = pairOf({ ...clear, runs: 1, interval: { mean: 22, low: 8, high: 36 } });
  expect(comparisonText("mistakes", single, findings)).toBe("Dense makes 22 fewer of 3,461.");
  const chances = (mean: number) => pairOf({ ...clear, interval: { mean, low: -9, high: -1 } });
  expect(comparisonText("truth", chances(-6.3), findings)).toBe(
    "Custom is all but certain when it’s wrong.",
  );
  expect(comparisonText("truth", chances(-1.5), findings)).toBe("Custom is surer when it’s wrong.");
});

test("what is not clear names no leader", () => {
  const said = (verdict: Comparison["verdict"], runs = 3) =>
    comparisonText("mistakes", pairOf({ runs, verdict }), findings);
  expect(said({ kind: "within_spread" }, 10)).toBe("No difference that ten runs can see.");
  const ahead = pairOf({ runs: 5, wins: [0, 5], ties: 0, verdict: { kind: "within_spread" } });
  expect(comparisonText("first_epoch", ahead, findings)).toBe(
    "Dense was sooner in all five runs: not yet enough to be sure.",
  );
  expect(said({ kind: "within_spread" }, 1)).toBe("One run can’t tell; it may be luck.");
  expect(said({ kind: "one_run_cant_tell" }, 1)).toBe("One run can’t tell.");
  expect(said({ kind: "too_few_seeds" })).toBe("Three runs can’t tell: it takes at least five.");
  expect(said({ kind: "tied" })).toBe("The same in every run.");
  expect(said({ kind: "no_mistakes" })).toBe("No mistakes to look at.");
  expect(said({ kind: "diverged" })).toBe("Nothing to compare: a network blew up.");
  expect(said({ kind: "not_yet" })).toBe("Too early to tell.");
});

test("several runs say who won in how many, by how much, and what it would take", () => {
  const unclear = pairOf({
    runs: 10,
    wins: [2, 7],
    ties: 1,
    interval: { mean: 2.5, low: -0.78, high: 5.78 },
    verdict: { kind: "within_spread" },
    seeds_needed: { kind: "about", seeds: 24 },
  });
  expect(detailsText("mistakes", unclear, findings)).toBe(
    "Dense makes fewer in 7 of 10 runs, custom in 2; equal in 1. Dense makes 2.5 fewer on average (99.0\u00a0% interval: −0.8 to 5.8). About 14 more seeds would settle it.",
  );
  const clearly = pairOf({
    ...clear,
    wins: [0, 5],
    ties: 0,
    interval: { mean: -5.17, low: -7.2, high: -3.14 },
  });
  expect(detailsText("truth", clearly, findings)).toBe(
    "Dense leaves more in 5 of 5 runs, custom in 0. Custom leaves 180 times less on average (99.0\u00a0% interval: 23 to 1,300).",
  );
  expect(detailsText("first_epoch", clearly, findings)).toBe(
    "Dense is sooner in 5 of 5 runs, custom in 0.",
  );
  expect(detailsText("mistakes", pairOf({ runs: 1 }), findings)).toBe("");
  const needed = (seeds_needed: Comparison["seeds_needed"], runs: number) =>
    seedsText({ ...tied, verdict: { kind: "within_spread" }, runs, seeds_needed });
  expect(needed({ kind: "over", seeds: 1000 }, 5)).toBe(
    "More than 1,000 seeds wouldn’t be too many.",
  );
  expect(needed({ kind: "about", seeds: 6 }, 5)).toBe("About 1 more seed would settle it.");
  expect(needed({ kind: "about", seeds: 5 }, 5)).toBe("A few more seeds may settle it.");
});

test("a moment of one run has values, and no leader", () => {
  const measured = (value: number) => ({ kind: "measured", value }) as const;
  const none = { kind: "not_reached" } as const;
  expect(apartText("mistakes", measured(80), measured(102), 3)).toBe("22 apart, in this run.");
  expect(apartText("truth", measured(1 / 2400), measured(1 / 4), 3)).toBe(
    "600 times apart, in this run.",
  );
  expect(apartText("truth", measured(0.201), measured(0.2), 3)).toBe(
    "About the same, in this run.",
  );
  expect(apartText("first_epoch", measured(4), measured(9), 12)).toBe(
    "5\u00a0epochs apart, in this run.",
  );
  expect(apartText("first_epoch", measured(4), none, 5)).toBe("Only one has got there.");
  expect(apartText("first_epoch", none, none, 3)).toBe("Neither has got there.");
  expect(apartText("mistakes", measured(2000), measured(1900), 0)).toBe("Too early to tell.");
  expect(apartText("mistakes", { kind: "diverged" }, measured(1900), 0)).toBe(
    "Nothing to compare: a network blew up.",
  );
});

test("when the networks are compared", () => {
  const moment = { type: "moment", epoch: 0, images: 2048, seed: null, isStopped: false } as const;
  expect(momentText({ type: "unknown" })).toBe("");
  expect(momentText({ type: "untried" })).toMatch(/^Not tried before with these settings/);
  expect(momentText({ type: "reference", runs: 10, epoch: 50 })).toBe(
    "Ten runs made before your visit, after 50\u00a0epochs.",
  );
  expect(momentText({ type: "epoch", epoch: 12, runs: 1 })).toBe(
    "After 12\u00a0epochs of your run.",
  );
  expect(momentText({ type: "epoch", epoch: 12, runs: 5 })).toBe(
    "After 12\u00a0epochs, over 5\u00a0runs.",
  );
  expect(momentText(moment)).toBe("After 2,048\u00a0images of your run.");
  expect(momentText({ ...moment, images: 0 })).toBe("Before the first step of your run.");
  expect(momentText({ ...moment, epoch: 3, images: 32, seed: 7 })).toBe(
    "After 3\u00a0epochs and 32\u00a0images of the run with seed 7.",
  );
  expect(momentText({ ...moment, isStopped: true })).toBe(
    "Stopped before an epoch was complete, after 2,048\u00a0images.",
  );
  expect(ticksText({ type: "epoch", epoch: 12, runs: 1 }, 10, 12)).toBe(
    "Thin marks: ten runs made before your visit.",
  );
  expect(ticksText(moment, 10, 1)).toBe(
    "Thin marks: ten runs made before your visit, after 1\u00a0epoch.",
  );
  expect(testedText({ type: "several", tested: 2, runs: 5 })).toBe(
    "Means of 2 of 5\u00a0runs so far.",
  );
  expect(testedText({ type: "one", epoch: 12, seed: 3 })).toBe(
    "The run with seed 3, after 12\u00a0epochs.",
  );
});

test("the layer is credited only between networks that differ in it alone", () => {
  const layer = { place: 2, kinds: ["cubic", "relu"] as [string, string] };
  const credit = (pairs: PairFindings[], networks = findings.networks) =>
    creditText({ ...findings, networks, pairs });
  const pair = pairOf(clear);
  expect(credit([pair])).toMatch(
    /^Custom and dense differ in more than one layer, so this doesn’t show/,
  );
  expect(credit([{ ...pair, differ_in_one_layer: layer }])).toBe(
    "Custom and dense differ in one layer only, cubic against relu: so it’s the layer.",
  );
  expect(credit([{ ...pairOf({}), differ_in_one_layer: layer }])).toBe("");
  const three = ["custom", "sine", "control"].map(network);
  const both = { ...pair, differ_in_one_layer: layer };
  expect(credit([both, { ...both, networks: [1, 2] }], three)).toBe(
    "These differ in one layer only, so it’s the layer: custom and sine; sine and control.",
  );
});

test("a network's diagnosis are told", () => {
  const overfitting = {
    runs: 1,
    since: 11,
    least: 0.06,
    now: 0.17,
    training_then: 0.03,
    training_now: 0.0001,
  };
  const custom = network("custom");
  expect(networkTexts({ ...custom, overfitting, loss_share: 0.994 }, findings)).toEqual([
    "The custom network starts to memorise after epoch 11: its loss on new digits climbs from 0.060 to 0.170, while on the training digits it falls to almost nothing.",
    "Its 36 mistakes make up 99.4\u00a0% of its loss.",
  ]);
  const often = { ...overfitting, runs: 3 };
  expect(networkTexts({ ...custom, overfitting: often }, { ...findings, runs: 5 })[0]).toMatch(
    /^In 3 of 5 runs the custom network starts to memorise, typically after epoch 11: its loss/,
  );
  expect(networkTexts({ ...custom, divergence: { runs: 1, epoch: 1 } }, findings)).toEqual([
    "The custom network blew up in epoch 1: its weights overflowed. Try a smaller learning rate: at 0.01, it never happened to the notebook’s networks in ten runs.",
  ]);
  expect(networkTexts({ ...custom, guessing: { runs: 1, val_accuracy: 0.3 } }, findings)).toEqual([
    "The custom network is still guessing: no better than picking a digit at random.",
  ]);
  expect(networkTexts(custom, findings)).toEqual([
    "The custom network’s loss on new digits has not clearly risen.",
  ]);
  expect(networkTexts(custom, { ...findings, epoch: 2 })).toEqual([
    "Too early to tell whether the custom network memorises.",
  ]);
  expect(networkTexts(custom, { ...findings, runs: 10 })).toEqual([
    "In none of 10\u00a0runs does the custom network’s loss on new digits clearly rise.",
  ]);
});

test("nothing is better by itself, and nothing is NaN", () => {
  const verdicts: Comparison["verdict"][] = [
    { kind: "clear", leader: 0 },
    { kind: "clear", leader: 1 },
    { kind: "within_spread" },
    { kind: "one_run_cant_tell" },
    { kind: "too_few_seeds" },
    { kind: "tied" },
    { kind: "no_mistakes" },
    { kind: "diverged" },
    { kind: "not_yet" },
  ];
  const intervals = [null, { mean: -9, low: -700, high: 700 }, { mean: 1, low: 0.1, high: 3 }];
  const kinds = ["no_mistakes", "not_reached", "diverged", "not_yet"] as const;
  const texts = verdicts.flatMap((verdict) =>
    intervals.flatMap((interval) =>
      [1, 3, 10].flatMap((runs) => {
        const pair = pairOf({ verdict, interval, runs });
        return [
          summaryText({ ...findings, runs, pairs: [pair] }, "one rate"),
          ...CRITERIA.map((criterion) => detailsText(criterion, pair, findings)),
        ];
      }),
    ),
  );
  const values = kinds.map((kind) => valueText("truth", { kind }));
  for (const text of [...texts, ...values]) expect(text).not.toMatch(/better|NaN|undefined|null/);
  expect(values).toEqual(["no mistakes", "not reached", "blew up", "–"]);
});

test("what networks are judged by", () => {
  expect(criterionTitle("mistakes", 3461)).toBe("Mistakes on 3,461 digits it never trained on");
  expect(criterionTitle("mistakes", 0)).toBe("Mistakes on digits it never trained on");
  expect(criterionTitle("first_epoch", 0)).toBe("First epoch with 98\u00a0% right");
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
  const broken = answered("wild", 0, NaN, true);
  expect(labelledText([...both.slice(1), broken], 0, [0.95, NaN])).toBe(
    "A\u00a00: dense gets it right. Wild’s weights have overflowed: no answer.",
  );
});

test("origins", () => {
  expect(originText({ type: "training", imagesSeen: 0 }, 13841)).toMatch(/guesswork/);
  expect(originText({ type: "training", imagesSeen: 64 }, 13841)).toBe("After 64\u00a0images.");
  expect(originText({ type: "training", imagesSeen: 2 * 13841 }, 13841)).toBe("After epoch 2.");
});
