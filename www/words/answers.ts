// What a network answers: how sure it is, and what else is to be said of it.

import type { Answer } from "../pkg/mnist_cubic.js";
import type { Origin } from "../state/networks.js";
import { percent } from "../views/numbers.js";
import { aDigit, certainty } from "./drawing.js";

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
