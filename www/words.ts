// Everything that the page says of findings and of doubt. Rust gives the facts, this file the words.

import type {
  Answer,
  BestEpoch,
  Comparison,
  Findings,
  NetworkFindings,
  PairFindings,
  Value,
} from "./pkg/mnist_cubic.js";
import { ENOUGH_RUNS } from "./state/cards/catalogue.js";
import type { Answerer, Origin } from "./state/networks.js";
import type { Experiment, Phase, Progress } from "./state/training.js";
import {
  capital,
  chance,
  counted,
  decimal,
  duration,
  list,
  percent,
  thousands,
} from "./views/numbers.js";
import type { ReadBatch } from "./views/stage/batch.js";

// ---- What networks are judged by

export type Criterion = "mistakes" | "truth" | "first_epoch";
export const CRITERIA: readonly Criterion[] = ["mistakes", "truth", "first_epoch"];

/** The share that a network must read rightly to count as having learned, as src/report/criteria.rs has it. */
export const LEARNED = 0.98;

/** `images` are those that the networks are validated on; 0 where that is not known yet. */
export function criterionTitle(criterion: Criterion, images: number): string {
  switch (criterion) {
    case "mistakes":
      return `Mistakes on ${images > 0 ? `${thousands(images)} ` : ""}digits it never trained on`;
    case "truth":
      return "When wrong, median chance left for the truth";
    case "first_epoch":
      return `First epoch with ${percent(LEARNED, 0)} right`;
  }
}

const NO_VALUE = {
  no_mistakes: "no mistakes",
  not_reached: "not reached",
  diverged: "blew up",
  not_yet: "–",
} as const;

/** A network's value, large. */
export function valueText(criterion: Criterion, value: Value): string {
  if (value.kind !== "measured") return NO_VALUE[value.kind];
  return criterion === "truth" ? chance(value.value) : thousands(value.value);
}

// ---- Two networks by one criterion

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
      return `${capital(spelled(runs))} ${runs === 1 ? "run" : "runs"} can’t tell: it takes at least five.`;
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
  if (runs < ENOUGH_RUNS) return "";
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

// ---- A network by itself

/** What is to be said of a network by itself, a sentence each. */
export function networkTexts(network: NetworkFindings, findings: Findings): string[] {
  const { divergence, guessing, overfitting, best, loss_share, values, name } = network;
  const inRuns = (runs: number) =>
    findings.runs > 1 ? `, in ${runs} of ${counted(findings.runs, "run")}` : "";
  const texts: string[] = [];
  if (divergence) {
    const first = divergence.runs > 1 ? "at the earliest " : "";
    texts.push(
      `The ${name} network blew up ${first}in epoch ${divergence.epoch}${inRuns(divergence.runs)}: its weights overflowed. Try a smaller learning rate: at 0.01, it never happened to the notebook’s networks in ten runs.`,
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
      `${startsText(name, since, overfitting.runs, findings.runs)}: its loss on new digits climbs from ${decimal(least, 3)} to ${decimal(now, 3)}, while on the training digits it ${training}.`,
    );
  }
  if (!divergence && !guessing && !overfitting) {
    texts.push(soundText(name, findings));
    // One that memorises says so above.
    if (best) texts.push(bestText(best, findings.runs));
  }
  // Below this, the mistakes are not what the loss is made of.
  if (
    !guessing &&
    loss_share !== null &&
    loss_share >= 0.9 &&
    values.mistakes.kind === "measured"
  ) {
    const mistakes = Math.round(values.mistakes.value);
    const these = mistakes === 1 ? "one mistake makes" : `${thousands(mistakes)} mistakes make`;
    texts.push(
      findings.runs > 1
        ? `On average its mistakes make up ${percent(loss_share)} of its loss.`
        : `Its ${these} up ${percent(loss_share)} of its loss.`,
    );
  }
  return texts;
}

/** "The custom network starts to memorise after epoch 11" */
function startsText(name: string, since: number, starting: number, runs: number): string {
  const starts = `he ${name} network starts to memorise`;
  if (runs === 1) return `T${starts} after epoch ${since}`;
  const where = starting === runs ? `all ${spelled(runs)}` : `${starting} of ${runs}`;
  return `In ${where} runs t${starts}, typically after epoch ${since}`;
}

function soundText(name: string, { epoch, runs }: Findings): string {
  if (epoch < LEAST_EPOCHS) return tooEarlyText(name);
  return runs > 1
    ? `In none of ${counted(runs, "run")} does the ${name} network’s loss on new digits clearly rise.`
    : `The ${name} network’s loss on new digits has not clearly risen.`;
}

/** It is chosen on the digits that it is judged on, so nothing is concluded from it. */
function bestText({ epoch, val_loss: loss }: BestEpoch, runs: number): string {
  return runs > 1
    ? `Its best epoch was about ${epoch}, with a loss of ${decimal(loss, 3)} on average.`
    : `Its best epoch was ${epoch}, with a loss of ${decimal(loss, 3)}.`;
}

/** Before anything can be said of a network by itself. */
export function tooEarlyText(name: string): string {
  return `Too early to tell whether the ${name} network memorises.`;
}

/** Before this epoch nobody can tell whether a network memorises: a rise must last for three. */
const LEAST_EPOCHS = 4;

// ---- When networks are compared

/** What the answer is about. */
export type Moment =
  /** The ten runs have not come yet. */
  | { readonly type: "unknown" }
  /** The ten runs were made with other settings. */
  | { readonly type: "untried" }
  | { readonly type: "reference"; readonly runs: number; readonly epoch: number }
  | { readonly type: "epoch"; readonly epoch: number; readonly runs: number }
  /** A moment of one run: after an epoch, or so many images later. `seed`: where there are several. */
  | {
      readonly type: "moment";
      readonly epoch: number;
      readonly images: number;
      readonly seed: number | null;
      readonly isStopped: boolean;
    };

/** When the networks are compared, and over how many runs. */
export function momentText(moment: Moment): string {
  switch (moment.type) {
    case "unknown":
      return "";
    case "untried":
      return "Not tried before with these settings: train to see.";
    case "reference": {
      const { runs, epoch } = moment;
      return `${capital(spelled(runs))} runs made before your visit, after ${counted(epoch, "epoch")}.`;
    }
    case "epoch": {
      const { runs, epoch } = moment;
      return runs > 1
        ? `After ${counted(epoch, "epoch")}, over ${counted(runs, "run")}.`
        : `After ${counted(epoch, "epoch")} of your run.`;
    }
    case "moment": {
      const { epoch, images, seed, isStopped } = moment;
      if (isStopped && epoch === 0)
        return `Stopped before an epoch was complete, after ${counted(images, "image")}.`;
      const run = seed === null ? "your run" : `the run with seed ${seed}`;
      if (epoch === 0 && images === 0) return `Before the first step of ${run}.`;
      const parts = [epoch > 0 && counted(epoch, "epoch"), images > 0 && counted(images, "image")];
      return `After ${parts.filter((part) => part !== false).join(" and ")} of ${run}.`;
    }
  }
}

/** What the thin marks are: the ten runs, of which `epoch` is given where it is another than the one compared. */
export function ticksText(moment: Moment, runs: number, epoch: number): string {
  switch (moment.type) {
    case "unknown":
    case "untried":
      return "";
    case "reference":
      return "Thin marks: each of them; dots: all.";
    case "epoch":
    case "moment": {
      const isSame = epoch === moment.epoch;
      const when = isSame ? "" : `, after ${counted(epoch, "epoch")}`;
      return `Thin marks: ${spelled(runs)} runs made before your visit${when}.`;
    }
  }
}

/** The thin marks of a network, for those who do not see them. */
export function ticksTwin(criterion: Criterion, name: string, values: readonly Value[]): string {
  const texts = values.map((value) => valueText(criterion, value));
  return `${capital(name)} in ${spelled(values.length)} runs made before: ${list(texts)}.`;
}

/** The answer in speech. */
export function summaryText(findings: Findings, rates: Rates): string {
  const criteria = CRITERIA.map((criterion) => {
    const values = findings.networks.map(
      ({ name, values: its }) => `${name} ${valueText(criterion, its[criterion])}`,
    );
    const said = findings.pairs.map((pair) => {
      const sentence = comparisonText(criterion, pair, findings, rates);
      return findings.pairs.length > 1
        ? `${capital(namesOf(pair, findings).join(" and "))}: ${sentence}`
        : sentence;
    });
    const title = criterionTitle(criterion, findings.validation_images);
    return `${title}: ${values.join(", ")}. ${said.join(" ")}`;
  });
  return `After ${counted(findings.epoch, "epoch")}: ${criteria.join(" ")}`;
}

// ---- Test images

/** What the scores on test images are of. */
export type Tested =
  | { readonly type: "not yet" }
  /** Training has ended with nothing that could be tried. */
  | { readonly type: "never" }
  | { readonly type: "reference"; readonly runs: number }
  | { readonly type: "one"; readonly epoch: number; readonly seed: number | null }
  | { readonly type: "several"; readonly tested: number; readonly runs: number };

export const TEST_IMAGES = "Test images: never used for training or tuning.";

export function testedText(tested: Tested): string {
  switch (tested.type) {
    case "not yet":
      return "Tried when training ends.";
    case "never":
      return "Not tried: no network was trained for an epoch.";
    case "reference":
      return `Means of the ${spelled(tested.runs)} runs made before your visit.`;
    case "one": {
      const run = tested.seed === null ? "Your run" : `The run with seed ${tested.seed}`;
      return `${run}, after ${counted(tested.epoch, "epoch")}.`;
    }
    case "several":
      return tested.tested < tested.runs
        ? `Means of ${tested.tested} of ${counted(tested.runs, "run")} so far.`
        : `Means of ${counted(tested.runs, "run")}.`;
  }
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
  const parts = broken.map(brokenText);
  if (sound.length > 0) parts.unshift(isUnlike ? unlikeText(sound) : readings(sound));
  return parts.join(" ");
}

function brokenText({ name }: Answered): string {
  return `${capital(name)}’s weights have overflowed: no answer.`;
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
  if (unsure.length === answered.length && others.length > 0)
    return `${said.replace(/\.$/, "")}, but ${others.length === 1 ? "neither" : "none"} is sure.`;
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
  const broken = answered.filter(({ answer }) => answer.diverged).map(brokenText);
  const wrong = sound.filter(({ answer }) => answer.digit !== truth);
  if (sound.length === 0) return broken.join(" ");
  if (wrong.length === 0) {
    const all = ["the network gets", "both get"][answered.length - 1] ?? "all get";
    const names = list(sound.map(({ name }) => name));
    const who = broken.length > 0 ? `${names} ${sound.length > 1 ? "get" : "gets"}` : all;
    return [`${capital(aDigit(truth))}: ${who} it right.`, ...broken].join(" ");
  }
  const parts = wrong.map((one) => {
    const left = chance(chances[answered.indexOf(one)] ?? NaN);
    return `${capital(one.name)} reads ${aDigit(one.answer.digit)}, and had left the truth ${left}.`;
  });
  return [`✗ It’s ${aDigit(truth)}.`, ...parts, ...broken].join(" ");
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

/** Whose weights answer, in one line for all networks. */
export function shownText(all: readonly Answerer[], imagesInEpoch: number): string {
  // Of those that have learned nothing, their answers' places say so.
  const answerers = all.filter(({ origin }) => origin.type !== "none");
  const texts = answerers.map(({ origin }) => originText(origin, imagesInEpoch));
  const [first] = answerers;
  if (first && new Set(texts).size === 1) {
    return first.origin.type === "ready-made"
      ? `Shown: ${answerers.length > 1 ? "networks" : "a network"} trained before your visit`
      : `Shown: ${lower(texts[0] ?? "").replace(/\.$/, "")}`;
  }
  // Those of the same origin together.
  return [...new Set(texts)]
    .map((text) => {
      const names = answerers.flatMap(({ name }, at) => (texts[at] === text ? [name] : []));
      return `${capital(names.join(", "))}: ${lower(text)}`;
    })
    .join(" ");
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

// ---- The stage

/** A network's certainty, beside its digit. */
export function sureText(answer: Answer): string {
  const sure = percent(certainty(answer));
  return answer.is_unsure ? sure : `${sure} sure`;
}

/** What else is to be said of a network's answer; empty where nothing is. */
export function answerNote(answer: Answer | null, origin: Origin, truth: number | null): string {
  if (answer?.diverged) return "Its weights overflowed.";
  if (origin.type === "none") return "Nothing learned yet.";
  if (answer && truth !== null && answer.digit !== truth) return `✗ Wrong: it’s ${aDigit(truth)}.`;
  return "";
}

/** "784 → 150 → 100 → x³ 50 → 3 · 143,053 weights" */
export function layersText(layers: readonly string[], classes: number, weights: string): string {
  return `${["784", ...layers, String(classes)].join(" → ")} · ${weights} weights`;
}

export const FLOW_NOTE =
  "Each square is a unit: the more your drawing excites it, the fuller its colour. Grey is below zero.";

/** "Batch of 32: custom reads 4 wrongly, dense 11 (underlined)." */
export function batchText({ size, shown, readers }: ReadBatch): string {
  const counts = [...readers].map(([slot, name], at) => {
    const wrong = shown.filter((one) => one.wrong.includes(slot)).length;
    return `${name} ${at === 0 ? "reads " : ""}${wrong}${at === 0 ? " wrongly" : ""}`;
  });
  const part = shown.length < size ? `, of which ${shown.length} are shown` : "";
  const read = counts.length > 0 ? `: ${counts.join(", ")} (underlined)` : "";
  return `The batch of ${thousands(size)} digits${part}${read}.`;
}

/** The batch's digits for those who do not see them. */
export function batchTwin({ shown, readers }: ReadBatch): string {
  const digits = shown.map(({ digit, wrong }) => {
    const names = wrong.flatMap((slot) => readers.get(slot) ?? []);
    return names.length > 0 ? `${digit} (read wrongly by ${list(names)})` : String(digit);
  });
  return `Digits of the batch: ${digits.join(", ")}`;
}

/** The button that begins. */
export function trainText(networks: number): string {
  const which = ["", "it", "both", "all three", "all four"][networks] ?? "all";
  return `Train ${which} from scratch`;
}

/** Before a training; `seconds` where one was measured. */
export function readyText(epochs: number, seconds: number | null): string {
  const all = counted(epochs, "epoch");
  return seconds === null ? `${all}, from random weights` : `about ${duration(seconds)} for ${all}`;
}

/** At the start of a training. */
export function beginningText(networks: number, isPadEmpty: boolean): string {
  const [they, them] = networks === 1 ? ["It has", "it"] : ["They have", "them"];
  const watch = isPadEmpty
    ? `Draw a digit, and watch ${them} learn it.`
    : `Watch ${them} learn your digit.`;
  return `${they} forgotten everything. ${watch}`;
}

/** "Epoch 12 of 50, about 9 seconds left" */
export function progressText(progress: Progress | null, isSlow: boolean): string {
  const left = progress?.secondsLeft ?? null;
  return left === null || isSlow
    ? whereText(progress)
    : `${whereText(progress)}, about ${duration(left)} left`;
}

/** "Epoch 1, batch 3 of 433" */
export function batchPlaceText(
  from: number,
  { trainingImages, batchSize }: Experiment,
  isPaused: boolean,
): string {
  const epoch = Math.floor(from / trainingImages);
  const number = Math.floor((from - epoch * trainingImages) / batchSize) + 1;
  const batches = Math.ceil(trainingImages / batchSize);
  const where = `poch ${epoch + 1}, batch ${thousands(number)} of ${thousands(batches)}`;
  return isPaused ? `Paused. E${where}.` : `E${where}`;
}

export function whereText(progress: Progress | null): string {
  if (!progress) return "Nothing trained yet";
  const { epoch, epochs, runsDone, runs } = progress;
  const done = runs > 1 ? `, ${runsDone} of ${runs} runs done` : "";
  return `Epoch ${epoch} of ${epochs}${done}`;
}

export function finishedText(
  { experiment: { epochs, seeds }, stoppedAfter }: Extract<Phase, { type: "finished" }>,
  findings: Findings | null,
): string {
  const broken = findings?.networks.filter(({ divergence }) => divergence) ?? [];
  const blewUp =
    broken.length > 0 ? ` ${capital(list(broken.map(({ name }) => name)))} blew up.` : "";
  if (stoppedAfter === 0)
    return `Stopped in the first epoch. The networks stay as they are.${blewUp}`;
  if (stoppedAfter !== null)
    return `Stopped after ${counted(stoppedAfter, "epoch")}. The networks stay as they are.${blewUp}`;
  const runs = seeds.length > 1 ? ` in each of ${counted(seeds.length, "run")}` : "";
  return `Finished after ${counted(epochs, "epoch")}${runs}.${blewUp}`;
}

// ---- What did not come

export const HALF_FAILED =
  "The rest of the page didn’t arrive: either the network failed, or this site has a newer version by now. What is above goes on working. Reload the page when you want the rest.";

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
