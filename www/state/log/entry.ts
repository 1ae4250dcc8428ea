// An experiment that was done, as it is kept.

import type { ByCriterion, NetworkText, Value } from "../../pkg/mnist_cubic.js";

/** What the log shows of it. */
export interface Stored {
  /** When it ended, in ms since 1970; no two have the same. */
  readonly id: number;
  /** Its number in the log, from 1 on. */
  readonly number: number;
  /** The settings, in canonical form. */
  readonly hash: string;
  /** The epoch after which its networks are compared. */
  readonly epoch: number;
  readonly isStopped: boolean;
  /** How many runs came to that epoch. */
  readonly runs: number;
  readonly trainingImages: number;
  readonly validationImages: number;
  /** By network, what it came to by each criterion. */
  readonly values: readonly ByCriterion<Value>[];
  /** By network, the validation loss at some epochs, the mean over the runs: for a small picture. */
  readonly losses: readonly (readonly number[])[];
}

/** The same with what its settings say. */
export interface Entry extends Stored {
  readonly networks: readonly NetworkText[];
  readonly digits: readonly number[];
  readonly seeds: readonly number[];
  readonly epochs: number;
  readonly batchSize: number;
  /** Each setting's text by its key. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What brings it back; it is read only when that is asked for. */
export interface Contents {
  readonly id: number;
  /** By run, in the order of the seeds; in it by network. A run that dropped out has no epochs. */
  readonly runs: readonly (readonly Columns[])[];
  /** Of the run shown, by network: how it ended. */
  readonly ends: readonly End[];
}

/** A network's epochs in a run: an entry an epoch. Not a number where there is none. */
export interface Columns {
  readonly loss: Float64Array;
  readonly accuracy: Float64Array;
  readonly val_loss: Float64Array;
  readonly val_accuracy: Float64Array;
  readonly mistakes: Uint32Array;
  readonly truth: Float64Array;
  readonly loss_share: Float64Array;
}

export interface End {
  readonly imagesSeen: number;
  /** In 16 bits. */
  readonly weights: Uint16Array;
  /** Of each validation image: the log-odds of the right class, and the class answered. */
  readonly logOdds: Float32Array;
  readonly answers: Uint8Array;
}

/** Without what its settings say. */
export function storedOf(entry: Entry): Stored {
  const { id, number, hash, epoch, isStopped, runs, trainingImages, validationImages } = entry;
  const { values, losses } = entry;
  return {
    ...{ id, number, hash, epoch, isStopped, runs },
    ...{ trainingImages, validationImages, values, losses },
  };
}
