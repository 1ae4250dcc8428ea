// The state of training in words that are spoken, and the way on where something has failed.

import type { App } from "../../state/app.js";
import type { Phase } from "../../state/phase.js";
import type { Progress } from "../../state/progress.js";
import { finishedText, whereText } from "../../words/training.js";
import { counted, list } from "../numbers.js";

export function Status({ app }: { app: App }) {
  const phase = app.training.phase.value;
  return (
    <>
      <p id="status" role="status">
        {statusText(phase, app.training.progress.value, app)}
      </p>
      <WayOn phase={phase} />
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

/** The start, each tenth, the end. It must not change more often. */
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
      return finishedText(phase, app.study.findings.value);
    case "failed":
      return phase.failure.sentence;
  }
}
