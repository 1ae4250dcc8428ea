// What the networks make of each test image: the ready-made ones before a training, and those of its end.

import { effect, type ReadonlySignal, signal } from "@preact/signals";

import type { ImagesState } from "./images.js";
import type { NetworksState } from "./networks.js";
import type { Evaluated, Pool } from "./pool/pool.js";
import type { SnapshotsState } from "./snapshots.js";
import type { TrainingState } from "./training.js";

export interface TestedState {
  /** By the weights that were tried. What is not here was not tried yet, or cannot be. */
  readonly results: ReadonlySignal<ReadonlyMap<Float32Array, Evaluated>>;
}

export interface TestedParts {
  readonly networks: Pick<NetworksState, "list">;
  readonly images: Pick<ImagesState, "files" | "revision">;
  readonly snapshots: Pick<SnapshotsState, "moments" | "shown">;
  readonly training: Pick<TrainingState, "phase" | "experiment">;
  readonly pool: Pick<Pool, "evaluate">;
}

/** Evaluates the current networks on the test images, while nothing trains and the playhead is at the end. */
export function openTested(parts: TestedParts): TestedState {
  const { networks, images, pool } = parts;
  const results = signal<ReadonlyMap<Float32Array, Evaluated>>(new Map());
  const asked = new WeakSet<Float32Array>();

  const test = async (digits: readonly number[], layers: string, weights: Float32Array) => {
    asked.add(weights);
    try {
      const evaluated = await pool.evaluate([...digits], layers, weights);
      const current = new Set(networks.list.peek().map((one) => one.weights));
      // Of weights that nobody answers with any more, nothing is kept.
      const kept = [...results.peek()].filter(([its]) => current.has(its));
      results.value = new Map(current.has(weights) ? [...kept, [weights, evaluated]] : kept);
    } catch {
      // Their place stays empty.
    }
  };

  effect(() => {
    void images.revision.value;
    if (!isAtEnd(parts)) return;
    for (const { digits, layers, weights } of networks.list.value) {
      if (!weights || asked.has(weights)) continue;
      const isThere = digits.every((digit) => images.files("test", digit));
      const isSound = weights.every(Number.isFinite);
      if (isThere && isSound) void test(digits, layers, weights);
    }
  });
  return { results };
}

/** Whether nothing trains, and the playhead is at the end. */
export function isAtEnd({ training, snapshots }: Pick<TestedParts, "training" | "snapshots">) {
  const { type } = training.phase.value;
  if (type === "waiting" || type === "training" || type === "paused") return false;
  if (!training.experiment.value) return true;
  return snapshots.shown.value === (snapshots.moments.value.at(-1) ?? null);
}
