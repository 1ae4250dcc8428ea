// The page's own instance of the compiled module, which holds what is known: settings, histories, findings, answers.

import { computed, type ReadonlySignal, signal } from "@preact/signals";

import type { Study } from "../pkg/mnist_cubic.js";

/** Batches the updates after epochs, in ms: rereading everything for each epoch costs more than it shows. */
const DELAY = 100;

export type StudyKeeper = ReturnType<typeof keepStudy>;
/** What the views need of it. */
export type StudyState = Pick<StudyKeeper, "study" | "revision" | "findings" | "read" | "change">;

export function keepStudy(study: Study) {
  const revision = signal(0);
  const featuresRevision = signal(0);
  const isBegun = signal(false);
  let soon: ReturnType<typeof setTimeout> | undefined;

  const tell = (): void => {
    clearTimeout(soon);
    soon = undefined;
    revision.value += 1;
  };
  /** Reads from the study; inside a view or a `computed`, that is done again after each change. */
  const read = <T>(reading: (study: Study) => T): T => {
    void revision.value;
    return reading(study);
  };
  /** Changes the study, and tells so. */
  const change = <T>(changing: (study: Study) => T): T => {
    const result = changing(study);
    tell();
    return result;
  };
  return {
    /** The compiled class. What changes in it is read through `read`, so that views follow. */
    study,
    /** Grows with every change: of histories, test scores, the reference. */
    revision: revision as ReadonlySignal<number>,
    /** What the histories say; null before the first training. */
    findings: computed(() => (isBegun.value ? read((it) => it.findings()) : null)),
    read,
    change,
    /** Changes a history; that is told soon, with others. */
    record(changing: (study: Study) => void): void {
      changing(study);
      soon ??= setTimeout(tell, DELAY);
    },
    begin(hash: string, trainingImages: number, validationImages: number): void {
      change(() => study.begin(hash, trainingImages, validationImages));
      isBegun.value = true;
    },
    reset(): void {
      isBegun.value = false;
      change(() => study.reset());
    },
    /** Grows when features are set. */
    featuresRevision: featuresRevision as ReadonlySignal<number>,
    setFeatures(digit: number, features: Uint8Array): void {
      study.set_features(digit, features);
      featuresRevision.value += 1;
    },
  };
}
