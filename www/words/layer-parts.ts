// The parts of a custom layer, and what is left without one.

import type { AddedBy, CustomPart } from "../pkg/mnist_cubic.js";
import { list } from "../views/numbers.js";

/** "x³" → "x³"; what has spaces in brackets, so that it can be multiplied. */
export function asFactor(formula: string): string {
  return formula.includes(" ") ? `(${formula.replace(/ ([/+]) /g, "$1")})` : formula;
}

/** A part of a unit, where its layer's function is `formula`. */
export function partName(by: AddedBy, formula: string, word: string): string {
  switch (by) {
    case "function":
      return `${asFactor(formula)}·V`;
    case "linear":
      return "−x·W";
    case "activation":
      return word;
  }
}

/** "Without x³·V and −x·W". */
export function without(removed: ReadonlySet<CustomPart>, formula: string): string {
  const parts = (["function", "linear"] as const).filter((part) => removed.has(part));
  return `Without ${list(parts.map((part) => partName(part, formula, "")))}`;
}

/** At a network's answer on the stage. */
export function withoutNote(removed: ReadonlySet<CustomPart>, formula: string): string {
  return removed.size > 0 ? `${without(removed, formula)}.` : "";
}
