// How far training is: one line of words, whose weights answer, and a bar.

import { useSignal, useSignalEffect, type Signal } from "@preact/signals";

import type { App } from "../../state/app.js";
import { shownText } from "../../words/drawing.js";
import {
  batchPlaceText,
  beginningText,
  finishedText,
  progressText,
  readyText,
  whereText,
} from "../../words/training.js";

export function Progress({ app }: { app: App }) {
  const measured = useMeasured(app);
  const fetching = fetchingText(app);
  const imagesInEpoch = app.training.experiment.value?.trainingImages ?? 0;
  return (
    <div class="progress">
      <p id="progress-text">{lineText(app, measured.value)}</p>
      <p id="images">{fetching}</p>
      <p id="shown" hidden={fetching !== ""}>
        {shownText(app.networks.list.value, imagesInEpoch)}
      </p>
      <progress
        aria-label="Training progress"
        max={1}
        value={app.training.progress.value?.fraction ?? 0}
      />
    </div>
  );
}

/** How long a training took here. */
interface Measured {
  readonly hash: string;
  readonly seconds: number;
}

/** The last training that was measured, or is. */
function useMeasured({ training }: App): Signal<Measured | null> {
  const measured = useSignal<Measured | null>(null);
  useSignalEffect(() => {
    const progress = training.progress.value;
    const begun = training.experiment.value;
    if (!progress || !begun || training.pace.value === "slow") return;
    const { fraction, secondsLeft } = progress;
    if (secondsLeft === null || fraction === 1) return;
    measured.value = { hash: begun.hash, seconds: secondsLeft / (1 - fraction) };
  });
  return measured;
}

/** What is going on. */
function lineText(app: App, measured: Measured | null): string {
  const { training, settings, drawing, snapshots, networks } = app;
  const phase = training.phase.value;
  const progress = training.progress.value;
  const batch = training.lastBatch.value;
  switch (phase.type) {
    case "ready": {
      const isKnown = measured?.hash === settings.hash.value;
      return readyText(
        Number(settings.texts.value.get("epochs")),
        isKnown ? measured.seconds : null,
      );
    }
    case "waiting":
      return "";
    case "training":
    case "paused": {
      const { experiment } = phase;
      const isPaused = phase.type === "paused";
      if (batch) return batchPlaceText(batch.from, experiment, isPaused);
      if (isPaused) return `Paused. ${whereText(progress)}.`;
      const moment = snapshots.shown.value ?? 0;
      if (moment < experiment.trainingImages && snapshots.playhead.value === "now") {
        const isEmpty = drawing.received.value.type === "blank";
        return beginningText(networks.list.value.length, isEmpty);
      }
      return progressText(progress, training.pace.value === "slow");
    }
    case "finished":
      return finishedText(phase, app.study.findings.value);
    case "failed":
      return progress ? `${whereText(progress)}.` : "";
  }
}

function fetchingText({ images }: App): string {
  const progress = images.progress.value;
  if (images.problem.value !== null) return images.problem.value;
  if (!progress) return "";
  const [loaded, total] = [progress.loaded, progress.total].map((bytes) =>
    (bytes / 1e6).toFixed(1),
  );
  return `Fetching images: ${loaded ?? ""} of ${total ?? ""}\u00a0MB`;
}
