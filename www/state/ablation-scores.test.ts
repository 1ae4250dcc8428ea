import { signal } from "@preact/signals";
import { expect, test, vi } from "vitest";

import type { CustomPart } from "../pkg/mnist_cubic.js";
import type { AblationKeeper } from "./ablation.js";
import { openAblated } from "./ablation-scores.js";
import type { Answerer } from "./networks.js";
import type { Phase } from "./phase.js";
import type { Experiment } from "./plan.js";
import type { Evaluated } from "./pool/pool.js";

const READY: Phase = { type: "ready" };
const WHOLE = new Float32Array([1, 2]);
const ANSWERER: Answerer = {
  slot: 0,
  name: "custom",
  layers: "cubic2",
  origin: { type: "ready-made" },
  digits: [0, 2],
  weights: WHOLE,
};

function opened() {
  const removed = signal<ReadonlySet<CustomPart>>(new Set());
  const ablation: AblationKeeper = {
    removed,
    toggle: (part) => void (removed.value = new Set([part])),
    restore: () => void (removed.value = new Set()),
    applied: (_layers, _digits, weights) =>
      removed.value.size > 0 ? new Float32Array([0, 2]) : weights,
  };
  const phase = signal<Phase>(READY);
  const experiment = signal<Experiment | null>(null);
  const evaluated = { test: { mistakes: { count: 7 } } } as Evaluated;
  const evaluate = vi.fn(() => Promise.resolve(evaluated));
  const images = { revision: signal(1), files: () => ({}) as never };
  const ablated = openAblated({
    ablation,
    networks: { list: signal([ANSWERER]) },
    images,
    snapshots: { moments: signal([]), shown: signal(null) },
    training: { phase, experiment },
    pool: { evaluate },
  });
  return { ablation, ablated, phase, experiment, evaluate };
}

test("only what lacks a part is tried, and once", async () => {
  const { ablation, ablated, evaluate } = opened();
  expect(evaluate).not.toHaveBeenCalled();
  ablation.toggle("function");
  await vi.waitFor(() => expect(ablated.test(ANSWERER)?.mistakes.count).toBe(7));
  expect(evaluate).toHaveBeenCalledWith([0, 2], "cubic2", new Float32Array([0, 2]));
  ablation.restore();
  expect(ablated.test(ANSWERER)).toBeNull();
  ablation.toggle("function");
  expect(ablated.test(ANSWERER)?.mistakes.count).toBe(7);
  expect(evaluate).toHaveBeenCalledTimes(1);
});

test("nothing is tried while networks train, and a training begins with whole ones", () => {
  const { ablation, phase, experiment, evaluate } = opened();
  const its = {} as Experiment;
  phase.value = { type: "training", experiment: its };
  ablation.toggle("linear");
  expect(evaluate).not.toHaveBeenCalled();
  experiment.value = its;
  expect(ablation.removed.value.size).toBe(0);
});
