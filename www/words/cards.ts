// What the cards say: what is asked, and what came out.

import type { Findings } from "../pkg/mnist_cubic.js";
import { BOTH, comparisonBy, NEITHER, type Facts, type Outcome } from "../state/cards/answer.js";
import type { Ask, CardId } from "../state/cards/catalogue.js";
import { LEARNED, LEAST_SEEDS } from "../state/core-constants.js";
import type { Progress } from "../state/progress.js";
import { capital, counted, decimal, list, percent, thousands } from "../views/numbers.js";
import { spelled, tooFewText } from "./comparison.js";
import { type Criterion, valueText } from "./criteria.js";
import { settledText } from "./differences.js";
import { whereText } from "./training.js";

export const TITLE = "Try it another way";
export const INTRO = "Guess first, then let them train.";

interface CardWords {
  readonly title: string;
  readonly question: string;
  /** Said when it is open: what exactly is to be guessed. */
  readonly guess: string;
}

export const CARD_WORDS: Readonly<Record<CardId, CardWords>> = {
  luck: {
    title: "Is it luck?",
    question: "Ten seeds each. Which ends with the lower loss?",
    guess: "After 50 epochs, which has the lower loss?",
  },
  width: {
    title: "The layer, or the width?",
    question:
      "A third network, just as wide, without the cube. Will it behave like custom or dense?",
    guess: "When it’s wrong, the third network leaves the truth about as much as",
  },
  curve: {
    title: "Another curve than x³",
    question: "x², sin x, or none at all. Which still bets everything?",
    guess: "When it’s wrong, which leaves the truth less than 1 chance in 50?",
  },
  "ten-epochs": {
    title: "Stop at ten",
    question: "What if training ends before it memorises?",
    guess: "After 10 epochs, which makes fewer mistakes?",
  },
  rate: {
    title: "Bolder steps",
    question: "Ten times the learning rate. Who gains?",
    guess: "After 10 epochs, which makes fewer mistakes than in any of ten runs at 0.01?",
  },
  "own-rates": {
    title: "Each at its best rate",
    question: "Custom at 0.05, dense at 0.2. Who is sooner now?",
    guess: `Which needs fewer epochs to read ${percent(LEARNED, 0)} of new digits rightly?`,
  },
  "ten-digits": {
    title: "All ten digits",
    question: "Three digits are easy. Does the answer change?",
    guess: "After 20 epochs, which makes fewer mistakes?",
  },
  "four-nine": {
    title: "Four or nine?",
    question: "The pair that people confuse most.",
    guess: "When it’s wrong, which leaves the truth more?",
  },
  break: {
    title: "Break it",
    question: "A thousand times the rate. What does a network look like when it breaks?",
    guess: "Which breaks?",
  },
};

/** The curves' names as people write them. */
const CURVE_NAMES: Readonly<Partial<Record<string, string>>> = {
  cubic: "x³",
  square: "x²",
  sine: "sin x",
  zero: "no curve",
};

/** What can be guessed, as it stands on its button. */
export function guessLabel(ask: Ask, guess: string): string {
  if (guess === BOTH) return "both";
  if (guess === NEITHER) {
    switch (ask.type) {
      case "better":
        return "can’t tell";
      case "bets":
        return "none of them";
      case "alike":
      case "gain":
      case "break":
        return "neither";
    }
  }
  return nameIn(ask, guess);
}

const nameIn = (ask: Ask, name: string): string =>
  ask.type === "bets" ? (CURVE_NAMES[name] ?? name) : name;

/** What pressing the button does. */
export function planText(networks: number, runs: number, epochs: number): string {
  const trainings = counted(networks * runs, "training");
  return `${trainings} of ${counted(epochs, "epoch")}${runs > 1 ? ", on all your cores" : ""}.`;
}

/** Beside the dots of the ten runs, before the visitor's own. */
export const EARLIER =
  "So it came out in ten runs made before your visit. Run it to see ten of your own.";

export const RUN = "Run it";
export const REPEAT = `With ${spelled(LEAST_SEEDS)} seeds`;
export const TAKE_BACK = "Back to my settings";

/** What stands in the place of the outcome until there is one. */
export type Waiting =
  | { readonly type: "nothing" }
  | { readonly type: "busy" }
  | { readonly type: "working"; readonly progress: Progress | null }
  | { readonly type: "failed"; readonly sentence: string };

export function waitingText(waiting: Waiting): string {
  switch (waiting.type) {
    case "nothing":
      return "";
    case "busy":
      return "Another training is under way.";
    case "working":
      return waiting.progress ? `${whereText(waiting.progress)}.` : "Fetching the images.";
    case "failed":
      return waiting.sentence;
  }
}

/** As long as an outcome may become. */
export const LONGEST_OUTCOME =
  "You guessed x/(1+|x|). Over five runs: x² (1 in 2,500), sin x (1 in 2,500), x/(1+|x|) (1 in 2,500) and no curve (1 in 2,500). Three seeds would have settled it. For the mistakes, 1,000 wouldn’t be too many.";

export const VALUES_CAPTION = "What came out";
export const VALUE_TITLES: Readonly<Record<Criterion, string>> = {
  mistakes: "mistakes",
  truth: "when wrong, left for the truth",
  first_epoch: `${percent(LEARNED, 0)} right in epoch`,
};

/** What came out, beside the guess. */
export function outcomeText(
  ask: Ask,
  facts: Facts,
  outcome: Outcome,
  guess: string | null,
): string {
  if (facts.findings.epoch === 0) return "Stopped before an epoch was complete.";
  const said = saidText(ask, facts, outcome);
  return [guessText(ask, outcome, guess), said].filter((text) => text !== "").join(" ");
}

function guessText(ask: Ask, { right, isSure }: Outcome, guess: string | null): string {
  if (guess === null || right.length === 0) return "";
  if (right.includes(guess)) return isSure ? "Your guess was right." : "Your guess holds so far.";
  return `You guessed ${guessLabel(ask, guess)}.`;
}

function saidText(ask: Ask, facts: Facts, outcome: Outcome): string {
  switch (ask.type) {
    case "better":
      return betterText(ask.by, facts, outcome);
    case "alike":
      return alikeText(facts, outcome);
    case "bets":
      return betsText(ask, facts, outcome);
    case "gain":
      return gainText(facts, outcome);
    case "break":
      return brokenText(facts);
  }
}

type By = Extract<Ask, { type: "better" }>["by"];

function betterText(by: By, facts: Facts, { right, isSure }: Outcome): string {
  const { findings } = facts;
  const comparison = comparisonBy(by, facts, [0, 1]);
  const [name] = right;
  if (!comparison || name === undefined) return "Nothing to compare.";
  const { runs, wins } = comparison;
  const place = findings.networks.findIndex((one) => one.name === name);
  const values = comparison.values.map((value) =>
    by === "loss"
      ? value.kind === "measured"
        ? decimal(value.value, 3)
        : "–"
      : valueText(by, value),
  );
  const against = `${values[place] ?? ""} against ${values[1 - place] ?? ""}`;
  const both = values.join(" and ");
  if (name === NEITHER)
    return isSure
      ? `Neither: ${theseRuns(runs)} can’t tell (${both}). ${settledText(comparison)}`.trim()
      : `Neither: ${both}. ${doubtText(runs)}`;
  if (!isSure)
    return `${capital(name)}, in ${runs === 1 ? "this run" : "these runs"}: ${against}. ${doubtText(runs)}`;
  const often = runs > 1 ? `in ${wins[place] ?? 0} of ${runs}: ` : "";
  const told = `${capital(name)}, ${often}${against}. ${settledText(comparison)}`.trim();
  return by === "loss" ? `${told} ${mistakesText(facts)}`.trim() : told;
}

/** What the same runs say of the mistakes. */
function mistakesText(facts: Facts): string {
  const comparison = comparisonBy("mistakes", facts, [0, 1]);
  if (!comparison || comparison.runs < 2) return "";
  if (comparison.verdict.kind === "clear") return "Their mistakes differ, too.";
  const { seeds_needed: needed } = comparison;
  if (!needed) return "";
  return needed.kind === "over"
    ? `For the mistakes, ${thousands(needed.seeds)} wouldn’t be too many.`
    : `For the mistakes, it takes about ${thousands(needed.seeds)}.`;
}

const theseRuns = (runs: number): string =>
  runs === 1 ? "one run" : `these ${spelled(runs)} runs`;

function doubtText(runs: number): string {
  return runs < LEAST_SEEDS ? tooFewText(runs) : "";
}

function truths({ findings: { networks } }: Facts): string[] {
  return networks.map(({ values }) => valueText("truth", values.truth));
}

function alikeText(facts: Facts, { right, isSure }: Outcome): string {
  const { networks, pairs, runs } = facts.findings;
  const [first = "", second = "", third = ""] = networks.map(({ name }) => name);
  const [a = "", b = "", own = ""] = truths(facts);
  const numbers = `it leaves ${own}; ${first} ${a}, ${second} ${b}`;
  const [name] = right;
  if (name === undefined) return `These runs can’t tell: ${numbers}.`;
  if (name === NEITHER) return `Like neither: ${numbers}.`;
  if (!isSure) return `Nearer to ${name}: ${numbers}. ${doubtText(runs)}`.trim();
  const isLayer = pairs.some(
    ({ networks: [x, y], differ_in_one_layer: layer }) => x === 0 && y === 2 && layer !== null,
  );
  const so =
    name === second && isLayer
      ? `: ${first} and ${third} differ in one layer only, so it’s the layer`
      : name === first
        ? ": so it isn’t the layer"
        : "";
  return `Like ${name}${so}. ${capital(numbers)}.`;
}

function betsText(ask: Ask, facts: Facts, { right }: Outcome): string {
  const texts = truths(facts);
  const { networks, runs } = facts.findings;
  const label = (name: string): string => {
    const place = networks.findIndex((one) => one.name === name);
    return `${nameIn(ask, name)} (${texts[place] ?? ""})`;
  };
  const names = right.filter((name) => name !== NEITHER).map(label);
  const said = names.length > 0 ? list(names) : "none of them";
  return `${runs === 1 ? "In this run" : `Over ${spelled(runs)} runs`}: ${said}.`;
}

function gainText({ findings, reference }: Facts, { right }: Outcome): string {
  if (!reference || right.length === 0)
    return "There are no ten runs on these images to compare with.";
  const parts = findings.networks.map(({ name, values, divergence }, place) => {
    if (divergence) return `${name} blew up`;
    const counts = (reference.values[place]?.mistakes ?? []).flatMap((value) =>
      value.kind === "measured" ? [value.value] : [],
    );
    const range = `${thousands(Math.min(...counts))} to ${thousands(Math.max(...counts))}`;
    return `${name} makes ${valueText("mistakes", values.mistakes)}; at 0.01, ${range}`;
  });
  return `${capital(parts.join(". "))}.`.replace(
    /\. (\w)/g,
    (_, letter: string) => `. ${letter.toUpperCase()}`,
  );
}

function brokenText({ findings }: Facts): string {
  const broken = findings.networks.filter(({ divergence }) => divergence);
  if (broken.length === 0) return "Neither broke.";
  const parts = broken.map(
    ({ name, divergence }) => `${name} broke in epoch ${divergence?.epoch ?? 0}`,
  );
  return `${capital(list(parts))}: the weights overflowed, and no answer is left.${guessingText(findings)}`;
}

function guessingText({ networks }: Findings): string {
  const names = networks.flatMap(({ name, guessing }) => (guessing ? [name] : []));
  return names.length === 0 ? "" : ` ${capital(list(names))} didn’t, and only guesses.`;
}
