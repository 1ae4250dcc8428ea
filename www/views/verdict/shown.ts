// What the answer is about: the ten runs before training, then the visitor's own run at the playhead.

import { computed, type ReadonlySignal } from "@preact/signals";

import type { ByCriterion, Comparison, Findings, Value } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import { inFileOrder } from "../../state/batch.js";
import type { Experiment } from "../../state/plan.js";
import { byCriterion } from "../../words/criteria.js";
import type { Moment } from "../../words/moment.js";
import { pairsOf } from "../pairs.js";
import { valuesAt } from "./moment.js";
import { followReference, type Reference } from "./reference.js";

export interface Shown {
  readonly moment: Moment;
  /** The findings then; null at a moment of which only values are known. */
  readonly findings: Findings | null;
  /** Of each network; null as long as nothing is known at all. */
  readonly values: readonly (ByCriterion<Value> | null)[];
  /** The ten runs beside them. */
  readonly reference: Reference | null;
}

export function followShown(app: App): ReadonlySignal<Shown> {
  const { training, settings, snapshots, study, images } = app;
  const reference = followReference(app);
  const classes = computed(() => classesOf(app, training.experiment.value));

  const before = (): Shown => {
    const networks = training.experiment.value?.networks ?? settings.networks.value;
    const found = reference.value;
    if (found === null || found === "unknown") {
      const value = found === null ? NOT_YET : null;
      const moment = { type: found === null ? "untried" : "unknown" } as const;
      return { moment, findings: null, values: networks.map(() => value), reference: null };
    }
    const { findings } = found.last;
    const { runs, epoch } = findings;
    return {
      moment: { type: "reference", runs, epoch },
      findings,
      values: findings.networks.map(({ values }) => values),
      reference: found,
    };
  };

  const during = (experiment: Experiment, imagesSeen: number, findings: Findings): Shown => {
    const { trainingImages, networks, seeds } = experiment;
    const found = reference.value;
    const beside = found === "unknown" ? null : found;
    const epoch = Math.floor(imagesSeen / trainingImages);
    const isEnd = epoch > 0 && imagesSeen % trainingImages === 0;
    const isNow = snapshots.playhead.value === "now";
    // The study hears of an epoch a moment after the snapshots.
    const isTheStudys = isNow || (seeds.length === 1 && findings.epoch === epoch);
    if (isEnd && findings.epoch > 0 && isTheStudys) {
      const { runs } = findings;
      const values = findings.networks.map((network) => network.values);
      const moment = { type: "epoch", epoch: findings.epoch, runs } as const;
      return { moment, findings, values, reference: beside };
    }
    const phase = training.phase.value;
    const values = networks.map((_, network) => {
      const history = study.read((it) => it.history(0, network)).slice(0, epoch);
      return valuesAt(snapshots.at(network, imagesSeen), classes.value, history);
    });
    const moment = {
      type: "moment",
      epoch,
      images: imagesSeen % trainingImages,
      seed: seeds.length > 1 ? (seeds[0] ?? null) : null,
      isStopped: phase.type === "finished" && phase.stoppedAfter === 0,
    } as const;
    return { moment, findings: null, values, reference: beside };
  };

  return computed(() => {
    void images.revision.value;
    const experiment = training.experiment.value;
    const imagesSeen = snapshots.shown.value;
    const findings = study.findings.value;
    // Until the first snapshot there is nothing of the run to be shown.
    if (!experiment || imagesSeen === null || !findings) return before();
    return during(experiment, imagesSeen, findings);
  });
}

const NOT_YET: ByCriterion<Value> = byCriterion({ kind: "not_yet" });

/** The right classes of the validation images: those that come last in MNIST's file. */
function classesOf({ images }: App, experiment: Experiment | null): Uint8Array {
  if (!experiment) return new Uint8Array();
  const { digits, trainingImages } = experiment;
  const all = inFileOrder(images, digits).slice(trainingImages);
  return Uint8Array.from(all, ({ digit }) => digits.indexOf(digit));
}

/** The pairs of networks about which nothing can be said yet. */
export function silentPairs(networks: number): Findings["pairs"] {
  const value = { kind: "not_yet" } as const;
  const comparison: Comparison = {
    values: [value, value],
    runs: 0,
    wins: [0, 0],
    ties: 0,
    interval: null,
    verdict: value,
    seeds_needed: null,
  };
  return pairsOf(networks).map((pair) => ({
    networks: pair,
    differ_in_one_layer: null,
    criteria: byCriterion(comparison),
  }));
}
