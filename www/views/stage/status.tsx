// How far training is: in words that are spoken, in a bar, and in words that are not.

import type { App } from "../../state/app.js";
import type { Experiment, Phase, Progress } from "../../state/training.js";
import { counted, duration, list } from "../numbers.js";

export function Status({ app }: { app: App }) {
  const phase = app.training.phase.value;
  const progress = app.training.progress.value;
  return (
    <>
      <progress aria-label="Training progress" max={1} value={progress?.fraction ?? 0} />
      <p id="progress-text" class="quiet">
        {progressText(phase, progress) || "\u00a0"}
      </p>
      <p id="status" role="status">
        {statusText(phase, progress, app)}
      </p>
      <WayOn phase={phase} />
      <p id="images" class="quiet">
        {imagesText(app) || "\u00a0"}
      </p>
    </>
  );
}

function WayOn({ phase }: { phase: Phase }) {
  if (phase.type !== "failed") return null;
  const { action, act } = phase.failure;
  return (
    <p id="way-on">
      <button
        type="button"
        onClick={() => {
          act();
        }}
      >
        {action}
      </button>
    </p>
  );
}

/** The state, which is spoken: the start, each tenth, the end. It must not change more often. */
function statusText(phase: Phase, progress: Progress | null, app: App): string {
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
      return finishedText(phase.experiment, phase.stoppedAfter, app);
    case "failed":
      return phase.failure.sentence;
  }
}

function finishedText(
  { epochs, seeds }: Experiment,
  stoppedAfter: number | null,
  app: App,
): string {
  const broken = app.study.findings.value?.networks.filter(({ divergence }) => divergence) ?? [];
  const blewUp = broken.length > 0 ? ` Blew up: ${list(broken.map(({ name }) => name))}.` : "";
  if (stoppedAfter === 0)
    return `Stopped in the first epoch. The networks stay as they are.${blewUp}`;
  if (stoppedAfter !== null)
    return `Stopped after ${counted(stoppedAfter, "epoch")}. The networks stay as they are.${blewUp}`;
  const runs = seeds.length > 1 ? ` in each of ${counted(seeds.length, "run")}` : "";
  return `Finished after ${counted(epochs, "epoch")}${runs}.${blewUp}`;
}

function whereText(progress: Progress | null): string {
  if (!progress) return "Nothing trained yet";
  const { epoch, epochs, runsDone, runs } = progress;
  const done = runs > 1 ? `, ${runsDone} of ${runs} runs done` : "";
  return `Epoch ${epoch} of ${epochs}${done}`;
}

function progressText(phase: Phase, progress: Progress | null): string {
  if (!progress) return "";
  const { secondsPerEpoch, secondsLeft } = progress;
  const isOn = phase.type === "training" || phase.type === "paused";
  const parts = [whereText(progress)];
  if (secondsPerEpoch !== null) parts.push(`${duration(secondsPerEpoch)} an epoch`);
  if (isOn && secondsLeft !== null) parts.push(`about ${duration(secondsLeft)} left`);
  return parts.join(" · ");
}

function imagesText({ images }: App): string {
  const progress = images.progress.value;
  if (images.problem.value !== null) return images.problem.value;
  if (!progress) return "";
  const [loaded, total] = [progress.loaded, progress.total].map((bytes) =>
    (bytes / 1e6).toFixed(1),
  );
  return `Fetching images: ${loaded ?? ""} of ${total ?? ""}\u00a0MB`;
}
