// The lines of a chart, from histories.

import type { HistoryColumns } from "../../pkg/mnist_cubic.js";
import { WHERE_IT_MEMORISES } from "../../words/diagnosis.js";
import { decimal, thousands } from "../numbers.js";
import {
  byEpoch,
  lastPlace,
  merged,
  NO_CURVE,
  thinned,
  upTo,
  valueAt,
  type Curve,
} from "./curve.js";
import type { Histories } from "./histories.js";

export const METRICS = ["loss", "accuracy", "val_loss", "val_accuracy"] as const;
export type Metric = (typeof METRICS)[number];
export type Measure = "loss" | "mistakes" | "accuracy";
export type Split = "validation" | "training";

/** Where a measure stands in a history; nobody counts mistakes on the training digits. */
const COLUMNS: Readonly<Record<Measure, Partial<Record<Split, keyof HistoryColumns>>>> = {
  loss: { validation: "val_loss", training: "loss" },
  mistakes: { validation: "mistakes" },
  accuracy: { validation: "val_accuracy", training: "accuracy" },
};
export const SPLITS: readonly Split[] = ["validation", "training"];
/** What can be hidden beside networks. */
export const TRAINING = "training";
export const GHOSTS = "ten runs";

/** Points drawn: of all thin lines together, and limits for each. */
const THIN_POINTS = 12_000;
const MOST_POINTS = 500;
const LEAST_POINTS = 60;

export interface Line {
  readonly name: string;
  /** The network's place in the experiment. */
  readonly network: number;
  readonly split: Split;
  /**
   * The only run, or the mean of those that have the epoch; before the first epoch's end, the run shown; before there
   * is a run, the mean of the ten made before.
   */
  readonly curve: Curve;
  readonly isReference: boolean;
  /** Over several runs, the mean plus and less the standard deviation; NaN where fewer than two have the epoch. */
  readonly band: readonly [upper: Curve, lower: Curve] | null;
  /** Several runs, one by one. */
  readonly singles: readonly Curve[];
  /** Ten runs made before. */
  readonly ghosts: readonly Curve[];
  readonly hasDiverged: boolean;
  /** The epoch of the lowest validation loss, where it is worth a mark; of validation lines only. */
  readonly best: number | null;
  /** Whether it overfits since then. */
  readonly overfits: boolean;
}

/** A network of an earlier experiment, drawn beside the lines. */
export interface OverlayLine {
  /** The number of the experiment in the log, and the network's name. */
  readonly name: string;
  /** The network's place in that experiment. */
  readonly network: number;
  /** On validation digits; the mean over its runs. */
  readonly curve: Curve;
}

/** As far as the epochs of the shown experiment go. */
export function overlayLinesOf(
  measure: Measure,
  { overlays, epochs }: Pick<Histories, "overlays" | "epochs">,
): OverlayLine[] {
  const column = COLUMNS[measure].validation;
  if (!column) return [];
  return overlays.flatMap(({ number, names, runs }) =>
    names.map((name, network) => {
      const its = runs.flatMap((run) => run[network] ?? []);
      const { mean } = overRuns(its.map((history) => columnOf(history, column)));
      return { name: `${number} ${name}`, network, curve: upTo(byEpoch(mean), epochs) };
    }),
  );
}

/** The lines of what is not hidden. */
export function linesOf(
  measure: Measure,
  histories: Histories,
  hidden: ReadonlySet<string>,
): Line[] {
  return histories.names.flatMap((name, network) =>
    hidden.has(name)
      ? []
      : SPLITS.flatMap((split) => lineOf(measure, split, network, histories, hidden) ?? []),
  );
}

function lineOf(
  measure: Measure,
  split: Split,
  network: number,
  histories: Histories,
  hidden: ReadonlySet<string>,
): Line | null {
  const column = COLUMNS[measure][split];
  if (!column || (split === "training" && hidden.has(TRAINING))) return null;
  const { names, runs, reference, epochs } = histories;
  const own = runs.flatMap((run) => run[network] ?? []);
  const its = own.map((history) => columnOf(history, column));
  const ten = (reference[network] ?? []).map((history) => byEpoch(columnOf(history, column)));
  const ghosts = ten.map((ghost) => upTo(ghost, epochs));
  const isReference = runs.length === 0;
  const { mean, deviations } = overRuns(isReference ? ghosts.map(({ y }) => y) : its);
  const early = (split === "validation" && histories.early[network]?.[measure]) || NO_CURVE;
  const only = byEpoch(mean);
  const points = Math.min(
    MOST_POINTS,
    Math.max(LEAST_POINTS, Math.floor(THIN_POINTS / (its.length * names.length * 2))),
  );
  const since = histories.overfitsSince[network] ?? null;
  const low = () => since ?? (histories.isFinished ? bestEpoch(own) : null);
  return {
    name: names[network] ?? "",
    network,
    split,
    curve: merged(its.length > 1 ? upTo(early, 1) : early, only),
    isReference,
    band: its.length > 1 ? bandOf(only, deviations) : null,
    singles: its.length > 1 ? its.map((values) => thinned(byEpoch(values), points)) : [],
    ghosts: split === "validation" && !hidden.has(GHOSTS) ? ghosts : [],
    hasDiverged: own.some(({ val_loss }) => val_loss.some((loss) => !Number.isFinite(loss))),
    best: split === "validation" ? low() : null,
    overfits: since !== null,
  };
}

/** A column as far as it can be drawn: the epoch in which a network blew up has no values. */
function columnOf(history: HistoryColumns, column: keyof HistoryColumns): Float64Array {
  const values = Float64Array.from(history[column]);
  for (let at = 0; at < values.length; at++)
    if (!Number.isFinite(history.val_loss[at]) || !Number.isFinite(values[at])) values[at] = NaN;
  return values;
}

/** Mean and standard deviation at each epoch, over the runs that have it. */
function overRuns(runs: readonly Float64Array[]): { mean: Float64Array; deviations: Float64Array } {
  const epochs = Math.max(0, ...runs.map(({ length }) => length));
  const mean = new Float64Array(epochs).fill(NaN);
  const deviations = new Float64Array(epochs).fill(NaN);
  for (let at = 0; at < epochs; at++) {
    let [count, sum, squares] = [0, 0, 0];
    for (const run of runs) {
      const value = run[at] ?? NaN;
      if (Number.isNaN(value)) continue;
      count++;
      sum += value;
    }
    if (count === 0) continue;
    const middle = sum / count;
    mean[at] = middle;
    if (count < 2) continue;
    for (const run of runs) {
      const value = run[at] ?? NaN;
      if (!Number.isNaN(value)) squares += (value - middle) ** 2;
    }
    deviations[at] = Math.sqrt(squares / (count - 1));
  }
  return { mean, deviations };
}

function bandOf({ x, y }: Curve, deviations: Float64Array): [Curve, Curve] {
  const at = (sign: number) => y.map((value, place) => value + sign * (deviations[place] ?? NaN));
  return [
    { x, y: at(1) },
    { x, y: at(-1) },
  ];
}

/** The epoch of the lowest mean validation loss; null where that is the last, or there are no two. */
function bestEpoch(runs: readonly HistoryColumns[]): number | null {
  const { mean } = overRuns(runs.map((history) => columnOf(history, "val_loss")));
  let best = -1;
  let last = -1;
  for (const [at, value] of mean.entries()) {
    if (Number.isNaN(value)) continue;
    last = at;
    if (best < 0 || value < (mean[best] ?? NaN)) best = at;
  }
  return best === last ? null : best + 1;
}

/** The moments that can be read, in epochs, ascending: each of the first so many epochs, and what is kept between them. */
export function momentsOf(lines: readonly Line[], isByEpoch: boolean): readonly number[] {
  const all = new Set<number>();
  for (const { curve } of lines) {
    const last = lastPlace(curve);
    curve.x.subarray(0, last + 1).forEach((at) => {
      if (!isByEpoch || Number.isInteger(at)) all.add(at);
    });
  }
  if (isByEpoch) all.delete(0);
  return [...all].sort((a, b) => a - b);
}

/** A value as it is read; `isMean` where it need not be whole. */
export function valueText(measure: Measure, value: number, isMean = false): string {
  if (measure !== "mistakes") return decimal(value);
  return isMean ? value.toFixed(1) : thousands(value);
}

const TITLES: Readonly<Record<Measure, string>> = {
  loss: "Loss",
  mistakes: "Mistakes",
  accuracy: "Accuracy",
};

/** The result in words, for those who do not see the chart. */
export function summaryOf(
  measure: Measure,
  lines: readonly Line[],
  overlays: readonly OverlayLine[] = [],
): string {
  const title = `${TITLES[measure]} by epoch`;
  const drawn = overlays.map(({ name, curve }) => {
    const last = curve.x[lastPlace(curve)];
    const value = last === undefined ? NaN : (valueAt(curve, last) ?? NaN);
    return `${name}: ${valueText(measure, value, true)} after epoch ${last ?? 0}`;
  });
  const dashed = drawn.length > 0 ? ` Dashed, of earlier experiments: ${drawn.join("; ")}.` : "";
  if (lines.every(({ curve }) => lastPlace(curve) < 0))
    return `${title}: empty until training begins.${dashed}`;
  const before = lines.some(({ isReference }) => isReference)
    ? ", the means of ten runs made before"
    : "";
  const parts = lines.map(
    ({ name, split, curve, band, best, overfits, hasDiverged, isReference }) => {
      const isMean = band !== null || isReference;
      const at = (epoch: number) => valueText(measure, valueAt(curve, epoch) ?? NaN, isMean);
      const last = curve.x[lastPlace(curve)];
      const blewUp = hasDiverged ? "it blew up" : "";
      if (last === undefined) return `${name}, ${split}: ${blewUp || "nothing yet"}`;
      const low =
        best !== null && measure === "loss" ? `, lowest ${at(best)} in epoch ${best}` : "";
      const turn = low && overfits ? `${low}, ${WHERE_IT_MEMORISES}` : low;
      const [first, where] = last < 1 ? [curve.x[0] ?? 0, "so far"] : [1, `after epoch ${last}`];
      return `${name}, ${split}: ${at(first)} at first${turn}, ${at(last)} ${where}${blewUp && `, then ${blewUp}`}`;
    },
  );
  return `${title}${before}. ${parts.join("; ")}.${dashed}`;
}
