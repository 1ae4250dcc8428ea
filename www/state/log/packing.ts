// A network's epochs as columns, which take less room than objects.

import type { Epoch } from "../../pkg/mnist_cubic.js";
import type { Columns } from "./entry.js";

export function columnsOf(epochs: readonly Epoch[]): Columns {
  const column = (value: (epoch: Epoch) => number | null): Float64Array =>
    Float64Array.from(epochs, (epoch) => value(epoch) ?? NaN);
  return {
    loss: column(({ loss }) => loss),
    accuracy: column(({ accuracy }) => accuracy),
    val_loss: column((epoch) => epoch.val_loss),
    val_accuracy: column((epoch) => epoch.val_accuracy),
    mistakes: Uint32Array.from(epochs, ({ mistakes }) => mistakes.count),
    truth: column(({ mistakes }) => mistakes.truth),
    loss_share: column(({ mistakes }) => mistakes.loss_share),
  };
}

export function epochsOf(columns: Columns): Epoch[] {
  const at = (column: Float64Array, place: number): number => column[place] ?? NaN;
  const orNone = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return Array.from(columns.loss, (loss, place) => ({
    loss,
    accuracy: at(columns.accuracy, place),
    val_loss: at(columns.val_loss, place),
    val_accuracy: at(columns.val_accuracy, place),
    mistakes: {
      count: columns.mistakes[place] ?? 0,
      truth: orNone(at(columns.truth, place)),
      loss_share: orNone(at(columns.loss_share, place)),
    },
  }));
}

/** A column's mean at each epoch, over those that have a number there. */
export function meanOf(all: readonly ArrayLike<number>[]): Float64Array {
  const length = Math.max(0, ...all.map((column) => column.length));
  return Float64Array.from({ length }, (_, place) => {
    const values = all.map((column) => column[place] ?? NaN).filter(Number.isFinite);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}
