import { signal } from "@preact/signals";
import { expect, test, vi } from "vitest";

import type { Answerer } from "./networks.js";
import type { Phase } from "./phase.js";
import type { Experiment } from "./plan.js";
import type { Evaluated } from "./pool/pool.js";
import { openTested } from "./tested.js";

const EVALUATED = { answers: new Uint8Array([1]) } as Evaluated;

/** A network that answers with these weights. */
function answerer(weights: Float32Array | null): Answerer {
  const origin = { type: "ready-made" } as const;
  return { slot: 0, name: "a", layers: "relu10", digits: [0, 2], origin, weights };
}

function open(weights: Float32Array | null) {
  const list = signal<readonly Answerer[]>([answerer(weights)]);
  const revision = signal(0);
  let isThere = true;
  const files = () => (isThere ? ({} as never) : null);
  const phase = signal<Phase>({ type: "ready" });
  const experiment = signal<Experiment | null>(null);
  const moments = signal<readonly number[]>([]);
  const shown = signal<number | null>(null);
  const evaluate = vi.fn(() => Promise.resolve(EVALUATED));
  const tested = openTested({
    networks: { list },
    images: { files, revision },
    snapshots: { moments, shown },
    training: { phase, experiment },
    pool: { evaluate },
  });
  const setThere = (its: boolean): void => void (isThere = its);
  return { list, revision, setThere, phase, experiment, moments, shown, evaluate, tested };
}

test("tries each weights once, when their images are there", async () => {
  const weights = new Float32Array([1]);
  const { list, revision, setThere, evaluate, tested } = open(null);
  setThere(false);
  list.value = [answerer(weights)];
  expect(evaluate).not.toHaveBeenCalled();
  setThere(true);
  revision.value += 1;
  revision.value += 1;
  await Promise.resolve();
  expect(evaluate).toHaveBeenCalledTimes(1);
  expect(tested.results.value.get(weights)).toBe(EVALUATED);
});

test("leaves a training alone, and the past", () => {
  const { list, phase, experiment, moments, shown, evaluate } = open(null);
  const begun = {} as Experiment;
  phase.value = { type: "training", experiment: begun };
  experiment.value = begun;
  moments.value = [0, 32, 64];
  shown.value = 64;
  list.value = [answerer(new Float32Array([1]))];
  expect(evaluate).not.toHaveBeenCalled();
  shown.value = 32;
  phase.value = { type: "finished", experiment: begun, stoppedAfter: null };
  list.value = [answerer(new Float32Array([2]))];
  expect(evaluate).not.toHaveBeenCalled();
  shown.value = 64;
  expect(evaluate).toHaveBeenCalledTimes(1);
});

test("a network that diverged is not tried", () => {
  expect(open(new Float32Array([1, NaN])).evaluate).not.toHaveBeenCalled();
});

test("forgets weights that nobody answers with any more", async () => {
  const [before, after] = [new Float32Array([1]), new Float32Array([2])];
  const { list, tested } = open(before);
  await Promise.resolve();
  list.value = [answerer(after)];
  await Promise.resolve();
  expect([...tested.results.value.keys()]).toEqual([after]);
});
