// What is read at a moment, in words.

import { thousands } from "../numbers.js";
import { valueAt } from "./curve.js";
import { valueText, type Line, type Measure } from "./lines.js";

/** "Epoch 12"; between epochs "After 2,048 images"; "Untrained" at the start. `moment` is in epochs. */
export function momentText(moment: number, imagesInEpoch: number): string {
  if (moment === 0) return "Untrained";
  if (Number.isInteger(moment)) return `Epoch ${moment}`;
  return `After ${thousands(Math.round(moment * imagesInEpoch))} images`;
}

/** A line's value at a moment; of validation over several runs with its deviation. A dash where there is none. */
export function readingText(measure: Measure, line: Line | undefined, moment: number): string {
  if (!line) return "";
  const value = valueAt(line.curve, moment);
  if (value === undefined || Number.isNaN(value)) return line.hasDiverged ? "blew up" : "–";
  const edge = line.band ? (valueAt(line.band[0], moment) ?? NaN) : NaN;
  const isMean = line.isReference || !Number.isNaN(edge);
  const around =
    Number.isNaN(edge) || line.split === "training"
      ? ""
      : ` ± ${valueText(measure, edge - value, isMean)}`;
  return valueText(measure, value, isMean) + around;
}
