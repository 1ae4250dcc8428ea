// The pool of workers: a queue of pure jobs, and workers that are replaced when they are lost.
//
// A lost worker's job is restarted on another: a training from the last epoch's end that came with weights, or else
// from its start. Either gives the same bits, so repeated outputs are skipped, and nothing else notices.

import { clause } from "../../lib/sentence.js";
import type { JobOutput, TrainJob } from "../../pkg/mnist_cubic.js";
import type { JobSpec } from "../../worker/messages.js";
import type { DigitFiles, Part } from "../images.js";
import { type Listener, Task } from "./task.js";
import { type JobReport, type PoolWorker, WorkerHandle } from "./worker-handle.js";

/** How often a job is restarted without progress. */
const MOST_REPLACEMENTS = 2;

/** A training, and who hears of it. */
export interface Training extends Listener {
  readonly config: TrainJob;
}

/** A training to advance, and the state from which it can be restarted, as in a job. */
export interface Sent {
  readonly training: Training;
  readonly epoch: number;
  readonly weights: Float32Array | null;
}

/** What evaluating gives. */
export type Evaluated = Extract<JobOutput, { type: "evaluated" }>;

export class Pool {
  private readonly workers = new Set<WorkerHandle>();
  private queue: Task[] = [];
  private givenUp: Task[] = [];
  private limit = 1;
  private isPaused = false;
  private nextId = 1;
  /** By weights: the training and the page ask of the same ones, and get the same answer. */
  private readonly evaluations = new WeakMap<Float32Array, Promise<Evaluated>>();

  constructor(
    private readonly module: WebAssembly.Module,
    private readonly files: (part: Part, digit: number) => DigitFiles | null,
    private readonly spawn: () => PoolWorker,
    private readonly inTurn: (act: () => void) => void,
  ) {
    // Ticks rather than a clock: seconds in which the page itself sleeps do not count.
    setInterval(() => {
      for (const worker of [...this.workers]) worker.tick(this.isPaused);
    }, 1000);
  }

  /** Opens as many workers as a training of these digits will have, and hands them the images. */
  prepare(digits: readonly number[], workers: number): void {
    this.endUnfit(digits);
    while (this.workers.size < workers) this.open();
    for (const worker of [...this.workers].slice(0, workers)) {
      worker.give(this.filesOf("train", digits));
    }
  }

  /** Trains these, in this order, on at most `limit` workers. Their images must be there. */
  train(trainings: readonly Training[], limit: number): void {
    this.limit = limit;
    this.isPaused = false;
    for (const worker of this.workers) worker.post({ type: "resume" });
    this.endUnfit(trainings.flatMap(({ config }) => config.digits));
    for (const training of trainings) {
      const { config } = training;
      const spec: JobSpec = { type: "train", config, epoch: 0, weights: null };
      this.queue.push(new Task(this.nextId++, spec, training));
    }
    this.fill();
  }

  pause(): void {
    this.isPaused = true;
    for (const worker of this.workers) worker.post({ type: "pause" });
  }

  resume(): void {
    this.isPaused = false;
    for (const task of this.trainings()) task.goal = task.restsAt = null;
    for (const worker of this.workers) worker.post({ type: "resume" });
  }

  /**
   * While paused, advances trainings from one place (null: before the first) to another, where they rest and report a
   * snapshot. One that rests elsewhere, or has ended, is restarted from the state given.
   */
  goTo(sent: readonly Sent[], from: number | null, to: number): void {
    for (const { training, epoch, weights } of sent) {
      const task = this.trainings().find(({ listener }) => listener === training);
      const worker = [...this.workers].find(({ tasks }) => task && tasks.has(task.id));
      if (task && worker && task.restsAt === from) {
        task.goal = to;
        worker.goTo(task, to);
        continue;
      }
      if (task) this.forget(task);
      const spec: JobSpec = { type: "train", config: training.config, epoch, weights };
      const again = new Task(this.nextId++, spec, training, from);
      again.goal = to;
      this.queue.unshift(again);
    }
    this.fill();
  }

  /** Forgets all trainings; nothing is heard of them any more. */
  dropTrainings(): void {
    for (const task of this.trainings()) this.forget(task);
    this.fill();
  }

  /** Begins the trainings again that were given up, from where they are. */
  retry(): void {
    for (const task of this.givenUp) task.losses = 0;
    this.queue.unshift(...this.givenUp);
    this.givenUp = [];
    this.fill();
  }

  /** Tries weights on the test images, which must be there. Rejects with a sentence. */
  evaluate(digits: number[], layers: string, weights: Float32Array): Promise<Evaluated> {
    const asked = this.evaluations.get(weights);
    if (asked) return asked;
    const spec: JobSpec = { type: "evaluate", config: { digits, layers }, weights };
    const evaluation = this.ask(spec, "evaluated");
    this.evaluations.set(weights, evaluation);
    // A retry may succeed.
    evaluation.catch(() => this.evaluations.delete(weights));
    return evaluation;
  }

  /** The features of a digit's training images, which must be there; null where they are too few. */
  async features(digit: number): Promise<Uint8Array | null> {
    return (await this.ask({ type: "features", digit }, "features")).features;
  }

  private ask<Type extends JobOutput["type"]>(
    spec: JobSpec,
    type: Type,
  ): Promise<Extract<JobOutput, { type: Type }>> {
    const isAnswer = (output: JobOutput): output is Extract<JobOutput, { type: Type }> =>
      output.type === type;
    return new Promise((resolve, reject) => {
      const listener: Listener = {
        onOutput(output) {
          if (isAnswer(output)) resolve(output);
        },
        onFinished: () => reject(new Error("A worker gave no answer.")),
        onGivenUp: (sentence) => reject(new Error(sentence)),
      };
      this.queue.push(new Task(this.nextId++, spec, listener));
      this.fill();
    });
  }

  /** Those that have not ended. */
  private trainings(): Task[] {
    const begun = [...this.workers].flatMap(({ tasks }) => [...tasks.values()]);
    return [...begun, ...this.queue, ...this.givenUp].filter(({ isTraining }) => isTraining);
  }

  private forget(task: Task): void {
    this.queue = this.queue.filter((one) => one !== task);
    this.givenUp = this.givenUp.filter((one) => one !== task);
    for (const worker of this.workers) worker.drop(task);
  }

  /** Gives work to whoever has room for it. */
  private fill(): void {
    const waiting: Task[] = [];
    for (const task of this.queue) {
      const worker = this.workerFor(task);
      if (!worker) {
        waiting.push(task);
        continue;
      }
      worker.give(this.filesOf(task.part, task.digits));
      worker.begin(task);
    }
    this.queue = waiting;
  }

  /** The one with room that lacks the fewest images, then that does the least; or a new one. */
  private workerFor(task: Task): WorkerHandle | null {
    const files = this.filesOf(task.part, task.digits);
    const free = [...this.workers].filter((worker) => worker.hasRoomFor(task));
    free.sort((a, b) => a.lacks(files) - b.lacks(files) || a.tasks.size - b.tasks.size);
    if (free[0]) return free[0];
    const most = task.isTraining ? this.limit : 1;
    return this.workers.size < most ? this.open() : null;
  }

  private filesOf(part: Part, digits: readonly number[]): DigitFiles[] {
    return digits.flatMap((digit) => this.files(part, digit) ?? []);
  }

  private open(): WorkerHandle {
    const worker = new WorkerHandle(this.spawn(), this.module, this.inTurn, {
      onReport: (report) => this.hear(worker, report),
      onLost: (reason) => this.replace(worker, reason),
    });
    this.workers.add(worker);
    if (this.isPaused) worker.post({ type: "pause" });
    return worker;
  }

  private hear(worker: WorkerHandle, report: JobReport): void {
    const task = worker.tasks.get(report.id);
    if (!task) return;
    if (report.type === "refused") {
      worker.tasks.delete(task.id);
      this.giveUp(task, report.sentence);
      this.fill();
      return;
    }
    for (const output of report.outputs) task.pass(output);
    if (!report.isFinished) return;
    worker.tasks.delete(task.id);
    task.listener.onFinished();
    this.fill();
  }

  /** Another runs its jobs on. */
  private replace(worker: WorkerHandle, reason: string): void {
    if (!this.workers.delete(worker)) return;
    worker.end();
    const again: Task[] = [];
    for (const task of worker.tasks.values()) {
      task.losses += 1;
      task.restsAt = null;
      if (task.losses > MOST_REPLACEMENTS) this.giveUp(task, lossSentence(reason));
      else again.push(task);
    }
    this.queue.unshift(...again);
    this.fill();
  }

  private giveUp(task: Task, sentence: string): void {
    if (task.isTraining) this.givenUp.push(task);
    task.listener.onGivenUp(sentence);
  }

  /** Ends idle workers that hold images of other digits: memory is for those that are wanted. */
  private endUnfit(digits: readonly number[]): void {
    for (const worker of this.workers) {
      if (!worker.isIdleWithOthersThan(digits)) continue;
      this.workers.delete(worker);
      worker.end();
    }
  }
}

function lossSentence(reason: string): string {
  return `A worker has stopped ${MOST_REPLACEMENTS + 1} times at the same place: ${clause(reason)}.`;
}
