// One batch at a time: each step begins at the last moment that all networks of the shown run have.

import { type ReadonlySignal, signal } from "@preact/signals";

import { type Batch, batchOf } from "./batch.js";
import type { ImagesState } from "./images.js";
import type { Experiment } from "./plan.js";
import type { Pool, Training } from "./pool/pool.js";
import type { SnapshotsKeeper } from "./snapshots.js";
import type { StudyKeeper } from "./study.js";

/** Pause between steps in slow motion, in ms. */
const SLOW = 1000;

/** One step after another, or as fast as it can. */
export type Pace = "slow" | "full";

export interface StepsState {
  readonly pace: ReadonlySignal<Pace>;
  /** What the last step took; null where the training has gone on since. */
  readonly lastBatch: ReadonlySignal<Batch | null>;
}

export interface Steps extends StepsState {
  setPace(pace: Pace): void;
  /** Knows the networks of a training that begins. */
  begin(experiment: Experiment, trainings: readonly Training[]): void;
  /** Takes one step, while all else rests. */
  take(): void;
  /** A snapshot has come: where it ends a step in slow motion, the next one will be taken. */
  note(): void;
  /** Takes no further step by itself. */
  rest(): void;
  /** The training goes on without steps, or is forgotten. */
  leave(): void;
}

interface StepsParts {
  readonly study: StudyKeeper;
  readonly images: ImagesState;
  readonly snapshots: SnapshotsKeeper;
  readonly pool: Pick<Pool, "pause" | "goTo">;
  /** Whether the training is to go on by itself. */
  readonly isRunning: () => boolean;
  /** Told of a network that had finished and is trained again from an earlier moment. */
  readonly onAgain: (training: Training) => void;
}

export function openSteps({ study, images, snapshots, pool, ...parts }: StepsParts): Steps {
  const pace = signal<Pace>("full");
  const lastBatch = signal<Batch | null>(null);
  let experiment: Experiment | null = null;
  let trainings: readonly Training[] = [];
  /** Where the step under way ends, in images seen. */
  let goal: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const rest = (): void => clearTimeout(timer);

  const take = (): void => {
    rest();
    if (!experiment || goal !== null) return;
    const from = snapshots.lastCommon();
    const { trainingImages, batchSize, epochs } = experiment;
    const place = from ?? 0;
    const epoch = Math.floor(place / trainingImages);
    if (epoch >= epochs) return;
    goal = Math.min(place + batchSize, (epoch + 1) * trainingImages);
    lastBatch.value = batchOf(study.study, images, experiment, place, goal);
    // The last epoch's end that all have is kept exactly, so a network that was ahead can come back to it.
    const sent = trainings.flatMap((training, network) => {
      if (hasDivergedBefore(network, place)) return [];
      parts.onAgain(training);
      const weights = epoch === 0 ? null : snapshots.weights(network, epoch * trainingImages);
      return { training, epoch, weights };
    });
    pool.pause();
    pool.goTo(sent, from, goal);
  };

  /** Then another moment stands for this one. */
  const hasDivergedBefore = (network: number, place: number): boolean => {
    const snapshot = snapshots.at(network, place);
    return snapshot !== null && snapshot.imagesSeen < place;
  };

  const note = (): void => {
    if (goal === null || (snapshots.lastCommon() ?? -1) < goal) return;
    goal = null;
    rest();
    if (pace.peek() === "slow" && parts.isRunning()) timer = setTimeout(take, SLOW);
  };

  const leave = (): void => {
    rest();
    goal = null;
    lastBatch.value = null;
  };

  return {
    pace,
    lastBatch,
    setPace: (chosen) => void (pace.value = chosen),
    begin(begun, its) {
      leave();
      experiment = begun;
      trainings = its;
    },
    take,
    note,
    rest,
    leave,
  };
}
