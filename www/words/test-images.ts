// The scores on the test images.

import { counted } from "../views/numbers.js";
import { spelled } from "./comparison.js";

/** What the scores on test images are of. */
export type Tested =
  | { readonly type: "not yet" }
  /** Training has ended with nothing that could be tried. */
  | { readonly type: "never" }
  | { readonly type: "reference"; readonly runs: number }
  | { readonly type: "one"; readonly epoch: number; readonly seed: number | null }
  | { readonly type: "several"; readonly tested: number; readonly runs: number };

export const TEST_IMAGES = "Test images: never used for training or tuning.";

export function testedText(tested: Tested): string {
  switch (tested.type) {
    case "not yet":
      return "Tried when training ends.";
    case "never":
      return "Not tried: no network was trained for an epoch.";
    case "reference":
      return `Means of the ${spelled(tested.runs)} runs made before your visit.`;
    case "one": {
      const run = tested.seed === null ? "Your run" : `The run with seed ${tested.seed}`;
      return `${run}, after ${counted(tested.epoch, "epoch")}.`;
    }
    case "several":
      return tested.tested < tested.runs
        ? `Means of ${tested.tested} of ${counted(tested.runs, "run")} so far.`
        : `Means of ${counted(tested.runs, "run")}.`;
  }
}
