// The rows of units between the drawing and the answers, and the batch that a step trains on.

import { list, thousands } from "../views/numbers.js";
import type { ReadBatch } from "../views/stage/batch.js";

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
