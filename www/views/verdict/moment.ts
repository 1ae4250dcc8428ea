// What networks are worth at one moment of the run that is shown.

import type { ByCriterion, Epoch, Value } from "../../pkg/mnist_cubic.js";
import { LEARNED } from "../../state/core-constants.js";
import type { Snapshot } from "../../state/snapshots.js";

/** `classes` are the validation images' right ones, `history` the network's epochs up to the moment. */
export function valuesAt(
  snapshot: Snapshot | null,
  classes: Uint8Array,
  history: readonly Epoch[],
): ByCriterion<Value> {
  return { ...mistakesAt(snapshot, classes), first_epoch: firstEpoch(history) };
}

type Wrong = Pick<ByCriterion<Value>, "mistakes" | "truth">;

const DIVERGED: Wrong = { mistakes: { kind: "diverged" }, truth: { kind: "diverged" } };

function mistakesAt(snapshot: Snapshot | null, classes: Uint8Array): Wrong {
  if (!snapshot) return { mistakes: { kind: "not_yet" }, truth: { kind: "not_yet" } };
  const { epoch, logOdds, answers } = snapshot;
  if (epoch && !(Number.isFinite(epoch.loss) && Number.isFinite(epoch.val_loss))) return DIVERGED;
  if (logOdds.some(Number.isNaN)) return DIVERGED;
  if (epoch) return wrong(epoch.mistakes.count, epoch.mistakes.truth);
  const left = logOdds.filter((_, at) => answers[at] !== classes[at]).sort();
  return wrong(left.length, left.length > 0 ? 1 / (1 + Math.exp(-median(left))) : null);
}

/** Of numbers that are sorted. */
function median(sorted: Float32Array): number {
  const middle = sorted.length / 2;
  const [below = NaN, above = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (below + above) / 2;
}

function wrong(count: number, truth: number | null): Wrong {
  return {
    mistakes: { kind: "measured", value: count },
    truth: truth === null ? { kind: "no_mistakes" } : { kind: "measured", value: truth },
  };
}

function firstEpoch(history: readonly Epoch[]): Value {
  const at = history.findIndex(
    ({ val_loss, val_accuracy }) => Number.isFinite(val_loss) && val_accuracy >= LEARNED,
  );
  return at < 0 ? { kind: "not_reached" } : { kind: "measured", value: at + 1 };
}
