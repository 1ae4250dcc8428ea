// The ten runs beside what is shown: at each epoch, and how far their values reach.

import { computed, type ReadonlySignal } from "@preact/signals";

import type { ReferenceFindings, Value } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import { byCriterion, CRITERIA, type Criterion } from "../../words/criteria.js";

export interface Reference {
  /** What the runs say in the end. */
  readonly last: ReferenceFindings;
  /** What they say after an epoch; after their own last one for all later ones. */
  at(epoch: number): ReferenceFindings;
  /** Their least and largest value after the first epoch and the last, over all networks. */
  readonly ranges: Readonly<Record<Criterion, readonly [number, number] | null>>;
}

/** "unknown" until the runs have come; null where they were made with other settings than the shown ones, or on other images. */
export function followReference(app: App): ReadonlySignal<Reference | "unknown" | null> {
  const { study, training, settings, images } = app;
  let hasCome = false;
  // What has come stays, so nothing is asked for again.
  const isThere = computed(() => {
    hasCome ||= study.read((it) => it.reference_findings(it.read_hash("").hash)) !== null;
    return hasCome;
  });
  return computed(() => {
    if (!isThere.value) return "unknown";
    const experiment = training.experiment.value;
    const hash = experiment?.hash ?? settings.hash.value;
    const last = study.study.reference_findings(hash);
    if (!last || images.source.value === "synthetic") return null;
    if (experiment && experiment.validationImages !== last.findings.validation_images) return null;
    const read = (epoch: number) => study.study.reference_findings(hash, epoch) ?? last;
    // Where the settings have more epochs than the runs, theirs end earlier.
    const end = read(last.findings.epoch);
    const kept = new Map([[end.findings.epoch, end]]);
    const at = (epoch: number): ReferenceFindings => {
      const wanted = Math.min(Math.max(1, epoch), end.findings.epoch);
      const found = kept.get(wanted) ?? read(wanted);
      kept.set(wanted, found); // each takes 2 ms, and views ask ten times a second
      return found;
    };
    return { last: end, at, ranges: rangesOf([at(1), end]) };
  });
}

function rangesOf(
  found: readonly ReferenceFindings[],
): Readonly<Record<Criterion, readonly [number, number] | null>> {
  const ranges: Record<Criterion, readonly [number, number] | null> = byCriterion(null);
  for (const criterion of CRITERIA) {
    const numbers = found
      .flatMap(({ values }) => values.flatMap((its) => its[criterion]))
      .flatMap(numberOf);
    if (numbers.length > 0) ranges[criterion] = [Math.min(...numbers), Math.max(...numbers)];
  }
  return ranges;
}

const numberOf = (value: Value): number[] => (value.kind === "measured" ? [value.value] : []);
