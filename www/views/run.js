// The buttons, the progress, and the state in words.

import { byId, setText } from "./dom.js";
import { countText, durationText, listText } from "./words.js";

/** @import { PageApp } from "../app.js" */

/** @param {PageApp} app */
export function mountRun(app) {
  const button = (/** @type {string} */ id) => /** @type {HTMLButtonElement} */ (byId(id));
  const [train, pause, resume, stop, reset] = ["train", "pause", "resume", "stop", "reset"].map(button);
  const progress = /** @type {HTMLProgressElement} */ (byId("progress"));
  const status = byId("status");
  const wayOn = byId("way-on");
  const wayOnButton = /** @type {HTMLButtonElement} */ (wayOn.firstElementChild);

  train.addEventListener("click", () => app.train());
  pause.addEventListener("click", () => app.training.pause());
  resume.addEventListener("click", () => app.training.resume());
  stop.addEventListener("click", () => app.training.stop());
  reset.addEventListener("click", () => app.reset());
  wayOnButton.addEventListener("click", () => app.failure?.act());

  /** The tenth of the way that was last spoken of. */
  let tenth = 0;

  function showState() {
    const { state, failure } = app;
    const { phase, experiment } = app.training;
    document.body.dataset.state = state;
    const focused = document.activeElement;
    train.disabled = app.training.active || state === "failed";
    pause.disabled = phase !== "training";
    pause.hidden = phase === "paused";
    resume.hidden = phase !== "paused";
    stop.disabled = !app.training.active;
    reset.disabled =
      !experiment &&
      !app.training.active &&
      Object.values(app.models).every((model) => model?.weights !== "file");

    tenth = Math.floor((experiment?.progress.fraction ?? 0) * 10);
    setText(status, failure && state === "failed" ? failure.sentence : stateText(app));
    wayOn.hidden = !failure;
    setText(wayOnButton, failure?.action ?? "");
    keepFocus(focused);
    showProgress();
  }

  /**
   * A button that goes away hands the focus to the one in its place, or to the first that is left.
   * @param {Element | null} focused
   */
  function keepFocus(focused) {
    const buttons = [pause, resume, train, stop, reset, wayOnButton];
    const there = (/** @type {HTMLButtonElement} */ one) => !one.disabled && one.checkVisibility();
    const gone = buttons.find((one) => one === focused && !there(one));
    // Whoever has scrolled on meanwhile stays there.
    if (gone) buttons.find(there)?.focus({ preventScroll: true });
  }

  function showProgress() {
    const { phase, waiting } = app.training;
    const experiment = waiting ? null : app.training.experiment;
    progress.value = experiment?.progress.fraction ?? 0;
    setText(byId("progress-text"), experiment ? progressText(app) : "\u00a0");
    const now = Math.floor(progress.value * 10);
    if (phase === "training" && app.state === "training" && now > tenth) {
      tenth = now;
      setText(status, `${now * 10} % done. ${whereText(app)}.`);
    }
  }

  for (const event of ["state", "weights", "models"]) app.addEventListener(event, showState);
  app.addEventListener("progress", showProgress);
  app.addEventListener("epoch", showProgress);
  showState();
}

/** @param {PageApp} app */
function stateText(app) {
  const { phase, waiting, experiment } = app.training;
  const { digits, epochs, runs } = app.runSettings ?? app.settings;
  switch (phase) {
    case "ready":
      return "Ready. Press Train to begin.";
    case "training":
      return waiting
        ? `Waiting for the images of the digits ${listText((app.training.settings ?? app.settings).digits)}.`
        : `Training on the digits ${listText(digits)}: ${countText(epochs, "epoch")}${runs > 1 ? `, ${runs} runs` : ""}.`;
    case "paused":
      return waiting ? "Paused before training began." : `Paused. ${whereText(app)}.`;
    case "finished": {
      const fraction = experiment?.progress;
      if (!experiment || !fraction) return "Stopped before training began.";
      const diverged = [...experiment.divergences].filter(([, all]) => all.length > 0).map(([kind]) => kind);
      const outcome = isWhole(experiment)
        ? `Finished after ${countText(epochs, "epoch")}${runs > 1 ? ` in each of ${runs} runs` : ""}.`
        : "Stopped. The networks stay as they are.";
      return diverged.length > 0 ? `${outcome} Diverged: ${listText(diverged)}.` : outcome;
    }
  }
}

/**
 * Whether every model has made every run to its end, or to its divergence.
 * @param {NonNullable<PageApp["training"]["experiment"]>} experiment
 */
function isWhole({ settings, kinds, runs, divergences }) {
  return (
    runs.length === settings.runs &&
    kinds.every((kind) =>
      runs.every(
        (run, index) =>
          (run.models[kind]?.history.loss.length ?? 0) >= settings.epochs ||
          divergences.get(kind)?.some((divergence) => divergence.run === index),
      ),
    )
  );
}

/** @param {PageApp} app */
function whereText({ training: { experiment } }) {
  if (!experiment) return "";
  const { settings, progress } = experiment;
  const run = settings.runs > 1 ? `, run ${progress.run + 1} of ${settings.runs}` : "";
  return `Epoch ${progress.epoch} of ${settings.epochs}${run}`;
}

/** @param {PageApp} app */
function progressText(app) {
  const { experiment } = app.training;
  if (!experiment) return "";
  const speeds = experiment.kinds.flatMap((kind) => {
    const seconds = experiment.secondsPerEpoch(kind);
    return seconds === null ? [] : [`${kind} ${durationText(seconds)}`];
  });
  const left = experiment.progress.secondsLeft;
  const parts = [whereText(app)];
  if (speeds.length > 0) parts.push(`${speeds.join(", ")} per epoch`);
  if (app.training.active && Number.isFinite(left)) parts.push(`about ${durationText(left)} left`);
  return parts.join(" · ");
}
