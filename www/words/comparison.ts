// Two networks by one criterion: what can be said, and how sure it is.

import type { Comparison, Findings, PairFindings, Value } from "../pkg/mnist_cubic.js";
import { LEAST_SEEDS } from "../state/core-constants.js";
import { capital, counted, decimal, percent, thousands } from "../views/numbers.js";
import { CRITERIA, type Criterion } from "./criteria.js";

/** What sentences about findings need of them. */
export interface Named {
  readonly networks: readonly { readonly name: string }[];
  readonly validation_images: number;
}

/** The names of two networks. */
export function namesOf({ networks: [a, b] }: PairFindings, { networks }: Named) {
  return [networks[a]?.name ?? "", networks[b]?.name ?? ""] as const;
}

/** "the learning rate" of all networks, or of each its own. */
export type Rates = "one rate" | "own rates";

/** What can be said of two networks by a criterion, in one short sentence. */
export function comparisonText(
  criterion: Criterion,
  pair: PairFindings,
  findings: Named,
  rates: Rates = "one rate",
): string {
  const compared = pair.criteria[criterion];
  const { verdict, runs } = compared;
  switch (verdict.kind) {
    case "clear": {
      const [first, second] = namesOf(pair, findings);
      const isFirst = verdict.leader === pair.networks[0];
      const [leader, other] = isFirst ? [first, second] : [second, first];
      return clear(criterion, compared, leader, other, findings, rates);
    }
    case "within_spread":
      return runs > 1
        ? unsettled(criterion, compared, namesOf(pair, findings))
        : "One run can’t tell; it may be luck.";
    case "one_run_cant_tell":
      return onlyOne(criterion, compared, namesOf(pair, findings)) ?? "One run can’t tell.";
    case "too_few_seeds":
      return tooFewText(runs);
    case "tied":
      return tied(criterion, compared);
    case "no_mistakes":
      return "No mistakes to look at.";
    case "diverged":
      return "Nothing to compare: a network blew up.";
    case "not_yet":
      return "Too early to tell.";
  }
}

function clear(
  criterion: Criterion,
  { runs, interval }: Comparison,
  leader: string,
  other: string,
  { validation_images: images }: Named,
  rates: Rates,
): string {
  const size = Math.abs(interval?.mean ?? 0);
  switch (criterion) {
    case "mistakes": {
      const fewer = `${capital(leader)} makes ${thousands(size)} fewer`;
      return runs > 1 ? `${fewer}, on average.` : `${fewer} of ${thousands(images)}.`;
    }
    case "truth":
      // The sizes are differences of logarithms.
      return size >= Math.log(50)
        ? `${capital(other)} is all but certain when it’s wrong.`
        : `${capital(other)} is surer when it’s wrong.`;
    case "first_epoch":
      return `${capital(leader)} is sooner, at ${rates === "one rate" ? "this learning rate" : "these learning rates"}.`;
  }
}

/** Several runs that decide nothing: all the same way, and still too few; or one way and the other. */
function unsettled(
  criterion: Criterion,
  { runs, wins }: Comparison,
  names: readonly [string, string],
): string {
  const ahead = wins.indexOf(runs);
  if (ahead === -1) return `No difference that ${spelled(runs)} runs can see.`;
  const said = `${capital(names[ahead === 0 ? 0 : 1])} ${WON[criterion]} in all ${spelled(runs)} runs`;
  return `${said}: not yet enough to be sure.`;
}

const WON = { mistakes: "made fewer", truth: "left more", first_epoch: "was sooner" } as const;

/** Where one network has got there, and the other not. */
function onlyOne(
  criterion: Criterion,
  { values: [a, b] }: Comparison,
  [first, second]: readonly [string, string],
): string | null {
  if (criterion !== "first_epoch" || (a.kind === "measured") === (b.kind === "measured"))
    return null;
  return `Only ${a.kind === "measured" ? first : second} got there, in this run.`;
}

function tied(criterion: Criterion, { values, runs }: Comparison): string {
  if (criterion === "first_epoch" && values[0].kind === "not_reached")
    return "Neither has got there.";
  if (runs > 1) return "The same in every run.";
  return criterion === "first_epoch" ? "In the same epoch." : "The same.";
}

/** 1 → "one", up to ten. */
export function spelled(count: number): string {
  const words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
  return words[count - 1] ?? thousands(count);
}

/** Of fewer seeds than can name a leader. */
export const tooFewText = (runs: number): string =>
  `${capital(spelled(runs))} ${runs === 1 ? "run" : "runs"} can’t tell: it takes at least ${spelled(LEAST_SEEDS)}.`;

/** What several runs say beyond that: who won in how many, by how much, and how many more would tell. */
export function detailsText(criterion: Criterion, pair: PairFindings, findings: Findings): string {
  const compared = pair.criteria[criterion];
  if (compared.runs < 2) return "";
  const names = namesOf(pair, findings);
  return [
    winsText(criterion, compared, names),
    intervalText(criterion, compared, names, findings.significance),
    seedsText(compared),
  ]
    .filter((text) => text !== "")
    .join(" ");
}

const WINS = {
  mistakes: "makes fewer",
  truth: "leaves more",
  first_epoch: "is sooner",
} as const;

function winsText(
  criterion: Criterion,
  { runs, wins: [a, b], ties }: Comparison,
  [first, second]: readonly [string, string],
): string {
  if (ties === runs) return "";
  const [most, least] = a >= b ? [first, second] : [second, first];
  const rest = ties > 0 ? `; equal in ${ties}` : "";
  return `${capital(most)} ${WINS[criterion]} in ${Math.max(a, b)} of ${runs} runs, ${least} in ${Math.min(a, b)}${rest}.`;
}

function intervalText(
  criterion: Criterion,
  { interval }: Comparison,
  [first, second]: readonly [string, string],
  significance: number,
): string {
  if (!interval || criterion === "first_epoch") return "";
  // Told as a difference above 0: of the one that has fewer mistakes, or leaves less.
  const isTurned = interval.mean < 0;
  const mean = Math.abs(interval.mean);
  const low = isTurned ? -interval.high : interval.low;
  const high = isTurned ? -interval.low : interval.high;
  const name = capital(isTurned ? first : second);
  const certain = `${percent(1 - significance)} interval`;
  return criterion === "mistakes"
    ? `${name} makes ${decimal(mean, 1)} fewer on average (${certain}: ${decimal(low, 1)} to ${decimal(high, 1)}).`
    : `${name} leaves ${times(mean)} times less on average (${certain}: ${times(low)} to ${times(high)}).`;
}

/** A ratio from its logarithm, to two digits. */
export function times(logarithm: number): string {
  const ratio = Math.exp(logarithm);
  if (ratio >= 1e6) return decimal(ratio, 1);
  return ratio < 10 ? ratio.toFixed(1) : thousands(Number(ratio.toPrecision(2)));
}

/** How many more seeds would settle what is not clear; empty where it is, or nobody knows. */
export function seedsText({ verdict, seeds_needed, runs }: Comparison): string {
  if (verdict.kind === "clear" || verdict.kind === "tied" || !seeds_needed) return "";
  // Of so few, the forecast would swing from one seed to the next.
  if (runs < LEAST_SEEDS) return "";
  const { kind, seeds } = seeds_needed;
  if (kind === "over") return `More than ${thousands(seeds)} seeds wouldn’t be too many.`;
  const more = seeds - runs;
  if (more <= 0) return "A few more seeds may settle it.";
  return `About ${thousands(more)} more ${more === 1 ? "seed" : "seeds"} would settle it.`;
}

/** How far two networks are apart at a moment of one run of which nothing else is known. */
export function apartText(criterion: Criterion, a: Value, b: Value, epoch: number): string {
  const kinds = [a.kind, b.kind];
  if (kinds.includes("diverged")) return "Nothing to compare: a network blew up.";
  if (epoch < 1) return "Too early to tell.";
  if (kinds.includes("not_yet")) return "Too early to tell.";
  if (kinds.includes("no_mistakes")) return "No mistakes to look at.";
  if (a.kind !== "measured" || b.kind !== "measured")
    return a.kind === b.kind ? "Neither has got there." : "Only one has got there.";
  if (a.value === b.value) return "The same, in this run.";
  switch (criterion) {
    case "mistakes":
      return `${thousands(Math.abs(a.value - b.value))} apart, in this run.`;
    case "truth": {
      const ratio = Math.abs(Math.log(a.value / b.value));
      return ratio < Math.log(1.1)
        ? "About the same, in this run."
        : `${times(ratio)} times apart, in this run.`;
    }
    case "first_epoch":
      return `${counted(Math.abs(a.value - b.value), "epoch")} apart, in this run.`;
  }
}

/** Where the page is held at a moment of which only values are known. */
export const LOOKING_BACK = "You’re looking back. Go back to now for what else can be said.";

/** Whether what is clear is the layer's doing; empty where nothing is clear. */
export function creditText(findings: Findings): string {
  const isClear = ({ criteria }: PairFindings): boolean =>
    CRITERIA.some((criterion) => criteria[criterion].verdict.kind === "clear");
  const clearly = findings.pairs.filter(isClear);
  const credited = clearly.filter(({ differ_in_one_layer: layer }) => layer);
  const [only, ...others] = credited;
  const and = (pair: PairFindings): string => namesOf(pair, findings).join(" and ");
  if (only?.differ_in_one_layer && others.length === 0)
    return `${capital(and(only))} differ in one layer only, ${only.differ_in_one_layer.kinds.join(" against ")}: so it’s the layer.`;
  if (only)
    return `These differ in one layer only, so it’s the layer: ${credited.map(and).join("; ")}.`;
  const [one] = clearly;
  if (!one) return "";
  const differ = `${capital(and(one))} differ in more than one layer`;
  if (findings.networks.length === 2)
    return `${differ}, so this doesn’t show what the custom one does.`;
  return clearly.length === 1
    ? `Only ${and(one)} clearly differ, and they do so in more than one layer: that doesn’t show what a layer does.`
    : "The networks that clearly differ do so in more than one layer: that doesn’t show what a layer does.";
}
