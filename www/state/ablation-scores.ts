// How networks without a part of their custom layers do on the test images.

import { effect, signal } from "@preact/signals";

import type { Test } from "../pkg/mnist_cubic.js";
import type { AblationKeeper } from "./ablation.js";
import type { Answerer } from "./networks.js";
import { isAtEnd, type TestedParts } from "./tested.js";

export interface AblatedState {
  /** The test score without the parts removed now; null if not tested yet, or untestable. Reactive inside a view. */
  test(answerer: Answerer): Test | null;
}

interface AblatedParts extends TestedParts {
  readonly ablation: AblationKeeper;
}

/** Tries what was taken away when nothing is trained; each training begins with whole networks. */
export function openAblated(parts: AblatedParts): AblatedState {
  const { ablation, networks, images, training, pool } = parts;
  /** By whole weights, then by what was taken away; null while it is being tried. */
  const tests = new WeakMap<Float32Array, Map<string, Test | null>>();
  const revision = signal(0);
  const keyOf = () => [...ablation.removed.value].sort().join();

  const tryWithout = async ({ layers, digits, weights }: Answerer): Promise<void> => {
    const key = keyOf();
    if (!weights) return;
    const changed = ablation.applied(layers, digits, weights);
    const known = tests.get(weights) ?? new Map<string, Test | null>();
    if (changed === weights || known.has(key)) return;
    tests.set(weights, known.set(key, null));
    try {
      known.set(key, (await pool.evaluate([...digits], layers, changed)).test);
      revision.value += 1;
    } catch {
      // Its place stays empty.
    }
  };

  effect(() => {
    void images.revision.value;
    if (ablation.removed.value.size === 0 || !isAtEnd(parts)) return;
    for (const answerer of networks.list.value) {
      const isThere = answerer.digits.every((digit) => images.files("test", digit));
      if (isThere) void tryWithout(answerer);
    }
  });
  effect(() => {
    void training.experiment.value;
    ablation.restore();
  });
  return {
    test({ weights }) {
      void revision.value;
      return (weights && tests.get(weights)?.get(keyOf())) ?? null;
    },
  };
}
