// Ablation: the custom layers without one of their parts, or without both.

import { type ReadonlySignal, signal } from "@preact/signals";

import type { CustomPart, Study } from "../pkg/mnist_cubic.js";

export interface Ablation {
  /** The parts that are taken away, of every custom layer of every network. */
  readonly removed: ReadonlySignal<ReadonlySet<CustomPart>>;
  /** Takes a part away, or puts it back. */
  toggle(part: CustomPart): void;
}

export interface AblationKeeper extends Ablation {
  /** Puts all back. */
  restore(): void;
  /** The weights without the parts that are taken away. Reactive inside an effect. */
  applied(layers: string, digits: readonly number[], weights: Float32Array): Float32Array;
}

export function keepAblation(study: Study): AblationKeeper {
  const removed = signal<ReadonlySet<CustomPart>>(new Set());
  const custom = study.layer_words().filter(({ family }) => family === "custom");
  const words = new Set(custom.map(({ word }) => word));
  const hasCustom = (layers: string): boolean =>
    layers.split(",").some((layer) => words.has(layer.replace(/\d+$/, "")));
  return {
    removed,
    toggle(part) {
      const others = new Set(removed.peek());
      if (!others.delete(part)) others.add(part);
      removed.value = others;
    },
    restore() {
      if (removed.peek().size > 0) removed.value = new Set();
    },
    applied(layers, digits, weights) {
      if (!hasCustom(layers)) return weights;
      const without = (its: Float32Array, part: CustomPart): Float32Array =>
        study.without(layers, new Uint8Array(digits), its, part);
      return [...removed.value].reduce(without, weights);
    },
  };
}
