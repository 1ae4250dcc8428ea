// Scores taken apart: what each unit's parts add to one class.

import type { Contributions } from "../../pkg/mnist_cubic.js";

export interface Scores {
  /** Of each part, what each unit adds. */
  readonly parts: readonly (readonly number[])[];
  readonly bias: number;
  /** All of it together: the logit. */
  readonly score: number;
}

/** Null where the network does not know the class. */
export function scoresOf({ parts, bias }: Contributions, place: number): Scores | null {
  const constant = bias[place];
  if (constant === undefined) return null;
  const values = parts.map(({ to_classes }) => to_classes[place] ?? []);
  const score = values.reduce((all, one) => all + sum(one), constant);
  return { parts: values, bias: constant, score };
}

export function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** The largest of what any unit of any network adds to any class. */
export function largest(all: readonly (Contributions | null)[]): number {
  let most = 0;
  for (const contributions of all) {
    for (const { to_classes } of contributions?.parts ?? []) {
      for (const values of to_classes) {
        for (const value of values) {
          if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
        }
      }
    }
  }
  return most;
}

/** Where a key takes the pointer among so many units, counted from 0; null where it does nothing. */
export function unitAfter(key: string, unit: number | null, units: number): number | null {
  const to = (step: number) => Math.min(Math.max((unit ?? -1) + step, 0), units - 1);
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return to(1);
    case "ArrowLeft":
    case "ArrowDown":
      return to(-1);
    case "PageUp":
      return to(10);
    case "PageDown":
      return to(-10);
    case "Home":
      return 0;
    case "End":
      return units - 1;
    default:
      return null;
  }
}
