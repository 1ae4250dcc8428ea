import { expect, test } from "vitest";

import type { Epoch } from "../../pkg/mnist_cubic.js";
import { valuesAt } from "./moment.js";
import { placeOf } from "./scale.js";

const CLASSES = Uint8Array.of(0, 1, 2, 0);

function snapshot(answers: number[], logOdds: number[], epoch: Epoch | null = null) {
  return {
    imagesSeen: 64,
    epoch,
    answers: Uint8Array.from(answers),
    logOdds: Float32Array.from(logOdds),
  };
}

const epochOf = (val_accuracy: number, val_loss = 0.1): Epoch => ({
  loss: 0.1,
  accuracy: 0.9,
  val_loss,
  val_accuracy,
  mistakes: { count: 7, truth: 0.25, loss_share: 0.9 },
});

test("within an epoch, mistakes are what was answered wrongly, and the truth's chance is their median", () => {
  // The third is right, though no class has half of the chances.
  const two = snapshot([1, 1, 2, 2], [Math.log(1 / 3), 5, -0.1, Math.log(1 / 3)]);
  const { mistakes, truth, first_epoch } = valuesAt(two, CLASSES, []);
  expect(mistakes).toEqual({ kind: "measured", value: 2 });
  expect(truth).toEqual({ kind: "measured", value: expect.closeTo(0.25, 6) as number });
  expect(first_epoch).toEqual({ kind: "not_reached" });
  const none = valuesAt(snapshot([0, 1, 2, 0], [1, 1, 1, 1]), CLASSES, []);
  expect(none.mistakes).toEqual({ kind: "measured", value: 0 });
  expect(none.truth).toEqual({ kind: "no_mistakes" });
});

test("at an epoch's end they are the epoch's", () => {
  const history = [epochOf(0.97), epochOf(0.98), epochOf(0.99)];
  const end = valuesAt(snapshot([0, 1, 2, 0], [1, 1, 1, 1], history[2]), CLASSES, history);
  expect(end).toEqual({
    mistakes: { kind: "measured", value: 7 },
    truth: { kind: "measured", value: 0.25 },
    first_epoch: { kind: "measured", value: 2 },
  });
});

test("a network that diverged has none", () => {
  const diverged = { kind: "diverged" };
  expect(valuesAt(snapshot([0, 0, 0, 0], [NaN, NaN, NaN, NaN]), CLASSES, [])).toMatchObject({
    mistakes: diverged,
    truth: diverged,
  });
  const end = snapshot([0, 1, 2, 0], [1, 1, 1, 1], epochOf(0.3, NaN));
  expect(valuesAt(end, CLASSES, [epochOf(0.3, NaN)]).mistakes).toEqual(diverged);
  expect(valuesAt(null, CLASSES, []).truth).toEqual({ kind: "not_yet" });
});

test("chances and mistakes stand by their ratios, epochs by their differences", () => {
  const measured = (value: number) => ({ kind: "measured", value }) as const;
  expect(placeOf("mistakes", measured(40), [10, 160])).toBeCloseTo(0.5);
  expect(placeOf("truth", measured(1e-3), [1e-5, 0.1])).toBeCloseTo(0.5);
  expect(placeOf("first_epoch", measured(4), [1, 7])).toBeCloseTo(0.5);
  expect(placeOf("mistakes", measured(0), [10, 160])).toBeLessThan(0);
  expect(placeOf("first_epoch", { kind: "not_reached" }, [1, 7])).toBeGreaterThan(1);
  expect(placeOf("truth", { kind: "no_mistakes" }, [1e-5, 0.1])).toBeNull();
});
