// What a training is to be: its experiment, its jobs, and their order.

import type { NetworkText, Plan } from "../pkg/mnist_cubic.js";
import type { StudyKeeper } from "./study.js";

/** What is trained, as the settings stood when Train was pressed. */
export interface Experiment {
  readonly hash: string;
  readonly seeds: readonly number[];
  readonly digits: readonly number[];
  readonly networks: readonly NetworkText[];
  readonly epochs: number;
  readonly batchSize: number;
  /** Training images, which is also images seen in an epoch; 0 while waiting. */
  readonly trainingImages: number;
  readonly validationImages: number;
}

/** What would be trained with these settings. */
export function planOf(keeper: StudyKeeper, hash: string): { plan: Plan; planned: Experiment } {
  const plan = keeper.study.plan(hash);
  const config = plan.jobs[0]?.train;
  if (!config) throw new Error("These settings train nothing.");
  const planned = {
    hash,
    seeds: plan.seeds,
    digits: config.digits,
    networks: keeper.study.read_hash(hash).networks,
    epochs: config.epochs,
    batchSize: config.batch_size,
    trainingImages: 0,
    validationImages: 0,
  };
  return { plan, planned };
}

/**
 * Run by run, so that networks can be compared as early as possible; in each the longest first, as in the plan. But
 * the last jobs, one per worker, go longest first, so that none begins when the others are nearly done.
 */
export function inOrder({ jobs }: Plan, workers: number): Plan["jobs"] {
  const ordered = [...jobs].sort((a, b) => a.run - b.run);
  const shown = jobs.filter(({ run }) => run === 0).length;
  const last = ordered.splice(Math.max(shown, ordered.length - workers));
  return [...ordered, ...last.sort((a, b) => b.cost - a.cost)];
}

export function split(
  { study }: StudyKeeper,
  count: number,
): Pick<Experiment, "trainingImages" | "validationImages"> {
  const trainingImages = study.training_images(count);
  return { trainingImages, validationImages: count - trainingImages };
}
