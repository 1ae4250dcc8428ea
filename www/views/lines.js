// The lines of a chart, from runs, their comparison, and the Keras reference.

import { KINDS } from "../kinds.js";

/** @import { Comparison, History, ModelKind, Run, Settings } from "../messages.d.ts" */

/**
 * @typedef {"loss" | "accuracy"} Measure
 * @typedef {"validation" | "training"} Split
 * @typedef {(number | null)[]} Values One an epoch; `null` where there is none to draw.
 * @typedef {{ mean: number[], sd: number[] }} Band
 * @typedef {Record<ModelKind, Record<keyof History, Band>>} Reference
 *
 * @typedef {object} Line
 * @property {ModelKind} kind
 * @property {Split} split
 * @property {Values} values Of the only run, or the mean of several.
 * @property {number[] | null} sd Of several runs.
 * @property {Values[]} singles Several runs, one by one.
 * @property {boolean} diverged Whether it ends in a loss that is no finite number.
 * @property {Band | null} reference
 * @property {number | null} best Of a validation line: the epoch, from 1, of least validation loss.
 *
 * @typedef {object} Shown What the visitor wants to see.
 * @property {Set<string>} names of models and splits.
 * @property {Reference | null} reference
 */

/** @type {Split[]} */
const SPLITS = ["validation", "training"];

/**
 * @param {Measure} measure
 * @param {Split} split
 * @returns {keyof History}
 */
export const metricOf = (measure, split) => (split === "validation" ? `val_${measure}` : measure);

/**
 * @param {Measure} measure
 * @param {{ runs: Run[], runSettings: Settings | null, comparison: Comparison | null }} state
 * @param {Shown} shown
 * @returns {Line[]}
 */
export function linesOf(measure, { runs, runSettings, comparison }, { names, reference }) {
  const several = (runSettings?.runs ?? 1) > 1;
  const lines = KINDS.filter((kind) => names.has(kind)).flatMap((kind) =>
    SPLITS.filter((split) => names.has(split)).map((split) => {
      const metric = metricOf(measure, split);
      const histories = runs.flatMap(({ models }) => models[kind]?.history ?? []);
      const curves = several ? comparison?.curves[kind] : undefined;
      const line = curves?.[metric].mean ?? histories.at(0)?.[metric] ?? [];
      const losses = curves?.val_loss.mean ?? histories.at(0)?.val_loss ?? [];
      const trainingLosses = curves?.loss.mean ?? histories.at(0)?.loss ?? [];
      return {
        kind,
        split,
        values: line.map(drawable),
        sd: curves?.[metric].sd ?? null,
        singles: several ? histories.map((history) => history[metric].map(drawable)) : [],
        diverged: [losses, trainingLosses].some((all) => all.length > 0 && !Number.isFinite(all.at(-1))),
        reference: reference?.[kind][metric] ?? null,
        best: split === "validation" ? epochOfLeast(losses) : null,
      };
    }),
  );
  return lines.filter(({ values, reference: keras }) => values.length > 0 || keras);
}

/** @param {number} value */
const drawable = (value) => (Number.isFinite(value) ? value : null);

/**
 * The epoch, from 1, of the least value; `null` before the second.
 * @param {number[]} values
 */
function epochOfLeast(values) {
  const finite = values.filter(Number.isFinite);
  return finite.length < 2 ? null : values.indexOf(Math.min(...finite)) + 1;
}

/**
 * The range of the y axis that shows the lines, and whether it cuts some of them off.
 * @param {Measure} measure
 * @param {boolean} log
 * @param {Line[]} lines
 * @returns {{ range: [number, number], cut: boolean }}
 */
export function rangeOf(measure, log, lines) {
  const curves = lines.flatMap(({ values, singles, reference }) => [
    values,
    ...singles,
    reference?.mean ?? [],
  ]);
  const values = curves.flat().filter((value) => value !== null && (!log || value > 0));
  const all = /** @type {number[]} */ (values);
  if (all.length === 0)
    return { range: measure === "loss" ? [log ? 0.001 : 0, 1] : [0.9, 1.005], cut: false };
  // One by one: there may be more than a call takes.
  const least = all.reduce((a, b) => Math.min(a, b));
  const most = all.reduce((a, b) => Math.max(a, b));
  if (measure === "accuracy") {
    const low = Math.max(0, Math.min(least, 0.99) - 0.05 * (1 - least));
    return { range: [low, 1 + 0.04 * (1 - low)], cut: false };
  }
  if (log) return { range: [firstDigitOf(least / 1.3), most * 1.3], cut: false };
  // A loss that runs away would press all else to the floor: what lies above ten times the usual
  // first value is cut off.
  const firsts = curves.flatMap((curve) => curve[0] ?? []).sort((a, b) => a - b);
  const limit = 10 * (firsts[(firsts.length - 1) >> 1] ?? Infinity);
  return { range: [0, 1.05 * Math.min(most, limit)], cut: most > limit };
}

/**
 * A number with all digits but the first made 0. uPlot never ends with its marks where a log scale
 * begins just below a power of ten, as at 0.00097.
 * @param {number} value
 */
function firstDigitOf(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return Math.max(1, Math.floor(value / power)) * power;
}
