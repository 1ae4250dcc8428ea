// The longest text in each place, to reserve room: made by the same functions, from the longest numbers.

import type {
  Comparison,
  Findings,
  NetworkFindings,
  PairFindings,
  Verdict,
} from "../../pkg/mnist_cubic.js";
import { comparisonText, creditText, detailsText } from "../../words/comparison.js";
import { byCriterion, CRITERIA, type Criterion } from "../../words/criteria.js";
import { networkTexts } from "../../words/diagnosis.js";
import { momentText, ticksText } from "../../words/moment.js";
import { testedText } from "../../words/test-images.js";
import { pairsOf } from "../pairs.js";

/** As a text to be told apart by its length: a number of each kind. */
const LOSS = 0.888;
const MISTAKES = 88;
const EPOCHS = 1000;
const IMAGES = 88888;

const VALUE = { kind: "measured", value: MISTAKES } as const;
const VERDICTS: readonly Verdict[] = [
  { kind: "clear", leader: 0 },
  { kind: "clear", leader: 1 },
  { kind: "within_spread" },
  { kind: "one_run_cant_tell" },
  { kind: "too_few_seeds" },
  { kind: "tied" },
  { kind: "no_mistakes" },
  { kind: "diverged" },
];

/** Of two networks by any criterion, so that what is said by each begins at the same height. */
export function longestComparison(names: readonly [string, string], runs: number): string {
  return longest(CRITERIA.map((criterion) => longestBy(criterion, names, runs)));
}

function longestBy(criterion: Criterion, names: readonly [string, string], runs: number): string {
  const sizes = criterion === "truth" ? [2, 9] : [MISTAKES];
  // Before training, it is ten runs of which something is said.
  const texts = [runs, 10].flatMap((count) =>
    VERDICTS.flatMap((verdict) =>
      sizes.map((mean) => {
        const pair = pairOf([0, 1], { ...comparison(count, mean), verdict });
        return comparisonText(criterion, pair, namesOnly(names), "own rates");
      }),
    ),
  );
  return longest(texts);
}

/** What is said of several runs beyond that. */
export function longestDetails(
  criterion: Criterion,
  names: readonly [string, string],
  runs: number,
): string {
  const texts = [MISTAKES, -MISTAKES].map((difference) => {
    const mean = criterion === "truth" ? difference / 9 : difference;
    const pair = pairOf([0, 1], comparison(runs, mean));
    return detailsText(criterion, pair, findingsOf(names, runs));
  });
  return longest(texts);
}

/** Of whether it's the layer. */
export function longestCredit(names: readonly string[]): string {
  const one = { place: 0, kinds: ["softsign", "softsign"] as [string, string] };
  const texts = [one, null].map((layer) => {
    const findings = findingsOf(names, 1);
    const clear = { ...comparison(1, MISTAKES), verdict: { kind: "clear", leader: 0 } as const };
    const pairs = findings.pairs.map(({ networks }) => ({
      ...pairOf(networks, clear),
      differ_in_one_layer: layer,
    }));
    return creditText({ ...findings, pairs });
  });
  return longest(texts);
}

/** Of a network by itself. */
export function longestOfNetwork(name: string, runs: number): string {
  const findings = findingsOf([name], Math.max(runs, 10));
  const network = networkOf(name);
  const ofRuns = { runs: findings.runs };
  const overfitting = {
    ...ofRuns,
    since: MISTAKES,
    least: LOSS,
    now: LOSS,
    training_then: LOSS,
    training_now: LOSS,
  };
  const texts = [
    { ...network, overfitting, loss_share: LOSS + 0.1 },
    { ...network, divergence: { ...ofRuns, epoch: MISTAKES } },
  ].map((one) => networkTexts(one, findings).join(" "));
  return longest(texts);
}

/** Of when the networks are compared. */
export function longestMoment(runs: number): string {
  const moment = {
    type: "moment",
    epoch: EPOCHS,
    images: 0,
    seed: null,
    isStopped: false,
  } as const;
  const texts = [
    { ...moment, epoch: 0, images: IMAGES },
    { ...moment, seed: runs > 1 ? IMAGES : null },
  ].map((one) => `${momentText(one)} ${ticksText(one, 10, MISTAKES)}`);
  return longest(texts);
}

/** Of what was tried on the test images. */
export function longestTested(runs: number): string {
  return longest([
    testedText({ type: "never" }),
    testedText({ type: "reference", runs: 10 }),
    testedText({ type: "one", epoch: EPOCHS, seed: runs > 1 ? IMAGES : null }),
    testedText({ type: "several", tested: Math.max(1, runs - 1), runs }),
  ]);
}

const longest = (texts: readonly string[]): string =>
  texts.reduce((most, text) => (text.length > most.length ? text : most), "");

const namesOnly = (names: readonly string[]) => ({
  networks: names.map((name) => ({ name })),
  validation_images: IMAGES,
});

function comparison(runs: number, mean: number): Comparison {
  return {
    values: [VALUE, VALUE],
    runs,
    wins: [runs, 0],
    ties: runs + 1,
    interval: { mean, low: mean - MISTAKES / 9, high: mean + MISTAKES / 9 },
    verdict: { kind: "within_spread" },
    seeds_needed: { kind: "about", seeds: 1000 + runs },
  };
}

function pairOf(networks: [number, number], one: Comparison): PairFindings {
  return { networks, differ_in_one_layer: null, criteria: byCriterion(one) };
}

function networkOf(name: string): NetworkFindings {
  const values = byCriterion(VALUE);
  return {
    name,
    values,
    loss_share: null,
    divergence: null,
    guessing: null,
    overfitting: null,
    best: null,
  };
}

function findingsOf(names: readonly string[], runs: number): Findings {
  return {
    epoch: EPOCHS,
    runs,
    validation_images: IMAGES,
    significance: 0.05 / 18,
    networks: names.map(networkOf),
    pairs: pairsOf(names.length).map((networks) => pairOf(networks, comparison(runs, MISTAKES))),
    tests: names.map(() => null),
  };
}
