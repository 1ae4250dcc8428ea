// Opens the page's state in the browser: its program, its workers, and what is fetched.

import { effect } from "@preact/signals";

import { compile } from "../lib/compile.js";
import { isMetered } from "../lib/connection.js";
import { idle } from "../lib/idle.js";
import { inTurn } from "../lib/macrotask.js";
import init, { Study } from "../pkg/mnist_cubic.js";
import workerUrl from "../worker/worker.ts?worker&url";
import { address } from "./address.js";
import type { App } from "./app.js";
import { assemble } from "./assemble.js";
import type { DrawingState } from "./drawing.js";
import { type ImagesState, openImages } from "./images.js";
import { askBeforeLeaving } from "./leaving.js";
import { openDatabase } from "./log/database.js";
import type { NetworksKeeper } from "./networks.js";
import { Pool } from "./pool/pool.js";
import { fetchReference } from "./reference.js";
import type { SettingsState } from "./settings.js";
import type { StudyKeeper } from "./study.js";
import type { TrainingKeeper } from "./training.js";
import { thisMachine } from "./worker-count.js";

export interface Opened {
  readonly app: App;
  /** Settles when the ready-made weights are there, or cannot be had. */
  readonly weights: Promise<void>;
  /** Prefetches what the first answer doesn't need, now that the line is idle: the images, unless it is metered. */
  readonly fetchAhead: () => void;
}

/** Rejects with a sentence where the page cannot work at all. */
export async function openApp(): Promise<Opened> {
  const module = await compile();
  await init({ module_or_path: module });
  const images = openImages(new URL("data/", document.baseURI));
  const spawn = (): Worker => new Worker(workerUrl, { type: "module" });
  const pool = new Pool(module, (part, digit) => images.files(part, digit), spawn, inTurn);
  const machine = thisMachine();
  const app = assemble({ study: new Study(), address, images, pool, machine });
  const { study, settings, networks, training } = app;

  askBeforeLeaving(training);
  void app.log.open(openDatabase);
  const weights = fetchWeights(settings, networks);
  makeFeatures(app.drawing, images, pool, study);
  prepareTraining(images, settings, training);
  void weights.then(() => fetchReference(study));
  const fetchAhead = (): void => {
    if (!isMetered()) fetchImages(settings, training);
  };
  return { app, weights, fetchAhead };
}

/** The weights that the settings ask for, now and after each change. Returns when the first are there. */
async function fetchWeights(settings: SettingsState, networks: NetworksKeeper): Promise<void> {
  await networks.fetchReadyMade();
  effect(() => {
    void settings.networks.value;
    void networks.fetchReadyMade();
  });
}

/** The images that the settings ask for, now and after each change. */
function fetchImages(settings: SettingsState, training: TrainingKeeper): void {
  effect(() => {
    void settings.digits.value;
    void training.wantImages();
  });
}

/** Has all ready for Train, as far as the images are there. */
function prepareTraining(
  images: ImagesState,
  settings: SettingsState,
  training: TrainingKeeper,
): void {
  effect(() => {
    void images.revision.value;
    void settings.hash.value;
    if (!training.isActive.value) void idle().then(() => training.prepare());
  });
}

/** Once the visitor has put something on the pad, has the features made of each digit whose images have come. */
function makeFeatures(
  drawing: DrawingState,
  images: ImagesState,
  pool: Pool,
  study: StudyKeeper,
): void {
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
    if (!drawing.isVisitors.value) return;
    for (let digit = 0; digit < 10; digit++) {
      if (asked.has(digit) || !images.files("train", digit)) continue;
      asked.add(digit);
      void make(digit);
    }
  });
}
