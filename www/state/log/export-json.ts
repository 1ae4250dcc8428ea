// All experiments as one file of JSON, their histories in Keras's form.

import type { Columns } from "./entry.js";
import type { Overlay } from "./log.js";

const METRICS = ["loss", "accuracy", "val_loss", "val_accuracy"] as const;

export function exported(all: readonly Overlay[]): string {
  const experiments = all.map(({ entry, contents }) => ({
    number: entry.number,
    ended: new Date(entry.id).toISOString(),
    settings: entry.hash,
    networks: Object.fromEntries(entry.networks.map(({ name, layers }) => [name, layers])),
    epoch: entry.epoch,
    stopped: entry.isStopped,
    validation_images: entry.validationImages,
    findings: byName(entry.networks, (place) => entry.values[place]),
    runs: contents.runs.flatMap((run, at) =>
      run.every(({ loss }) => loss.length === 0)
        ? [] // dropped out
        : [
            {
              seed: entry.seeds[at],
              histories: byName(entry.networks, (place) => historyOf(run[place])),
            },
          ],
    ),
  }));
  // What is not a number becomes null: JSON has no word for it.
  return `${JSON.stringify({ experiments }, null, 1)}\n`;
}

function byName<T>(networks: readonly { name: string }[], of: (place: number) => T) {
  return Object.fromEntries(networks.map(({ name }, place) => [name, of(place)]));
}

function historyOf(columns: Columns | undefined): Record<string, number[]> {
  if (!columns) return {};
  const metrics = METRICS.map((metric) => [metric, Array.from(columns[metric])] as const);
  return { ...Object.fromEntries(metrics), mistakes: Array.from(columns.mistakes) };
}
