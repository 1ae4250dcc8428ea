// What state a training is in, and what may be pressed then.

import type { Experiment } from "./plan.js";

/** Something went wrong; pressing the button named `action` does `act`. */
export interface Failure {
  readonly sentence: string;
  readonly action: "Retry" | "Go on" | "Reload";
  readonly act: () => void;
}

export type Phase =
  | { readonly type: "ready" }
  /** Train was pressed, and images are on their way. */
  | {
      readonly type: "waiting";
      readonly experiment: Experiment;
      readonly isPaused: boolean;
      /** Whether Step was pressed. */
      readonly takesStep: boolean;
    }
  | { readonly type: "training"; readonly experiment: Experiment }
  | { readonly type: "paused"; readonly experiment: Experiment }
  /** `stoppedAfter`: the last epoch that all networks have, where Stop was pressed; else null. */
  | {
      readonly type: "finished";
      readonly experiment: Experiment;
      readonly stoppedAfter: number | null;
    }
  /** `experiment`: the one that cannot go on, if there is one. */
  | { readonly type: "failed"; readonly experiment: Experiment | null; readonly failure: Failure };

/** The phases to which a failure of files leads back. */
export type AtRest = Extract<Phase, { type: "ready" | "finished" }>;

/** What may be pressed now, by the names of the buttons. */
export interface Pressable {
  readonly train: boolean;
  readonly pause: boolean;
  readonly resume: boolean;
  readonly stop: boolean;
  readonly reset: boolean;
  readonly step: boolean;
}

/** As `body[data-state]` has it; "loading" stands in index.html. */
export type DataState = "ready" | "training" | "paused" | "finished" | "failed";

/** Several runs take no single steps. */
export function pressableIn(phase: Phase, hasExperiment: boolean, isOneRun: boolean): Pressable {
  const none = {
    train: false,
    pause: false,
    resume: false,
    stop: false,
    reset: false,
    step: false,
  };
  switch (phase.type) {
    case "ready":
      return { ...none, train: true, step: isOneRun };
    case "waiting":
      return { ...none, pause: !phase.isPaused, resume: phase.isPaused, stop: true, reset: true };
    case "training":
      return { ...none, pause: true, stop: true, reset: true };
    case "paused":
      return {
        ...none,
        resume: true,
        stop: true,
        reset: true,
        step: phase.experiment.seeds.length === 1,
      };
    case "finished":
      return { ...none, train: true, reset: true };
    case "failed":
      return { ...none, stop: phase.experiment !== null, reset: hasExperiment };
  }
}

export function dataStateOf(phase: Phase): DataState {
  if (phase.type === "waiting") return phase.isPaused ? "paused" : "training";
  return phase.type;
}

/** Whether files failed to come, rather than a training that was begun. */
export function isAboutFiles(phase: Phase): boolean {
  return phase.type === "failed" && phase.experiment === null;
}

/** Whether Stop has cut off the epoch that a test of the shown run is about. */
export function isCutBefore(phase: Phase, run: number, epoch: number): boolean {
  if (phase.type !== "finished" || phase.stoppedAfter === null) return false;
  return run === 0 && epoch > phase.stoppedAfter;
}
