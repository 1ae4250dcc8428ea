// The training: its buttons, how far it is, and how it ended.

import type { Findings } from "../pkg/mnist_cubic.js";
import type { Phase } from "../state/phase.js";
import type { Experiment } from "../state/plan.js";
import type { Progress } from "../state/progress.js";
import { capital, counted, duration, list, thousands } from "../views/numbers.js";

export const BUTTONS = {
  pause: "Pause",
  resume: "Resume",
  step: "Step",
  stop: "Stop",
  reset: "Reset",
} as const;
export const SLOW_MOTION = "Slow motion";

/** The button that begins. */
export function trainText(networks: number): string {
  const which = ["", "it", "both", "all three", "all four"][networks] ?? "all";
  return `Train ${which} from scratch`;
}

/** Before a training; `seconds` where one was measured. */
export function readyText(epochs: number, seconds: number | null): string {
  const all = counted(epochs, "epoch");
  return seconds === null ? `${all}, from random weights` : `about ${duration(seconds)} for ${all}`;
}

/** At the start of a training. */
export function beginningText(networks: number, isPadEmpty: boolean): string {
  const [they, them] = networks === 1 ? ["It has", "it"] : ["They have", "them"];
  const watch = isPadEmpty
    ? `Draw a digit, and watch ${them} learn it.`
    : `Watch ${them} learn your digit.`;
  return `${they} forgotten everything. ${watch}`;
}

/** "Epoch 12 of 50, about 9 seconds left" */
export function progressText(progress: Progress | null, isSlow: boolean): string {
  const left = progress?.secondsLeft ?? null;
  return left === null || isSlow
    ? whereText(progress)
    : `${whereText(progress)}, about ${duration(left)} left`;
}

/** "Epoch 1, batch 3 of 433" */
export function batchPlaceText(
  from: number,
  { trainingImages, batchSize }: Experiment,
  isPaused: boolean,
): string {
  const epoch = Math.floor(from / trainingImages);
  const number = Math.floor((from - epoch * trainingImages) / batchSize) + 1;
  const batches = Math.ceil(trainingImages / batchSize);
  const where = `poch ${epoch + 1}, batch ${thousands(number)} of ${thousands(batches)}`;
  return isPaused ? `Paused. E${where}.` : `E${where}`;
}

export function whereText(progress: Progress | null): string {
  if (!progress) return "Nothing trained yet";
  const { epoch, epochs, runsDone, runs } = progress;
  const done = runs > 1 ? `, ${runsDone} of ${runs} runs done` : "";
  return `Epoch ${epoch} of ${epochs}${done}`;
}

/** The start, each tenth, the end: it is spoken, and must not change more often. */
export function statusText(
  phase: Phase,
  progress: Progress | null,
  findings: Findings | null,
): string {
  switch (phase.type) {
    case "ready":
      return "Ready. Press Train to begin.";
    case "waiting":
      return phase.isPaused
        ? "Paused before training began."
        : `Waiting for the images of ${list(phase.experiment.digits)}.`;
    case "training": {
      const tenth = Math.floor((progress?.fraction ?? 0) * 10);
      if (tenth > 0) return `${tenth * 10}\u00a0% done.`;
      const { digits, epochs, seeds } = phase.experiment;
      const runs = seeds.length > 1 ? `, ${counted(seeds.length, "run")}` : "";
      return `Training on the digits ${list(digits)}: ${counted(epochs, "epoch")}${runs}.`;
    }
    case "paused":
      return `Paused. ${whereText(progress)}.`;
    case "finished":
      return finishedText(phase, findings);
    case "failed":
      return phase.failure.sentence;
  }
}

export function finishedText(
  { experiment: { epochs, seeds }, stoppedAfter }: Extract<Phase, { type: "finished" }>,
  findings: Findings | null,
): string {
  const broken = findings?.networks.filter(({ divergence }) => divergence) ?? [];
  const blewUp =
    broken.length > 0 ? ` ${capital(list(broken.map(({ name }) => name)))} blew up.` : "";
  if (stoppedAfter === 0)
    return `Stopped in the first epoch. The networks stay as they are.${blewUp}`;
  if (stoppedAfter !== null)
    return `Stopped after ${counted(stoppedAfter, "epoch")}. The networks stay as they are.${blewUp}`;
  const runs = seeds.length > 1 ? ` in each of ${counted(seeds.length, "run")}` : "";
  return `Finished after ${counted(epochs, "epoch")}${runs}.${blewUp}`;
}
