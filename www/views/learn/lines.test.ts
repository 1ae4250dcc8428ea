import { expect, test } from "vitest";

import type { HistoryColumns } from "../../pkg/mnist_cubic.js";
import { imagesAxis, valueAxis } from "./axes.js";
import { earlyOf } from "./between-epochs.js";
import { byEpoch, thinned, valueAt } from "./curve.js";
import type { Histories } from "./histories.js";
import { linesOf, momentsOf, overlayLinesOf, summaryOf, type Line } from "./lines.js";
import { keyTarget, nearest } from "./moments.js";

const historyOf = (losses: readonly number[]): HistoryColumns => ({
  loss: Float64Array.from(losses, (loss) => loss / 2),
  accuracy: Float64Array.from(losses, () => 0.9),
  val_loss: Float64Array.from(losses),
  val_accuracy: Float64Array.from(losses, () => 0.95),
  mistakes: Uint32Array.from(losses, () => 3),
});
const historiesOf = (...runs: number[][]): Histories => ({
  names: ["custom"],
  epochs: 5,
  imagesInEpoch: 640,
  batchSize: 32,
  validationImages: 160,
  runs: runs.map((losses) => [historyOf(losses)]),
  early: [null],
  reference: [null],
  overfitsSince: [null],
  isFinished: true,
  overlays: [],
});
const all = new Set<string>();
const values = (line: Line | undefined) => [...(line?.curve.y ?? [])];

test("one run is drawn as it is, with its best epoch when it has ended", () => {
  const histories = historiesOf([0.4, 0.2, 0.3]);
  const [validation, training] = linesOf("loss", histories, all);
  expect(values(validation)).toEqual([0.4, 0.2, 0.3]);
  expect(validation).toMatchObject({ best: 2, singles: [], hasDiverged: false, overfits: false });
  expect(values(training)).toEqual([0.2, 0.1, 0.15]);
  expect(training?.best).toBeNull();
  expect(linesOf("loss", { ...histories, isFinished: false }, all)[0]?.best).toBeNull();
  const overfitting = { ...histories, isFinished: false, overfitsSince: [2] };
  expect(linesOf("loss", overfitting, all)[0]).toMatchObject({ best: 2, overfits: true });
});

test("several runs are drawn as a mean with a band", () => {
  const [line] = linesOf("loss", historiesOf([0.4, 0.2], [0.2]), all);
  expect(values(line)[0]).toBeCloseTo(0.3);
  const upper = line?.band?.[0].y ?? [];
  expect(upper[0]).toBeCloseTo(0.3 + Math.SQRT2 / 10);
  expect([values(line)[1], upper[1]]).toEqual([0.2, NaN]);
  expect(line?.singles).toHaveLength(2);
});

test("before a training there are the ten runs made before", () => {
  const reference = [[historyOf([0.4, 0.3, 0.2, 0.1, 0.1, 0.1]), historyOf([0.2, 0.1])]];
  const [line] = linesOf("loss", { ...historiesOf(), reference }, all);
  expect(line).toMatchObject({ isReference: true });
  expect(line?.ghosts.map(({ x }) => x.length)).toEqual([5, 2]);
  expect(values(line)[0]).toBeCloseTo(0.3);
  const hidden = linesOf("loss", { ...historiesOf(), reference }, new Set(["ten runs"]));
  expect(hidden[0]?.ghosts).toEqual([]);
});

test("what blew up ends", () => {
  const [line] = linesOf("loss", historiesOf([0.4, NaN]), all);
  expect(values(line)).toEqual([0.4, NaN]);
  expect(line).toMatchObject({ hasDiverged: true, best: null });
  expect(summaryOf("loss", line ? [line] : [])).toBe(
    "Loss by epoch. custom, validation: 0.4000 at first, 0.4000 after epoch 1, then it blew up.",
  );
});

test("what is hidden is not drawn, and mistakes are of validation only", () => {
  const splits = (measure: "accuracy" | "mistakes", hidden: string[]) =>
    linesOf(measure, historiesOf([0.4]), new Set(hidden)).map(({ split }) => split);
  expect(splits("accuracy", [])).toEqual(["validation", "training"]);
  expect(splits("accuracy", ["training"])).toEqual(["validation"]);
  expect(splits("mistakes", [])).toEqual(["validation"]);
  expect(splits("mistakes", ["custom"])).toEqual([]);
});

test("a loss that runs away is cut off, but not on a log scale", () => {
  const lines = linesOf("loss", historiesOf([1, 200]), all);
  expect(valueAxis("loss", false, lines, 1).isCut).toBe(true);
  expect(valueAxis("loss", true, lines, 1).isCut).toBe(false);
});

test("a log axis that begins just below a power of ten is marked all the same", () => {
  const [line] = linesOf("loss", historiesOf([0.0999 * 1.3, 0.2]), all);
  const { axis } = valueAxis("loss", true, line ? [line] : [], 1);
  expect(axis.ticks.map(({ text }) => text)).toEqual(["0.1", "0.2"]);
  expect(imagesAxis(5, 640, 32).ticks.map(({ text }) => text)).toEqual(["0", "100", "1,000"]);
});

test("snapshots between epochs have loss and mistakes", () => {
  const half = Math.log(0.25 / 0.75);
  const snapshot = {
    imagesSeen: 160,
    epoch: null,
    logOdds: Float32Array.of(0, half, 200),
    answers: Uint8Array.of(0, 1, 1),
  };
  const { loss, mistakes, accuracy } = earlyOf([snapshot], 640, Uint8Array.of(0, 0, 1));
  expect([...loss.x]).toEqual([0.25]);
  expect(loss.y[0]).toBeCloseTo((Math.log(2) + Math.log(4)) / 3);
  expect(mistakes.y[0]).toBe(1);
  expect(accuracy.y[0]).toBeCloseTo(2 / 3);
  const histories = { ...historiesOf([0.4]), early: [{ loss, mistakes, accuracy }] };
  const lines = linesOf("mistakes", histories, all);
  expect(values(lines[0])).toEqual([1, 3]);
  expect(momentsOf(lines, true)).toEqual([1]);
  expect(momentsOf(lines, false)).toEqual([0.25, 1]);
});

test("a thinned curve keeps its first, last, least and greatest points", () => {
  const y = Float64Array.from({ length: 10_000 }, (_, at) => Math.sin(at / 7) + at / 1e4);
  y[4321] = 9;
  y[8765] = -9;
  for (const most of [60, 61, 500]) {
    const { x, y: kept } = thinned(byEpoch(y), most);
    expect(x.length).toBeLessThanOrEqual(most);
    expect([x[0], x.at(-1)]).toEqual([1, 10_000]);
    expect([Math.max(...kept), Math.min(...kept)]).toEqual([9, -9]);
    expect([...x]).toEqual([...x].sort((a, b) => a - b));
    expect(valueAt({ x, y: kept }, 4322)).toBe(9);
  }
  const short = byEpoch(y.subarray(0, 60));
  expect(thinned(short, 60)).toBe(short);
});

test("keys move among moments, from the one that is shown", () => {
  const moments = Array.from({ length: 40 }, (_, at) => at + 1);
  expect(keyTarget("ArrowLeft", 7, moments)).toBe(6);
  expect(keyTarget("ArrowLeft", null, moments)).toBe(39);
  expect(keyTarget("ArrowRight", 40, moments)).toBe(40);
  expect(keyTarget("PageUp", 3, moments)).toBe(13);
  expect(keyTarget("Home", 3, moments)).toBe(1);
  expect(keyTarget("End", 3, moments)).toBe(40);
  expect(keyTarget("Tab", 3, moments)).toBeNull();
  expect(keyTarget("Home", null, [])).toBeNull();
  expect(nearest([0, 0.1, 1, 5], 2.9)).toBe(1);
});

test("an earlier experiment is drawn as the mean of its runs, as far as the epochs go", () => {
  const run = (losses: number[]) => [historyOf(losses)];
  const runs = [run([0.4, 0.2, 0.3, 0.3, 0.3, 0.9]), run([0.2, 0.2, 0.1, 0.1, 0.1, 0.1])];
  const overlays = [{ number: 7, names: ["wide"], runs }];
  const [overlay, ...others] = overlayLinesOf("loss", { overlays, epochs: 5 });
  expect(others).toEqual([]);
  expect(overlay?.name).toBe("7 wide");
  expect(overlay?.curve.y.length).toBe(5);
  [0.3, 0.2, 0.2, 0.2, 0.2].forEach((mean, at) => expect(overlay?.curve.y[at]).toBeCloseTo(mean));
  const lines = linesOf("loss", historiesOf([0.1, 0.1]), all);
  const alone = valueAxis("loss", false, lines, 1).axis.max;
  const both = valueAxis("loss", false, lines, 1, overlay ? [overlay.curve] : []).axis.max;
  expect(both).toBeGreaterThan(alone);
  expect(summaryOf("loss", lines, overlay ? [overlay] : [])).toMatch(
    /earlier experiments: 7 wide: 0\.2000 after epoch 5/,
  );
});
