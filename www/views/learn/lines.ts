// The lines of a chart, from histories.

import type { Epoch } from "../../pkg/mnist_cubic.js";
import { decimal } from "../numbers.js";
import type { Histories } from "./histories.js";

export const METRICS = ["loss", "accuracy", "val_loss", "val_accuracy"] as const;
export type Metric = (typeof METRICS)[number];
export type Measure = "loss" | "accuracy";
export type Split = "validation" | "training";
/** One an epoch; null where there is none to draw. */
export type Values = readonly (number | null)[];

export interface Line {
  readonly name: string;
  /** The network's place in the experiment. */
  readonly network: number;
  readonly split: Split;
  /** Of the only run, or the mean of those that have the epoch. */
  readonly values: Values;
  /** The standard deviation over several runs; null where fewer than two have the epoch. */
  readonly deviations: Values;
  /** Several runs, one by one. */
  readonly singles: readonly Values[];
  /** Ten runs made before. */
  readonly ghosts: readonly Values[];
  readonly hasDiverged: boolean;
  /** The epoch, from 1, at which validation loss is lowest; of validation lines only. */
  readonly best: number | null;
}

export const SPLITS: readonly Split[] = ["validation", "training"];
/** What ten runs made before are called. */
export const GHOSTS = "ten runs";

/** The lines of what is not hidden. */
export function linesOf(
  measure: Measure,
  { names, runs, reference }: Histories,
  hidden: ReadonlySet<string>,
): Line[] {
  const splits = SPLITS.filter((split) => !hidden.has(split));
  return names.flatMap((name, network) => {
    if (hidden.has(name)) return [];
    const own = runs.map((run) => run[network] ?? []);
    const best = bestEpoch(own);
    return splits.map((split) => {
      const metric: Metric = split === "validation" ? `val_${measure}` : measure;
      const singles = own.map((history) => valuesOf(history, metric));
      const ghosts = (!hidden.has(GHOSTS) && split === "validation" && reference[network]) || [];
      return {
        name,
        network,
        split,
        ...overRuns(singles),
        singles: singles.length > 1 ? singles : [],
        ghosts: ghosts.map((history) => valuesOf(history, metric)),
        hasDiverged: own.some((history) => history.some((epoch) => !isFinite(epoch.val_loss))),
        best: split === "validation" ? best : null,
      };
    });
  });
}

/** The place of the last value that is one; −1 where none is. */
export function lastPlace(values: Values): number {
  let last = values.length - 1;
  while (last >= 0 && values[last] === null) last--;
  return last;
}

function valuesOf(history: readonly Epoch[], metric: Metric): Values {
  return history.map((epoch) => (Number.isFinite(epoch[metric]) ? epoch[metric] : null));
}

/** Mean and standard deviation at each epoch, over the runs that have it. */
function overRuns(runs: readonly Values[]): Pick<Line, "values" | "deviations"> {
  const epochs = Math.max(0, ...runs.map(({ length }) => length));
  const columns = Array.from({ length: epochs }, (_, at) =>
    runs.map((run) => run[at] ?? null).filter((value) => value !== null),
  );
  const sumOf = (column: readonly number[]) => column.reduce((sum, value) => sum + value, 0);
  const values = columns.map((column) =>
    column.length === 0 ? null : sumOf(column) / column.length,
  );
  const deviations = columns.map((column, at) => {
    const middle = values[at] ?? 0;
    const squares = sumOf(column.map((value) => (value - middle) ** 2));
    return column.length < 2 ? null : Math.sqrt(squares / (column.length - 1));
  });
  return { values, deviations };
}

/** The epoch, from 1, of the lowest mean validation loss; null before the second. */
function bestEpoch(runs: readonly (readonly Epoch[])[]): number | null {
  const { values } = overRuns(runs.map((history) => valuesOf(history, "val_loss")));
  const finite = values.filter((value) => value !== null);
  return finite.length < 2 ? null : values.indexOf(Math.min(...finite)) + 1;
}

/** The range of the y axis that shows the lines, and whether it cuts some of them off. */
export function rangeOf(
  measure: Measure,
  isLog: boolean,
  lines: readonly Line[],
): { range: [number, number]; isCut: boolean } {
  const curves = lines.flatMap(({ values, singles, ghosts }) => [values, ...singles, ...ghosts]);
  const all = curves.flat().filter((value) => value !== null && (!isLog || value > 0)) as number[];
  // One by one: there may be more than a call takes.
  const least = all.reduce((a, b) => Math.min(a, b), Infinity);
  const most = all.reduce((a, b) => Math.max(a, b), -Infinity);
  if (all.length === 0)
    return { range: measure === "loss" ? [isLog ? 0.001 : 0, 1] : [0.9, 1.005], isCut: false };
  if (measure === "accuracy") {
    const low = Math.max(0, Math.min(least, 0.99) - 0.05 * (1 - least));
    return { range: [low, 1 + 0.04 * (1 - low)], isCut: false };
  }
  if (isLog) return { range: [least / 1.3, most * 1.3], isCut: false };
  // A loss that runs away would press all else to the floor: what lies above ten times the usual first value is cut off.
  const firsts = curves.flatMap((curve) => curve[0] ?? []).sort((a, b) => a - b);
  const limit = 10 * (firsts[(firsts.length - 1) >> 1] ?? Infinity);
  return { range: [0, 1.05 * Math.min(most, limit)], isCut: most > limit };
}

/** The result in words, for those who do not see the chart. */
export function summaryOf(measure: Measure, lines: readonly Line[]): string {
  const title = measure === "loss" ? "Loss" : "Accuracy";
  if (lines.every(({ values }) => values.length === 0))
    return `${title} by epoch: empty until training begins.`;
  const parts = lines.map(({ name, split, values, best, hasDiverged }) => {
    const last = lastPlace(values);
    const at = (epoch: number) => decimal(values[epoch] ?? NaN);
    if (last < 0) return `${name}, ${split}: nothing yet`;
    const turn =
      best !== null && measure === "loss" ? `, lowest ${at(best - 1)} in epoch ${best}` : "";
    return `${name}, ${split}: ${at(0)} at first${turn}, ${at(last)} after epoch ${last + 1}${hasDiverged ? ", then it blew up" : ""}`;
  });
  return `${title} by epoch. ${parts.join("; ")}.`;
}
