// What snapshots say between the ends of epochs: validation loss and mistakes, of the run shown.

import type { Snapshot } from "../../state/snapshots.js";
import type { Curve } from "./curve.js";

export interface Early {
  readonly loss: Curve;
  readonly mistakes: Curve;
  readonly accuracy: Curve;
}

interface Scores {
  readonly loss: number;
  readonly mistakes: number;
}

/** By their log-odds, which stay the same array: a score takes 3,461 exponentials, and is asked for again each frame. */
const known = new WeakMap<Float32Array, Scores>();

/** `snapshots` of one network, ascending, and `classes` of the validation images. */
export function earlyOf(
  snapshots: readonly Snapshot[],
  imagesInEpoch: number,
  classes: Uint8Array,
): Early {
  const scores = snapshots.map((snapshot) => scoresOf(snapshot, classes));
  const x = Float64Array.from(snapshots, ({ imagesSeen }) => imagesSeen / imagesInEpoch);
  const curve = (value: (one: Scores) => number): Curve => ({
    x,
    y: Float64Array.from(scores, value),
  });
  return {
    loss: curve(({ loss }) => loss),
    mistakes: curve(({ mistakes }) => mistakes),
    accuracy: curve(({ mistakes }) => 1 - mistakes / classes.length),
  };
}

function scoresOf({ logOdds, answers }: Snapshot, classes: Uint8Array): Scores {
  const before = known.get(logOdds);
  if (before) return before;
  let [sum, mistakes] = [0, 0];
  for (const [at, odds] of logOdds.entries()) {
    // The loss of an image is −log p, and its log-odds are log(p / (1 − p)).
    sum += Math.log1p(Math.exp(-Math.abs(odds))) + Math.max(-odds, 0);
    if (answers[at] !== classes[at]) mistakes++;
  }
  const scores = { loss: sum / logOdds.length, mistakes };
  known.set(logOdds, scores);
  return scores;
}
