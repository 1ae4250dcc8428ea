import type { ReadonlySignal } from "@preact/signals";

/** Makes the view, effect or computed value that calls it follow these signals, whatever they say. */
export function follow(...signals: readonly ReadonlySignal[]): void {
  signals.forEach((one) => one.value as unknown);
}
