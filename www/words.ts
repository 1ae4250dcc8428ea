// Everything that the page says of findings and of doubt. Rust gives the facts, this file the words.

import type {
  Answer,
  Comparison,
  Findings,
  NetworkFindings,
  PairFindings,
  Value,
} from "./pkg/mnist_cubic.js";
import type { Origin } from "./state/networks.js";
import { capital, chance, counted, decimal, list, percent, thousands } from "./views/numbers.js";

// ---- What networks are judged by

export type Criterion = "mistakes" | "truth" | "first_epoch";
export const CRITERIA: readonly Criterion[] = ["mistakes", "truth", "first_epoch"];

export function criterionTitle(criterion: Criterion, { validation_images }: Findings): string {
  switch (criterion) {
    case "mistakes":
      return `Mistakes on ${validation_images > 0 ? `${thousands(validation_images)} ` : ""}digits it never trained on`;
    case "truth":
      return "When it’s wrong, the chance it had left for the truth";
    case "first_epoch":
      return "First epoch with 98\u00a0% right";
  }
}

const NO_VALUE = {
  no_mistakes: "no mistakes",
  not_reached: "not reached",
  diverged: "diverged",
  not_yet: "–",
} as const;

/** A network's value, large. */
export function valueText(criterion: Criterion, value: Value): string {
  if (value.kind !== "measured") return NO_VALUE[value.kind];
  return criterion === "truth" ? chance(value.value) : thousands(value.value);
}

// ---- Two networks by one criterion

/** The names of two networks. */
export function namesOf({ networks: [a, b] }: PairFindings, { networks }: Findings) {
  return [networks[a]?.name ?? "", networks[b]?.name ?? ""] as const;
}

/** What can be said of two networks by a criterion, in one sentence. */
export function comparisonText(
  criterion: Criterion,
  pair: PairFindings,
  findings: Findings,
): string {
  const compared = pair.criteria[criterion];
  const { verdict } = compared;
  switch (verdict.kind) {
    case "clear": {
      const [first, second] = namesOf(pair, findings);
      return verdict.leader === pair.networks[0]
        ? clear(criterion, compared, first, second)
        : clear(criterion, compared, second, first);
    }
    case "within_spread":
      return compared.runs > 1
        ? `No difference that ${counted(compared.runs, "run")} can see.`
        : "One run can’t tell: the seed alone makes this much difference.";
    case "one_run_cant_tell":
      return "One run can’t tell.";
    case "too_few_seeds":
      return `${capital(counted(compared.runs, "run"))} can’t tell: it takes five.`;
    case "tied":
      return tied(criterion, compared);
    case "no_mistakes":
      return "No mistakes to look at.";
    case "diverged":
      return "Nothing to compare: a network blew up.";
    case "not_yet":
      return "After the first epoch.";
  }
}

function clear(criterion: Criterion, compared: Comparison, leader: string, other: string): string {
  const onAverage = compared.runs > 1 ? " on average" : "";
  const size = Math.abs(compared.interval?.mean ?? 0);
  switch (criterion) {
    case "mistakes":
      return `${capital(leader)} makes ${thousands(Math.round(size))} fewer${onAverage}.`;
    case "truth": {
      // The sizes are differences of logarithms.
      const times = Math.exp(size);
      const much = times > 1e6 ? "a million" : thousands(Number(times.toPrecision(2)));
      const bets = times >= 50 ? "bets everything on its mistakes" : "is surer of its mistakes";
      return `${capital(other)} ${bets}: it leaves the truth ${much} times less than ${leader}.`;
    }
    case "first_epoch":
      return `${capital(leader)} gets there sooner, at this learning rate.`;
  }
}

function tied(criterion: Criterion, { values, runs }: Comparison): string {
  if (criterion === "first_epoch" && values[0].kind === "not_reached")
    return "Neither has got there.";
  if (runs > 1) return "The same in every run.";
  return criterion === "first_epoch" ? "In the same epoch." : "The same.";
}

/** In how many of several runs which network was better, and how many more would tell. */
export function detailsText(criterion: Criterion, pair: PairFindings, findings: Findings): string {
  const compared = pair.criteria[criterion];
  const { runs, wins, ties } = compared;
  const [a, b] = namesOf(pair, findings);
  const equal = ties > 0 ? `, equal in ${ties}` : "";
  const won = runs < 2 ? "" : `Of ${runs} runs: ${a} in ${wins[0]}, ${b} in ${wins[1]}${equal}.`;
  return `${won} ${seedsText(compared)}`.trim();
}

/** How many seeds would settle what is not clear; empty where it is, or nobody knows. */
export function seedsText({ verdict, seeds_needed }: Comparison): string {
  if (verdict.kind === "clear" || verdict.kind === "tied" || !seeds_needed) return "";
  const seeds = thousands(seeds_needed.seeds);
  return seeds_needed.kind === "over"
    ? `More than ${seeds} seeds wouldn’t be too many.`
    : `About ${seeds} seeds would tell.`;
}

/** Whether a clear difference is the layer's. */
export function creditText(pair: PairFindings, findings: Findings): string {
  if (!CRITERIA.some((criterion) => pair.criteria[criterion].verdict.kind === "clear")) return "";
  const who = capital(namesOf(pair, findings).join(" and "));
  const layer = pair.differ_in_one_layer;
  return layer
    ? `${who} differ in one layer only, ${layer.kinds.join(" against ")}: so it’s the layer.`
    : `${who} differ in more than one layer: this alone doesn’t show that it’s the cause.`;
}

// ---- A network by itself

/** What is to be said of a network by itself, a sentence each. */
export function networkTexts(network: NetworkFindings, findings: Findings): string[] {
  const { divergence, guessing, overfitting, loss_share, values, name } = network;
  const inRuns = (runs: number) =>
    findings.runs > 1 ? `, in ${runs} of ${counted(findings.runs, "run")}` : "";
  const texts: string[] = [];
  if (divergence) {
    const first = divergence.runs > 1 ? "at the earliest " : "";
    texts.push(
      `The ${name} network blew up ${first}in epoch ${divergence.epoch}${inRuns(divergence.runs)}: its weights overflowed. Try a smaller learning rate: at the notebook’s 0.01, none of its networks did in ten runs.`,
    );
  }
  if (guessing)
    texts.push(
      `The ${name} network is still guessing${inRuns(guessing.runs)}: no better than picking a digit at random.`,
    );
  if (overfitting) {
    const { since, least, now, training_then, training_now } = overfitting;
    const training =
      training_now < 0.005
        ? "falls to almost nothing"
        : `falls from ${decimal(training_then, 3)} to ${decimal(training_now, 3)}`;
    texts.push(
      `The ${name} network starts to memorise after epoch ${since}${inRuns(overfitting.runs)}: its loss on new digits climbs from ${decimal(least, 3)} to ${decimal(now, 3)}, while on the training digits it ${training}.`,
    );
  }
  // Below this, the mistakes are not what the loss is made of.
  if (loss_share !== null && loss_share >= 0.9 && values.mistakes.kind === "measured") {
    const mistakes = values.mistakes.value;
    const these = mistakes === 1 ? "one mistake makes" : `${thousands(mistakes)} mistakes make`;
    texts.push(`The ${name} network’s ${these} up ${percent(loss_share)} of its loss.`);
  }
  return texts;
}

/** When the networks are compared, and over how many runs. */
export function momentText({ epoch, runs }: Findings): string {
  if (epoch === 0) return "Train both: the answer forms here, epoch by epoch.";
  const over = runs > 1 ? `, over ${counted(runs, "run")}` : "";
  return `After ${counted(epoch, "epoch")}${over}.`;
}

// ---- A drawing

/** A network's answer beside its name. */
export interface Answered {
  name: string;
  answer: Answer;
}

/** "a 2", "an 8". */
export function aDigit(digit: number): string {
  return `${digit === 8 ? "an" : "a"}\u00a0${digit}`;
}

/** What to do with the empty pad. */
export function invitation(digits: readonly number[]): string {
  return `Draw ${digits[0] === 8 ? "an" : "a"} ${list(digits, "or")}.`;
}

export const BLANK = {
  dot: "A dot isn’t a digit yet.",
  filled: "The pad is full. Clear it and draw one digit.",
} as const;

export const NOBODY_ANSWERS = "Nothing learned yet. Press Train.";

/** The network's doubt: no class above 90 %. */
export const UNSURE = "unsure";
/** The page's doubt: the drawing is like none of the images that the network was trained on. */
export const UNLIKE = "unlike its training digits";

/** What the networks make of a drawing, in one sentence. */
export function answersText(answered: readonly Answered[], isUnlike: boolean | null): string {
  const sound = answered.filter(({ answer }) => !answer.diverged);
  const broken = answered.filter(({ answer }) => answer.diverged);
  const parts = broken.map(({ name }) => `${capital(name)}’s weights have overflowed: no answer.`);
  if (sound.length > 0) parts.unshift(isUnlike ? unlikeText(sound) : readings(sound));
  return parts.join(" ");
}

function readings(answered: readonly Answered[]): string {
  const [first, ...others] = answered;
  if (!first) return "";
  const digit = aDigit(first.answer.digit);
  const isAgreed = others.every(({ answer }) => answer.digit === first.answer.digit);
  const rest = others.map(({ name, answer }) => `, ${name} ${aDigit(answer.digit)}`);
  const all = [`${capital(first.name)} reads`, "Both read", "All three read", "All four read"];
  const said = isAgreed
    ? `${all[others.length] ?? ""} ${digit}.`
    : `They disagree: ${first.name} reads ${digit}${rest.join("")}.`;
  const unsure = answered.flatMap(({ name, answer }) => (answer.is_unsure ? [name] : []));
  if (unsure.length === 0) return said;
  return `${said} ${capital(list(unsure))} ${unsure.length === 1 ? "is" : "are"} unsure.`;
}

function unlikeText(answered: readonly Answered[]): string {
  const only = answered.length === 1 ? answered[0] : undefined;
  const none = answered.length === 2 ? "Neither network has" : "No network has";
  const who = only ? `The ${only.name} network hasn’t` : none;
  const [surest] = answered
    .filter(({ answer }) => !answer.is_unsure)
    .sort((a, b) => certainty(b.answer) - certainty(a.answer));
  if (!surest) return `${who} seen anything like this, and it shows: not one is sure.`;
  const sure = percent(certainty(surest.answer));
  return `${who} seen anything like this, and ${only ? "it" : surest.name} is ${sure} sure it’s ${aDigit(surest.answer.digit)}.`;
}

/** The probability of the class answered. */
export function certainty({ probabilities, class: at }: Answer): number {
  return probabilities[at] ?? NaN;
}

/** What the networks make of one of MNIST's digits, whose label is known. */
export function labelledText(
  answered: readonly Answered[],
  truth: number,
  chances: readonly number[],
): string {
  const sound = answered.filter(({ answer }) => !answer.diverged);
  const wrong = sound.filter(({ answer }) => answer.digit !== truth);
  if (sound.length === 0) return answersText(answered, null);
  if (wrong.length === 0) {
    const all = ["the network gets", "both get"][sound.length - 1] ?? "all get";
    return `${capital(aDigit(truth))}: ${all} it right.`;
  }
  const parts = wrong.map((one) => {
    const left = chance(chances[answered.indexOf(one)] ?? NaN);
    return `${capital(one.name)} reads ${aDigit(one.answer.digit)}, and had left the truth ${left}.`;
  });
  return `✗ It’s ${aDigit(truth)}. ${parts.join(" ")}`;
}

/** Where a network's weights come from. */
export function originText(origin: Origin, imagesInEpoch: number): string {
  switch (origin.type) {
    case "none":
      return "Nothing learned yet.";
    case "ready-made":
      return "Trained before you came.";
    case "file":
      return `From your file ${origin.name}.`;
    case "training": {
      const { imagesSeen } = origin;
      if (imagesSeen === 0) return "Untrained: pure guesswork.";
      const epochs = imagesSeen / imagesInEpoch;
      return Number.isInteger(epochs)
        ? `After epoch ${epochs}.`
        : `After ${counted(imagesSeen, "image")}.`;
    }
  }
}

// ---- Words of the field, each where it stands

/** What a setting is, by its key in the address. */
export const SETTING_HINTS: Readonly<Partial<Record<string, string>>> = {
  digits: "The digits the networks learn to tell apart. Only theirs are fetched.",
  epochs: "One epoch is one pass over all the training digits.",
  batch: "The network looks at so many digits, then adjusts its weights once.",
  lr: "How big that adjustment is. Too small, and it crawls; too big, and it overshoots.",
  seed: "Fixes the dice: the first weights and the shuffling. Same seed, same run, to the last bit.",
  runs: "Trains again from the next seeds. One run may be luck; several show what isn’t.",
  networks:
    "A name, a colon, then the hidden layers, each a word and its units. “@0.1” gives a network a learning rate of its own.",
  control:
    "A third network, just as wide as custom, without the cube: is it the layer, or the width?",
};
