// What several runs say of two networks, in words.

import type { Comparison, Criterion as Measure, Difference, Interval } from "../pkg/mnist_cubic.js";
import { CONFIDENCE, LEARNED } from "../state/core-constants.js";
import { capital, counted, decimal, list, percent } from "../views/numbers.js";
import { seedsText, spelled, times } from "./comparison.js";

type Names = readonly [string, string];

export const SEEDS_TITLE = "Over the seeds";
export const NUMBERS_SUMMARY = "The same in numbers";
export const NO_NUMBERS = "They appear here when these runs are the ones shown.";
export const INTERVAL = `${percent(CONFIDENCE, 0)} interval`;
export const NUMBERS_NOTE = `These ${INTERVAL}s stand each by itself. The dots’ are wider, as many are looked at together. An own best epoch is picked on the same digits, so it flatters.`;

/** What a dot is. */
export function dotsText(runs: number, done: number, significance: number): string {
  const of = done < runs ? `${done} of ${counted(runs, "run")} so far` : counted(runs, "run");
  return `A dot a run: ${of}. Bar: ${percent(1 - significance)} interval. If it includes the line, these runs can’t tell.`;
}

export function measureText(measure: Measure): string {
  switch (measure) {
    case "loss":
      return "loss";
    case "mistakes":
      return "mistakes";
    case "truth":
      return "left for the truth";
    case "first_epoch":
      return `first epoch with ${percent(LEARNED, 0)}`;
  }
}

/** Beside the line: the network that is better on this side. */
export const betterText = (name: string): string => `${name} better`;

const BETTER: Readonly<Record<Measure, string>> = {
  loss: "lower",
  mistakes: "fewer",
  truth: "more",
  first_epoch: "sooner",
};

/** "dense lower in 10 of 10, by 0.109 (0.088 to 0.131)" and how many seeds it takes. */
export function differenceText({ measure, comparison }: Difference, names: Names): string {
  const { runs, ties, wins, interval } = comparison;
  if (runs === 0) return "";
  if (ties === runs) return `The same in ${runs === 1 ? "this run" : "every run"}.`;
  const leader = leaderOf(measure, comparison);
  const rest = ties > 0 ? ` (${ties} equal)` : "";
  const by = measure === "truth" ? "" : "by ";
  const size = interval ? `, ${by}${sizeText(measure, interval)}` : "";
  const won = `${capital(names[leader])} ${BETTER[measure]} in ${wins[leader]} of ${runs}${rest}`;
  return `${won}${size}. ${settledText(comparison)}`.trim();
}

/** The one that is better on average, or else in more runs. */
function leaderOf(measure: Measure, { interval, wins }: Comparison): 0 | 1 {
  if (!interval) return wins[0] >= wins[1] ? 0 : 1;
  const isLower = interval.mean < 0;
  return isLower === (measure !== "truth") ? 0 : 1;
}

/** A difference told as one above 0, with its interval. */
export function sizeText(measure: Measure, { mean, low, high }: Interval): string {
  const isTurned = mean < 0;
  const ends = isTurned ? ([-high, -low] as const) : ([low, high] as const);
  const text = (value: number): string => {
    switch (measure) {
      case "loss":
        return decimal(value, 3);
      case "mistakes":
      case "first_epoch":
        return decimal(value, 1);
      case "truth":
        return times(value);
    }
  };
  const unit = measure === "truth" ? " times as much" : "";
  return `${text(Math.abs(mean))}${unit} (${ends.map(text).join(" to ")})`;
}

/** How many seeds settle it, or would have. */
export function settledText(comparison: Comparison): string {
  const { verdict, seeds_needed: needed, runs } = comparison;
  if (verdict.kind !== "clear") return seedsText(comparison);
  if (needed?.kind !== "about" || needed.seeds >= runs) return "";
  return `${capital(spelled(needed.seeds))} seeds would have settled it.`;
}

/** The dots for those who do not see them. */
export function dotsTwin({ measure, of_runs }: Difference, names: Names): string {
  const said = of_runs.map((value) => signedText(measure, value));
  const what = measure === "truth" ? "over" : "less";
  return `${measureText(measure)}, ${names[0]} ${what} ${names[1]}, run by run: ${list(said)}.`;
}

/** The first one's value less the second one's; of chances, over it. */
export function signedText(measure: Measure, value: number): string {
  if (measure === "truth") return value < 0 ? `÷\u00a0${times(-value)}` : `×\u00a0${times(value)}`;
  const text = decimal(value, measure === "loss" ? 4 : 1);
  return value > 0 ? `+${text}` : text;
}

/** "custom − dense"; of chances "custom / dense". */
export function rowText(measure: Measure, names: Names): string {
  return names.join(measure === "truth" ? " / " : " − ");
}

/** Who leads at the pointer, by which measures. */
export function leadText(
  measures: readonly Difference[],
  names: Names,
  isOneOfMany: boolean,
): string {
  const parts = measures.map((one) => {
    const { comparison, measure } = one;
    if (comparison.ties === comparison.runs) return `${measureText(measure)} the same`;
    if (!comparison.interval) return "";
    const name = names[leaderOf(measure, comparison)];
    const isClear = comparison.verdict.kind === "clear";
    return `${name} ${isClear ? "leads" : "is ahead"} by ${sizeText(measure, comparison.interval)} in ${measureText(measure)}${isClear ? "" : ", not clearly"}`;
  });
  const said = parts.filter((part) => part !== "");
  if (said.length === 0) return "";
  const who = isOneOfMany ? `${names.join(" and ")}: ` : "";
  return `${capital(who + said.join("; "))}.`;
}

/** As long as that may become. */
export function longestLead(names: Names, isOneOfMany: boolean): string {
  const measures = [madeUp("loss", 8.888), madeUp("mistakes", 888.8)];
  return leadText(measures, names, isOneOfMany);
}

/** As long as {@link differenceText} may become. */
export function longestDifference(names: Names): string {
  const texts = [madeUp("loss", 8.888), madeUp("mistakes", 88.8), madeUp("truth", 9)].map((one) =>
    differenceText(one, names),
  );
  return texts.reduce((most, text) => (text.length > most.length ? text : most), "");
}

function madeUp(measure: Measure, size: number): Difference {
  const none = { kind: "not_yet" } as const;
  const comparison: Comparison = {
    values: [none, none],
    ...{ runs: 20, wins: [10, 8], ties: 2 },
    interval: { mean: size, low: -size, high: size },
    verdict: { kind: "within_spread" },
    seeds_needed: { kind: "over", seeds: 1000 },
  };
  return { measure, of_runs: [], alone: null, comparison };
}

/** What the intervals of the read-out are. */
export const leadNote = (significance: number): string =>
  `In brackets: ${percent(1 - significance)} intervals.`;
