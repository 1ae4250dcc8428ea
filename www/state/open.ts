// Makes the page's state, part by part.

import { effect } from "@preact/signals";

import { compile } from "../lib/compile.js";
import init, { Study } from "../pkg/mnist_cubic.js";
import workerUrl from "../worker/worker.ts?worker&url";
import type { App } from "./app.js";
import { thisMachine } from "./capacity.js";
import { openDrawing } from "./drawing.js";
import { type ImagesState, openImages } from "./images.js";
import { type NetworksKeeper, openNetworks } from "./networks.js";
import { Pool } from "./pool.js";
import { fetchReference } from "./reference.js";
import { openSettings, type SettingsState } from "./settings.js";
import { keepSnapshots } from "./snapshots.js";
import { keepStudy, type StudyKeeper } from "./study.js";
import { openTraining, type TrainingKeeper } from "./training.js";

/** A training that took so long is not thrown away without asking, in seconds. */
const WORTH_ASKING = 60;

export interface Opened {
  readonly app: App;
  /** Settles when the ready-made weights are there, or cannot be had. */
  readonly weights: Promise<void>;
}

/** Rejects with a sentence where the page cannot work at all. */
export async function openApp(): Promise<Opened> {
  const module = await compile();
  await init({ module_or_path: module });
  const study = keepStudy(new Study());
  const settings = openSettings(study.study);
  const images = openImages(new URL("data/", document.baseURI));
  const drawing = openDrawing(study.study, images);
  const snapshots = keepSnapshots();
  const spawn = (): Worker => new Worker(workerUrl, { type: "module" });
  const pool = new Pool(module, (part, digit) => images.files(part, digit), spawn);

  // Each of the two asks the other, but not before both are there.
  let networks: NetworksKeeper | null = null;
  const training = openTraining({
    study,
    settings,
    images,
    snapshots,
    pool,
    machine: thisMachine(),
    onFreshWeights: () => networks?.forgetFiles(),
  });
  const isActive = (): boolean => training.isActive.peek();
  networks = openNetworks(study, settings, drawing, snapshots, training.experiment, isActive);

  askBeforeLeaving(training);
  const weights = followSettings(settings, networks, training);
  makeFeatures(images, pool, study);
  void weights.then(() => fetchReference(study));
  return { app: { study, settings, images, drawing, networks, snapshots, training }, weights };
}

/**
 * Fetches what the settings ask for, now and after each change. First the weights, which answer drawings: the images
 * are ten times as large. Returns when the first weights are there.
 */
function followSettings(
  settings: SettingsState,
  networks: NetworksKeeper,
  training: TrainingKeeper,
): Promise<void> {
  const first = networks.fetchReadyMade();
  void first.then(() => {
    effect(() => {
      void settings.networks.value;
      void networks.fetchReadyMade();
    });
    effect(() => {
      void settings.digits.value;
      void training.wantImages();
    });
  });
  return first;
}

/** Has the features made of each digit whose images have come. */
function makeFeatures(images: ImagesState, pool: Pool, study: StudyKeeper): void {
  const asked = new Set<number>();
  const make = async (digit: number): Promise<void> => {
    try {
      const features = await pool.features(digit);
      if (features) study.setFeatures(digit, features);
    } catch {
      // What is unlike this digit cannot be told: the doubt's place stays empty.
    }
  };
  effect(() => {
    void images.revision.value;
    for (let digit = 0; digit < 10; digit++) {
      if (asked.has(digit) || !images.files("train", digit)) continue;
      asked.add(digit);
      void make(digit);
    }
  });
}

function askBeforeLeaving(training: TrainingKeeper): void {
  addEventListener("beforeunload", (event) => {
    const isLong = training.stopwatch().seconds > WORTH_ASKING;
    if (training.isActive.peek() && isLong) event.preventDefault();
  });
}
