// What the networks answer to a drawing, and whose weights answer.

import type { Answer } from "../pkg/mnist_cubic.js";
import type { Answerer, Origin } from "../state/networks.js";
import { capital, chance, counted, list, percent } from "../views/numbers.js";

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
