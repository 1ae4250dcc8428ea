// What the page says about the layer: its function, what its units add, and what is left without a part of it.

import type { Answer, CustomPart, TensorSummary } from "../pkg/mnist_cubic.js";
import { capital, counted, decimal, percent, thousands } from "../views/numbers.js";
import { without } from "./layer-parts.js";

export const LAYER_TITLE = "The layer";

/** What there is to see in a function, by the word of its layer. */
const IN_SHORT: Readonly<Partial<Record<string, string>>> = {
  cubic:
    "Twice the input, eight times the output: the cube barely notices small numbers and can’t let go of large ones.",
  square: "Twice the input, four times the output; and a number and its negative give the same.",
  sine: "Never beyond 1: twice the input may give more, less, or the opposite.",
  softsign: "Never beyond 1: large numbers are squashed, small ones pass.",
  zero: "Here f is 0. What’s left of the layer is −x·W + b, a plain linear layer.",
};
const DRAG = "Drag the point.";

/** `words` are those of the experiment's custom layers, each once. */
export function functionsText(words: readonly string[]): string {
  const one = (word: string, text: string): string =>
    words.length > 1 ? `${capital(word)}: ${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
  const texts = words.flatMap((word) => one(word, IN_SHORT[word] ?? ""));
  if (words.length === 0) return `No network here has a custom layer; this is relu. ${DRAG}`;
  return [...texts, DRAG].join(" ");
}

/** −2.3 → "−2.30"; 66.31 → "+66.3": to three digits or two decimals. */
export function signed(value: number): string {
  if (!Number.isFinite(value)) return "overflowed";
  const size = Math.abs(value);
  const text = size >= 1e5 ? decimal(size) : size.toFixed(size < 9.995 ? 2 : size < 999.5 ? 1 : 0);
  return `${value < 0 && Number(text) !== 0 ? "−" : "+"}${text}`;
}

/** What the curve's point is at, for those who do not see it. `others` are the functions and their values. */
export function pointText(x: number, others: readonly (readonly [string, number])[]): string {
  return `x ${short(x)}: ${others.map(([name, y]) => `${name} ${short(y)}`).join(", ")}`;
}

/** 5.832 → "5.83": large numbers have fewer digits. */
export function short(value: number, digits = 2): string {
  const size = Math.abs(value);
  return decimal(value, size < 99.95 ? digits : size < 999.5 ? 1 : 0);
}

/** Before the largest number that the drawing sends into a custom layer. */
export const LARGEST = "from the pad: ";
export const TWICE = "twice: ";

// ---- Units

export const UNITS_TITLE = "What each unit adds to the";
export const UNITS_HINT = "Point at a unit.";

export function scaleText(most: number): string {
  return most > 0 && Number.isFinite(most) ? `One scale, ±${short(most)}.` : "One scale.";
}

/** What a unit's parts add: their names, and how much. */
export type AddedParts = readonly (readonly [part: string, value: number])[];

/** `unit` counts from 1. */
export function unitText(name: string, unit: number, added: AddedParts, digit: number): string {
  if (added.length === 0) return `Unit ${unit} of ${name}: nothing to add yet.`;
  return `Unit ${unit} of ${name}: ${addedText(added, digit)}.`;
}

function addedText(added: AddedParts, digit: number): string {
  if (!added.every(([, value]) => Number.isFinite(value))) return "overflowed";
  const texts = added.map(
    ([part, value], at) => `${part} ${at === 0 ? "adds " : ""}${signed(value)}`,
  );
  return `${texts.join(", ")} to the ${digit}`;
}

/** The same row for those who do not see it. */
export function unitsTwin(name: string, units: number, added: AddedParts, digit: number): string {
  const what = added.length > 0 ? addedText(added, digit) : "nothing to add yet";
  return `${capital(name)}, ${counted(units, "unit")}: ${what}`;
}

export function scoreText(score: number | null): string {
  return score === null ? "score –" : `score ${signed(score)}`;
}

// ---- Without a part

export const ABLATION_HINT = "Take a part away:";
export const NOTHING_TO_REMOVE = "Nothing to take away: no network here has a custom layer.";

/** What a network answers without them; its digit stands beside. */
export function ablatedText(
  name: string,
  formula: string,
  removed: ReadonlySet<CustomPart>,
  answer: Pick<Answer, "probabilities" | "class" | "diverged"> | null,
): string {
  const who = removed.size > 0 ? `${without(removed, formula)}, ${name}` : `Whole, ${name}`;
  if (!answer) return `${who} has nothing to read.`;
  if (answer.diverged) return `${who} has overflowed.`;
  return `${who} is ${percent(answer.probabilities[answer.class] ?? NaN)} sure.`;
}

export type AblatedCount =
  | { readonly type: "none" }
  /** Its whole weights cannot be tried now: they are being trained, or the page is held in the past. */
  | { readonly type: "later" }
  /** Wrong ones of so many test images; null where that was not tried yet. */
  | {
      readonly type: "counts";
      readonly images: number;
      readonly whole: number | null;
      readonly without: number | null;
    };

/** How it does on the test images; `isWhole` where nothing is taken away. */
export function ablatedCountText(count: AblatedCount, isWhole: boolean): string {
  switch (count.type) {
    case "none":
      return "";
    case "later":
      return "Test digits are counted when training has ended.";
    case "counts": {
      const { images, whole } = count;
      const wrong = isWhole ? whole : count.without;
      if (wrong === null) return "Counting test digits…";
      const instead = isWhole || whole === null ? "" : ` instead of ${thousands(whole)}`;
      return `It gets ${thousands(wrong)} of ${thousands(images)} test digits wrong${instead}.`;
    }
  }
}

// ---- Weights as pictures

export const PATCHES_TITLE = "What each looks for first";
export const PATCHES_HINT = "the weights into its first units; violet speaks against";

export function patchesTwin(name: string, shown: number, values: Float32Array): string {
  if (values.length === 0) return `${capital(name)}: no weights yet`;
  if (!values.every(Number.isFinite)) return `${capital(name)}: its weights have overflowed`;
  const [least, most] = rangeOf(values);
  return `${capital(name)}: the weights from the picture into its first ${counted(shown, "unit")}, from ${short(least, 3)} to ${short(most, 3)}`;
}

function rangeOf(values: Float32Array): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

export const MATRICES_TITLE = "V and W as pictures";
export const NO_MATRICES = "No network here has a custom layer, so there is no V and no W.";

/** A matrix in words: its size, range and spread. */
export function matrixText({ shape, least, most, sd }: TensorSummary): string {
  const [inputs = 0, units = 0] = shape;
  const size = `${counted(units, "unit")} by ${counted(inputs, "input")}`;
  if (![least, most, sd].every(Number.isFinite)) return `${size}. Its weights have overflowed.`;
  return `${size}, from ${decimal(least, 3)} to ${decimal(most, 3)}, with a standard deviation of ${decimal(sd, 3)}.`;
}

export const SCORES_TITLE = "In numbers";
export const SCORES_HINT =
  "A network’s score for a digit is what its parts add. Softmax turns the scores into chances.";
