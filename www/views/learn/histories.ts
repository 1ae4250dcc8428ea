// What the charts are drawn from: the experiment's histories as the study has them, and snapshots between epochs.

import { effect, untracked, useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import type { HistoryColumns } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import type { Experiment } from "../../state/plan.js";
import type { Snapshot } from "../../state/snapshots.js";
import { validationClasses } from "../../state/validation-images.js";
import { follow } from "../follow.js";
import { earlyOf, type Early } from "./between-epochs.js";

export interface Histories {
  readonly names: readonly string[];
  readonly epochs: number;
  /** Images seen in an epoch and in a batch, and those that validate; 0 as long as that is not known. */
  readonly imagesInEpoch: number;
  readonly batchSize: number;
  readonly validationImages: number;
  /** By run, the shown one first; in it by network. */
  readonly runs: readonly (readonly HistoryColumns[])[];
  /** Of the shown run, by network; null where it is not known. */
  readonly early: readonly (Early | null)[];
  /** The ten runs, by network; null where they were made with other settings. */
  readonly reference: readonly (readonly HistoryColumns[] | null)[];
  /** By network: since which epoch it overfits; null where it does not. */
  readonly overfitsSince: readonly (number | null)[];
  /** Whether training has finished. */
  readonly isFinished: boolean;
  /** Earlier experiments that are drawn beside it. */
  readonly overlays: readonly Overlaid[];
}

export interface Overlaid {
  /** Its number in the log. */
  readonly number: number;
  readonly names: readonly string[];
  /** By run, in it by network. */
  readonly runs: readonly (readonly HistoryColumns[])[];
}

/** The experiment's, or else the settings'. */
function histories(app: App): Histories {
  const { study, training, settings } = app;
  const experiment = training.experiment.value;
  return experiment
    ? ofExperiment(app, experiment)
    : ofSettings({ study, settings, images: app.images, log: app.log });
}

function overlaysOf({ log }: Pick<App, "log">): Overlaid[] {
  return log.overlaid.value.map(({ entry: { number, networks }, contents: { runs } }) => {
    return { number, names: networks.map(({ name }) => name), runs };
  });
}

function ofExperiment(app: App, experiment: Experiment): Histories {
  const { networks, seeds, trainingImages } = experiment;
  const { study } = app.study;
  const findings = app.study.findings.value;
  return {
    names: networks.map(({ name }) => name),
    epochs: experiment.epochs,
    imagesInEpoch: trainingImages,
    batchSize: experiment.batchSize,
    validationImages: experiment.validationImages,
    runs: seeds.map((_, run) => networks.map((__, place) => study.history_columns(run, place))),
    early: earlyOfAll(app, experiment),
    reference: networks.map((_, place) => study.reference_curves(place)),
    overfitsSince: networks.map((_, at) => findings?.networks[at]?.overfitting?.since ?? null),
    isFinished: app.training.phase.value.type === "finished",
    overlays: overlaysOf(app),
  };
}

function ofSettings({
  study: { study },
  settings,
  images,
  log,
}: Pick<App, "study" | "settings" | "images" | "log">): Histories {
  const networks = settings.networks.value;
  const texts = settings.texts.value;
  const hash = settings.hash.value;
  const count = images.count("train", settings.digits.value);
  const imagesInEpoch = count === 0 ? 0 : study.training_images(count);
  return {
    names: networks.map(({ name }) => name),
    epochs: Number(texts.get("epochs") ?? 1),
    imagesInEpoch,
    batchSize: Number(texts.get("batch") ?? 1),
    validationImages: count - imagesInEpoch,
    runs: [],
    early: networks.map(() => null),
    reference: networks.map((_, place) => study.reference_curves_of(hash, place)),
    overfitsSince: networks.map(() => null),
    isFinished: false,
    overlays: overlaysOf({ log }),
  };
}

const classesOf = new WeakMap<Experiment, Uint8Array>();

function earlyOfAll({ snapshots, images }: App, experiment: Experiment): (Early | null)[] {
  const { networks, digits, trainingImages } = experiment;
  const classes = classesOf.get(experiment) ?? validationClasses(images, digits, trainingImages);
  if (!classes) return networks.map(() => null);
  classesOf.set(experiment, classes);
  const moments = snapshots.moments.value.filter(
    (moment) => moment % trainingImages !== 0 || moment === 0,
  );
  return networks.map((_, network) => {
    const its = moments.map((moment) => snapshots.at(network, moment));
    // Where it diverged, its last moment stands for the later ones.
    const own = its.filter((one, at): one is Snapshot => one?.imagesSeen === moments[at]);
    return earlyOf(own, trainingImages, classes);
  });
}

/** Least time between two reads, in ms: with many runs, epochs come faster than they can be drawn. */
const PACE = 100;

/** All histories, as they change. */
export function useHistories(app: App): ReadonlySignal<Histories> {
  const frame = useSignal(0);
  useEffect(() => {
    const { study, training, settings, snapshots, images, log } = app;
    let timer: number | null = null;
    let waiting: number | null = null;
    let readAt = -PACE;
    const readSoon = () => {
      timer = null;
      waiting = requestAnimationFrame(() => {
        waiting = null;
        readAt = performance.now();
        frame.value++;
      });
    };
    const stop = effect(() => {
      follow(study.revision, training.experiment, training.phase, settings.hash, snapshots.moments);
      follow(images.revision, log.overlaid);
      if (timer === null && waiting === null)
        timer = window.setTimeout(readSoon, Math.max(0, readAt + PACE - performance.now()));
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
      if (waiting !== null) cancelAnimationFrame(waiting);
    };
  }, [app, frame]);
  return useComputed(() => {
    follow(frame);
    return untracked(() => histories(app));
  });
}
