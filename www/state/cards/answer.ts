// What came out of a card's experiment, as an answer to what was asked.

import type {
  Comparison,
  Differences,
  Findings,
  ReferenceFindings,
  Value,
} from "../../pkg/mnist_cubic.js";
import { LEAST_SEEDS } from "../core-constants.js";
import { EVERYTHING, type Ask } from "./catalogue.js";

/** What can be guessed: a network by its name, or one of these. */
export const NEITHER = "(neither)";
export const BOTH = "(both)";

/** What is known of an experiment that was done. */
export interface Facts {
  readonly findings: Findings;
  readonly differences: Differences;
  /** The ten runs of the notebook's settings after the same epoch; null where they were made on other images. */
  readonly reference: ReferenceFindings | null;
}

/** What the facts say. */
export interface Outcome {
  /** Each guess that would have been right; empty where nothing can be said. */
  readonly right: readonly string[];
  /** Whether it is more than what these runs happened to do. */
  readonly isSure: boolean;
}

const NOTHING: Outcome = { right: [], isSure: false };
const sure = (...right: string[]): Outcome => ({ right, isSure: true });
const here = (...right: string[]): Outcome => ({ right, isSure: false });

export function outcomeOf(ask: Ask, facts: Facts): Outcome {
  if (facts.findings.epoch === 0) return NOTHING;
  switch (ask.type) {
    case "better":
      return better(facts, comparisonBy(ask.by, facts, [0, 1]));
    case "alike":
      return alike(facts);
    case "bets":
      return bets(facts);
    case "gain":
      return gain(facts);
    case "break":
      return broken(facts);
  }
}

/** What can be guessed. */
export function guessesFor(ask: Ask, networks: readonly string[]): readonly string[] {
  switch (ask.type) {
    case "better":
    case "bets":
      return [...networks, NEITHER];
    case "alike":
      return [...networks.slice(0, 2), NEITHER];
    case "gain":
    case "break":
      return [...networks, BOTH, NEITHER];
  }
}

/** Two networks, by their places, compared by a measure. */
export function comparisonBy(
  measure: "loss" | "mistakes" | "truth" | "first_epoch",
  { findings, differences }: Pick<Facts, "findings" | "differences">,
  [a, b]: readonly [number, number],
): Comparison | null {
  const isMeant = ({ networks }: { networks: readonly number[] }): boolean =>
    networks[0] === a && networks[1] === b;
  if (measure !== "loss") return findings.pairs.find(isMeant)?.criteria[measure] ?? null;
  const told = differences.pairs.find(isMeant)?.measures;
  return told?.find((one) => one.measure === measure)?.comparison ?? null;
}

function better({ findings }: Facts, comparison: Comparison | null): Outcome {
  const name = (place: number): string => findings.networks[place]?.name ?? "";
  const { verdict, wins } = comparison ?? { verdict: { kind: "not_yet" } as const, wins: [0, 0] };
  switch (verdict.kind) {
    case "clear":
      return sure(name(verdict.leader));
    case "within_spread":
    case "tied":
    case "no_mistakes":
      return sure(NEITHER);
    case "one_run_cant_tell":
    case "too_few_seeds": {
      const [a = 0, b = 0] = wins;
      return here(a === b ? NEITHER : name(a > b ? 0 : 1));
    }
    case "diverged": {
      const sound = findings.networks.filter(({ divergence }) => !divergence);
      return sound.length === 1 ? here(...sound.map((one) => one.name)) : NOTHING;
    }
    case "not_yet":
      return NOTHING;
  }
}

/** Which of the first two the third is like, by what they leave the truth. */
function alike(facts: Facts): Outcome {
  const { findings } = facts;
  const [first = "", second = ""] = findings.networks.map(({ name }) => name);
  const kinds = [0, 1].map((place) => comparisonBy("truth", facts, [place, 2])?.verdict.kind);
  const isFar = kinds.map((kind) => kind === "clear");
  const isNear = kinds.map((kind) => kind === "within_spread" || kind === "tied");
  if (isFar[0] && isNear[1]) return sure(second);
  if (isNear[0] && isFar[1]) return sure(first);
  if (isFar[0] && isFar[1]) return sure(NEITHER);
  // Many runs that see no difference are an answer; a few are none.
  if (isNear[0] && isNear[1] && findings.runs >= LEAST_SEEDS) return NOTHING;
  const [a = NaN, b = NaN, own = NaN] = findings.networks.map(({ values }) =>
    Math.log(number(values.truth) ?? NaN),
  );
  if (!Number.isFinite(a + b + own)) return NOTHING;
  return here(Math.abs(own - a) < Math.abs(own - b) ? first : second);
}

function bets({ findings }: Facts): Outcome {
  const found = findings.networks.filter(
    ({ values: { truth } }) => truth.kind === "measured" && truth.value < EVERYTHING,
  );
  return here(...(found.length > 0 ? found.map(({ name }) => name) : [NEITHER]));
}

function gain({ findings, reference }: Facts): Outcome {
  if (!reference) return NOTHING;
  const gained = findings.networks.map(({ values }, place) => {
    const others = reference.values[place]?.mistakes ?? [];
    const counts = others.map((value) => number(value) ?? NaN);
    return (number(values.mistakes) ?? Infinity) < Math.min(...counts);
  });
  return here(among(findings, gained));
}

function broken({ findings }: Facts): Outcome {
  const networks = findings.networks.map(({ divergence }) => divergence !== null);
  return here(among(findings, networks));
}

/** The guess that says which of two networks it is. */
function among({ networks }: Findings, isIt: readonly boolean[]): string {
  const names = networks.flatMap(({ name }, place) => (isIt[place] ? [name] : []));
  if (names.length === networks.length) return BOTH;
  return names[0] ?? NEITHER;
}

const number = (value: Value): number | null => (value.kind === "measured" ? value.value : null);
