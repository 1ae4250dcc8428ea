// How far a training is, and how long it will take.

import type { Plan } from "../pkg/mnist_cubic.js";
import type { Experiment } from "./plan.js";

export interface Progress {
  /** From 0 to 1, over all runs and networks. */
  readonly fraction: number;
  /** The last epoch of the shown run that all networks have finished. */
  readonly epoch: number;
  readonly epochs: number;
  /** Runs that are done, of `runs`. */
  readonly runsDone: number;
  readonly runs: number;
  /** Of all networks of the shown run, one after another; null until one is measured. */
  readonly secondsPerEpoch: number | null;
  readonly secondsLeft: number | null;
  /** How many train at once. */
  readonly workers: number;
}

/** One job of the plan. */
interface Course {
  readonly run: number;
  readonly network: number;
  readonly cost: number;
  imagesSeen: number;
  /** By the training's own clock: at its first word, and at its last epoch's end, in seconds. */
  begun: number | null;
  lastEnd: number | null;
  /** Whether nothing more comes: a network that has diverged ends before its time. */
  isDone: boolean;
}

export class Courses {
  private readonly all: readonly Course[];

  constructor(
    private readonly experiment: Experiment,
    plan: Plan,
    private readonly workers: number,
  ) {
    this.all = plan.jobs.map(({ run, network, cost }) => {
      return { run, network, cost, imagesSeen: 0, begun: null, lastEnd: null, isDone: false };
    });
  }

  note(run: number, network: number, imagesSeen: number, seconds: number): void {
    const course = this.all.find((one) => one.run === run && one.network === network);
    if (!course) return;
    course.imagesSeen = Math.max(course.imagesSeen, imagesSeen);
    course.begun ??= seconds;
    if (imagesSeen > 0 && imagesSeen % this.experiment.trainingImages === 0)
      course.lastEnd = seconds;
  }

  end(run: number, network: number): void {
    const course = this.all.find((one) => one.run === run && one.network === network);
    if (course) course.isDone = true;
  }

  get progress(): Progress {
    const { epochs, seeds } = this.experiment;
    const costs = sum(this.all.map(({ cost }) => cost));
    const done = sum(this.all.map((course) => course.cost * this.share(course)));
    const shown = this.all.filter(({ run }) => run === 0);
    const isDone = (_: number, run: number): boolean =>
      this.all.every((course) => course.run !== run || this.share(course) === 1);
    return {
      fraction: costs > 0 ? done / costs : 0,
      epoch: Math.min(...shown.map((one) => (one.isDone ? epochs : this.epochsOf(one)))),
      epochs,
      runsDone: seeds.filter(isDone).length,
      runs: seeds.length,
      secondsPerEpoch: this.secondsPerEpoch(shown),
      secondsLeft: this.secondsLeft(),
      workers: this.workers,
    };
  }

  private share({ imagesSeen, isDone }: Course): number {
    const { epochs, trainingImages } = this.experiment;
    return isDone ? 1 : Math.min(1, imagesSeen / (epochs * trainingImages));
  }

  private epochsOf({ imagesSeen }: Course): number {
    return Math.floor(imagesSeen / this.experiment.trainingImages);
  }

  private secondsPerEpoch(shown: readonly Course[]): number | null {
    const each = shown.map((course) => this.measured(course));
    return each.includes(null) ? null : sum(each.map((seconds) => seconds ?? 0));
  }

  private measured(course: Course): number | null {
    const { begun, lastEnd } = course;
    return begun === null || lastEnd === null ? null : (lastEnd - begun) / this.epochsOf(course);
  }

  /** The remaining work shared by all workers, but at least the longest job. */
  private secondsLeft(): number | null {
    const rates = this.all.flatMap((course) => {
      const seconds = this.measured(course);
      return seconds === null ? [] : [(seconds * this.experiment.epochs) / course.cost];
    });
    if (rates.length === 0) return null;
    const secondsPerCost = sum(rates) / rates.length;
    const left = this.all.map((course) => course.cost * (1 - this.share(course)) * secondsPerCost);
    return Math.max(...left, sum(left) / this.workers);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
