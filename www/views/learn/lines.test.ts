import { expect, test } from "vitest";

import type { Epoch } from "../../pkg/mnist_cubic.js";
import { keyTarget } from "./chart.js";
import type { Histories } from "./histories.js";
import { linesOf, rangeOf, summaryOf } from "./lines.js";

const epoch = (val_loss: number): Epoch => ({
  loss: val_loss / 2,
  accuracy: 0.9,
  val_loss,
  val_accuracy: 0.95,
  mistakes: { count: 3, truth: null, loss_share: null },
});
const historiesOf = (...runs: number[][]): Histories => ({
  names: ["custom"],
  epochs: 5,
  imagesInEpoch: 10,
  runs: runs.map((losses) => [losses.map(epoch)]),
  reference: [null],
});
const all = new Set<string>();

test("one run is drawn as it is, with its best epoch", () => {
  const [validation, training] = linesOf("loss", historiesOf([0.4, 0.2, 0.3]), all);
  expect(validation).toMatchObject({
    values: [0.4, 0.2, 0.3],
    best: 2,
    singles: [],
    hasDiverged: false,
  });
  expect(training).toMatchObject({ values: [0.2, 0.1, 0.15], best: null });
});

test("several runs are drawn as a mean with a band", () => {
  const [line] = linesOf("loss", historiesOf([0.4, 0.2], [0.2]), all);
  expect(line?.values[0]).toBeCloseTo(0.3);
  expect(line?.deviations[0]).toBeCloseTo(Math.SQRT2 / 10);
  expect([line?.values[1], line?.deviations[1]]).toEqual([0.2, null]);
  expect(line?.singles).toHaveLength(2);
});

test("what blew up ends", () => {
  const [line] = linesOf("loss", historiesOf([0.4, NaN]), all);
  expect(line).toMatchObject({ values: [0.4, null], hasDiverged: true, best: null });
  expect(summaryOf("loss", line ? [line] : [])).toBe(
    "Loss by epoch. custom, validation: 0.4000 at first, 0.4000 after epoch 1, then it blew up.",
  );
});

test("what is hidden is not drawn", () => {
  const lines = linesOf("accuracy", historiesOf([0.4]), new Set(["training"]));
  expect(lines.map(({ split }) => split)).toEqual(["validation"]);
});

test("a loss that runs away is cut off", () => {
  expect(rangeOf("loss", false, linesOf("loss", historiesOf([1, 200]), all))).toMatchObject({
    isCut: true,
  });
  expect(rangeOf("loss", true, linesOf("loss", historiesOf([1, 200]), all)).isCut).toBe(false);
});

test("keys move from the last epoch, which is what is read before", () => {
  expect(keyTarget("ArrowLeft", null, 40)).toBe(39);
  expect(keyTarget("ArrowRight", null, 40)).toBe(40);
  expect(keyTarget("PageUp", 3, 40)).toBe(13);
  expect(keyTarget("Home", 3, 40)).toBe(1);
  expect(keyTarget("Tab", 3, 40)).toBeNull();
});
