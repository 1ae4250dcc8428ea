// Opens the page's state in the browser: its program, its workers, and what is fetched.

import { effect } from "@preact/signals";

import { compile } from "../lib/compile.js";
import init, { Study } from "../pkg/mnist_cubic.js";
import workerUrl from "../worker/worker.ts?worker&url";
import { address } from "./address.js";
import type { App } from "./app.js";
import { assemble } from "./assemble.js";
import { thisMachine } from "./capacity.js";
import { type ImagesState, openImages } from "./images.js";
import { openDatabase } from "./log/store.js";
import type { NetworksKeeper } from "./networks.js";
import { Pool } from "./pool.js";
import { fetchReference } from "./reference.js";
import type { SettingsState } from "./settings.js";
import type { StudyKeeper } from "./study.js";
import type { TrainingKeeper } from "./training.js";

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
  const images = openImages(new URL("data/", document.baseURI));
  const spawn = (): Worker => new Worker(workerUrl, { type: "module" });
  const pool = new Pool(module, (part, digit) => images.files(part, digit), spawn);
  const machine = thisMachine();
  const app = assemble({ study: new Study(), address, images, pool, machine });
  const { study, settings, networks, training } = app;

  askBeforeLeaving(training);
  void app.log.open(openDatabase);
  const weights = followSettings(settings, networks, training);
  makeFeatures(images, pool, study);
  void weights.then(() => fetchReference(study));
  return { app, weights };
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
