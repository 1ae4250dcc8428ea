// What is kept of an experiment that has just ended, and how it is brought back.

import { fromHalf, toHalf } from "../../lib/float16.js";
import type { Findings, Study } from "../../pkg/mnist_cubic.js";
import type { Experiment } from "../plan.js";
import type { SnapshotsKeeper } from "../snapshots.js";
import type { Columns, Contents, End, Entry, Stored } from "./entry.js";
import { columnsOf, epochsOf, meanOf } from "./packing.js";
import { MOST_LOSSES } from "./read.js";

/** An experiment, how it ended, and what it says. */
interface Ended {
  readonly experiment: Experiment;
  readonly isStopped: boolean;
  readonly findings: Findings;
}

interface Record {
  readonly entry: Omit<Stored, "id" | "number">;
  readonly contents: Omit<Contents, "id">;
}

/** Null where its end is not there to be kept. */
export function recordOf(
  { experiment, isStopped, findings }: Ended,
  study: Study,
  snapshots: Pick<SnapshotsKeeper, "at" | "weights" | "lastCommon">,
): Record | null {
  const { hash, networks, seeds, trainingImages, validationImages } = experiment;
  const { epoch, runs } = findings;
  const last = snapshots.lastCommon();
  const ends = networks.map((_, network) => endOf(snapshots, network, last));
  if (!ends.every((end) => end !== null)) return null;
  const columns = seeds.map((_, run) =>
    networks.map((__, network) => columnsOf(study.history(run, network))),
  );
  const values = findings.networks.map((network) => network.values);
  const losses = networks.map((_, network) => lossesOf(columns, network, epoch));
  return {
    entry: {
      ...{ hash, epoch, isStopped, runs },
      ...{ trainingImages, validationImages, values, losses },
    },
    contents: { runs: columns, ends },
  };
}

function endOf(
  snapshots: Pick<SnapshotsKeeper, "at" | "weights">,
  network: number,
  moment: number | null,
): End | null {
  const snapshot = moment === null ? null : snapshots.at(network, moment);
  const weights = moment === null ? null : snapshots.weights(network, moment);
  if (!snapshot || !weights) return null;
  const { imagesSeen, logOdds, answers } = snapshot;
  // Copies, as parts of a larger buffer would take all of it along.
  const own = { logOdds: logOdds.slice(), answers: answers.slice() };
  return { imagesSeen, weights: toHalf(weights), ...own };
}

/** Few of the mean losses by epoch, the first and the last among them. */
function lossesOf(
  runs: readonly (readonly Columns[])[],
  network: number,
  epochs: number,
): number[] {
  const mean = meanOf(runs.flatMap((run) => run[network]?.val_loss ?? [])).subarray(0, epochs);
  const count = Math.min(mean.length, MOST_LOSSES);
  const place = (at: number): number =>
    count === 1 ? 0 : Math.round((at * (mean.length - 1)) / (count - 1));
  return Array.from({ length: count }, (_, at) => mean[place(at)] ?? NaN);
}

/** The experiment that an entry is of. */
export function experimentOf(entry: Entry): Experiment {
  const { hash, seeds, digits, networks, epochs, batchSize } = entry;
  const { trainingImages, validationImages } = entry;
  return { hash, seeds, digits, networks, epochs, batchSize, trainingImages, validationImages };
}

/** Tells the study, which has begun the experiment, its histories, and the snapshots its end. */
export function bringBack(
  { isStopped }: Entry,
  { runs, ends }: Contents,
  study: Study,
  snapshots: Pick<SnapshotsKeeper, "add" | "end">,
): void {
  for (const [run, networks] of runs.entries())
    for (const [network, columns] of networks.entries())
      for (const [at, epoch] of epochsOf(columns).entries())
        study.record_epoch(run, network, epoch, at + 1);
  if (isStopped) study.cut();
  for (const [network, { imagesSeen, weights, logOdds, answers }] of ends.entries()) {
    const columns = runs[0]?.[network];
    const epoch = columns ? (epochsOf(columns).at(-1) ?? null) : null;
    snapshots.add(network, {
      type: "snapshot",
      images_seen: imagesSeen,
      epoch,
      weights: fromHalf(weights),
      log_odds: logOdds,
      answers,
    });
  }
  for (const network of ends.keys()) snapshots.end(network);
}
