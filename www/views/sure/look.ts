// What this part looks at: validation images at the playhead while networks train, test images before and after.

import type { App } from "../../state/app.js";
import { type Labelled, labelledImages } from "../../state/labelled.js";
import type { Answerer, Origin } from "../../state/networks.js";
import type { Experiment } from "../../state/plan.js";
import { isAtEnd } from "../../state/tested.js";
import { type Read, readingOf } from "./reading.js";

export interface Look {
  readonly names: readonly string[];
  /** In the order of the classes. */
  readonly digits: readonly number[];
  readonly images: Labelled | null;
  /** Of each network; null where nothing is known. */
  readonly reads: readonly (Read | null)[];
  readonly when: When;
  /** The one whose shown run is looked at; null before there is one. */
  readonly experiment: Experiment | null;
}

/** Whose weights are looked at. */
export type When =
  | { readonly type: "never" }
  | { readonly type: "before"; readonly origin: Origin["type"] }
  /** After so many images of the shown run; `seed` where there are several. */
  | {
      readonly type: "run";
      readonly imagesSeen: number;
      readonly imagesInEpoch: number;
      readonly seed: number | null;
    };

export function lookOf(app: App): Look {
  const { training, networks, snapshots } = app;
  const list = networks.list.value;
  const experiment = training.experiment.value;
  const names = list.map(({ name }) => name);
  const imagesSeen = snapshots.shown.value;
  const isBegun = experiment !== null && imagesSeen !== null;
  const when = isBegun ? whenOf(experiment, imagesSeen) : beforeOf(list);
  const digits =
    (isBegun ? experiment.digits : list.find(({ weights }) => weights)?.digits) ??
    app.settings.digits.value;
  const tests = isAtEnd(app) || !isBegun ? testsOf(app, list, digits) : null;
  const of = { names, digits, when, experiment: isBegun ? experiment : null };
  if (tests) return { ...of, ...tests };
  if (!isBegun) return { ...of, images: null, reads: names.map(() => null), when: NEVER };
  const images = validationOf(app, experiment);
  const reads = list.map(({ slot, origin }) => {
    const snapshot = origin.type === "training" ? snapshots.at(slot, imagesSeen) : null;
    return images && snapshot && readingOf(images.classes, snapshot.logOdds, snapshot.answers);
  });
  return { ...of, images, reads };
}

const NEVER: When = { type: "never" };

function whenOf({ trainingImages, seeds }: Experiment, imagesSeen: number): When {
  const seed = seeds.length > 1 ? (seeds[0] ?? null) : null;
  return { type: "run", imagesSeen, imagesInEpoch: trainingImages, seed };
}

function beforeOf(list: readonly Answerer[]): When {
  const origin = list.find(({ weights }) => weights)?.origin.type;
  return origin === undefined ? NEVER : { type: "before", origin };
}

/** Null until all results are there. */
function testsOf(
  app: App,
  list: readonly Answerer[],
  digits: readonly number[],
): Pick<Look, "images" | "reads"> | null {
  const images = testImagesOf(app, digits);
  const results = app.tested.results.value;
  if (!images) return null;
  const reads = list.map(({ weights, digits: its }) => {
    if (!weights || its.join() !== digits.join()) return null;
    const result = results.get(weights);
    if (result) return readingOf(images.classes, result.log_odds, result.answers);
    return weights.every(Number.isFinite) ? "not yet" : "diverged";
  });
  if (reads.includes("not yet") || reads.every((read) => read === null)) return null;
  return { images, reads: reads.map((read) => (read === "not yet" ? null : read)) };
}

/** Made once for each experiment, and for each choice of digits: a pass over MNIST's positions. */
const validationImages = new WeakMap<Experiment, Labelled>();
const testImages = new Map<string, Labelled>();

function validationOf({ images }: App, experiment: Experiment): Labelled | null {
  const { digits, trainingImages } = experiment;
  const kept = validationImages.get(experiment);
  const made = kept ?? labelledImages(images, "train", digits, trainingImages);
  if (made) validationImages.set(experiment, made);
  return made;
}

function testImagesOf({ images }: App, digits: readonly number[]): Labelled | null {
  void images.revision.value;
  const made = testImages.get(digits.join()) ?? labelledImages(images, "test", digits);
  if (made) testImages.set(digits.join(), made);
  return made;
}
