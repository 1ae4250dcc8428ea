// The pool of workers: a queue of pure jobs, and workers that are replaced when they are lost.
//
// A lost worker's job is restarted on another: a training from the last epoch's end that came with weights, or else
// from its start. Either gives the same bits, so repeated outputs are skipped, and nothing else notices.

import { clause } from "../lib/sentence.js";
import type { JobOutput, TrainJob } from "../pkg/mnist_cubic.js";
import type { JobSpec, Report, Request } from "../worker/messages.js";
import type { DigitFiles, Part } from "./images.js";

/** How often a job is restarted without progress. */
const MOST_REPLACEMENTS = 2;
/** A worker with work says something every half second; one that was silent for so long is gone, in seconds. Twice as
 * long where its job has lost one already, and so on: the machine may just be slow. */
const LONGEST_SILENCE = 8;
/** The same while it is still being loaded. */
const LONGEST_LOADING = 20;

/** What the pool needs of a `Worker`. */
export type PoolWorker = Pick<
  Worker,
  "postMessage" | "terminate" | "onmessage" | "onmessageerror" | "onerror"
>;

/** A training, and who hears of it. */
export interface Training {
  readonly config: TrainJob;
  readonly onOutput: (output: JobOutput) => void;
  readonly onFinished: () => void;
  /** Its workers were lost time and again, or the job was refused; the sentence says why. */
  readonly onGivenUp: (sentence: string) => void;
}

/** A training to advance, and the state from which it can be restarted, as in a job. */
export interface Sent {
  readonly training: Training;
  readonly epoch: number;
  readonly weights: Float32Array | null;
}

/** What evaluating gives. */
export type Evaluated = Extract<JobOutput, { type: "evaluated" }>;

interface Task {
  readonly id: number;
  readonly isTraining: boolean;
  /** The images that it needs. */
  readonly part: Part;
  readonly digits: readonly number[];
  /** Where it begins, now. */
  spec: JobSpec;
  /** Epochs that its worker has ended, with those before it began. */
  ended: number;
  /** Images seen at the last snapshot that was passed on. */
  reached: number;
  /** Workers lost since. */
  losses: number;
  /** Its target while trainings are paused, in images seen; and where it rests, once there. */
  goal: number | null;
  restsAt: number | null;
  readonly onOutput: (output: JobOutput) => void;
  readonly onFinished: () => void;
  readonly onGivenUp: (sentence: string) => void;
}

interface Host {
  readonly worker: PoolWorker;
  /** The images that it was given. */
  readonly given: Set<DigitFiles>;
  readonly tasks: Map<number, Task>;
  /** What it is to be sent, in order. */
  readonly outbox: Request[];
  /** Whether images are about to be sent to it. */
  isBeingSent: boolean;
  isReady: boolean;
  /** Seconds without a word, while there should be one. */
  silence: number;
}

export class Pool {
  private readonly hosts = new Set<Host>();
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
    setInterval(() => this.tick(), 1000);
  }

  /** Opens as many workers as a training of these digits will have, and hands them the images. */
  prepare(digits: readonly number[], workers: number): void {
    this.endUnfit(digits);
    while (this.hosts.size < workers) this.open();
    for (const host of [...this.hosts].slice(0, workers)) this.give(host, "train", digits);
  }

  /** Trains these, in this order, on at most `limit` workers. Their images must be there. */
  train(trainings: readonly Training[], limit: number): void {
    this.limit = limit;
    this.isPaused = false;
    for (const host of this.hosts) this.post(host, { type: "resume" });
    this.endUnfit(trainings.flatMap(({ config }) => config.digits));
    for (const { config, ...listener } of trainings) {
      const spec: JobSpec = { type: "train", config, epoch: 0, weights: null };
      this.queue.push(this.task(spec, "train", config.digits, listener));
    }
    this.fill();
  }

  pause(): void {
    this.isPaused = true;
    for (const host of this.hosts) this.post(host, { type: "pause" });
  }

  resume(): void {
    this.isPaused = false;
    for (const task of this.trainings()) task.goal = task.restsAt = null;
    for (const host of this.hosts) this.post(host, { type: "resume" });
  }

  /**
   * While paused, advances trainings from one place (null: before the first) to another, where they rest and report a
   * snapshot. One that rests elsewhere, or has ended, is restarted from the state given.
   */
  goTo(sent: readonly Sent[], from: number | null, to: number): void {
    for (const { training, epoch, weights } of sent) {
      const { config, ...listener } = training;
      const task = this.trainings().find(({ onOutput }) => onOutput === training.onOutput);
      const host = [...this.hosts].find(({ tasks }) => task && tasks.has(task.id));
      if (task && host && task.restsAt === from) {
        task.goal = to;
        this.post(host, { type: "go_to", id: task.id, imagesSeen: to });
        continue;
      }
      if (task) this.forget(task);
      const spec: JobSpec = { type: "train", config, epoch, weights };
      const again = this.task(spec, "train", config.digits, listener);
      again.reached = from ?? -1;
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
    const evaluation = this.ask(spec, "test", digits, "evaluated") as Promise<Evaluated>;
    this.evaluations.set(weights, evaluation);
    // A retry may succeed.
    evaluation.catch(() => this.evaluations.delete(weights));
    return evaluation;
  }

  /** The features of a digit's training images, which must be there; null where they are too few. */
  async features(digit: number): Promise<Uint8Array | null> {
    const output = await this.ask({ type: "features", digit }, "train", [digit], "features");
    return output.type === "features" ? output.features : null;
  }

  /** Those that have not ended. */
  private trainings(): Task[] {
    const begun = [...this.hosts].flatMap(({ tasks }) => [...tasks.values()]);
    return [...begun, ...this.queue, ...this.givenUp].filter(({ isTraining }) => isTraining);
  }

  private forget(task: Task): void {
    this.queue = this.queue.filter((one) => one !== task);
    this.givenUp = this.givenUp.filter((one) => one !== task);
    for (const host of this.hosts) {
      if (host.tasks.delete(task.id)) this.post(host, { type: "drop", id: task.id });
    }
  }

  private ask(
    spec: JobSpec,
    part: Part,
    digits: readonly number[],
    type: JobOutput["type"],
  ): Promise<JobOutput> {
    return new Promise((resolve, reject) => {
      const listener = {
        onOutput: (output: JobOutput) => {
          if (output.type === type) resolve(output);
        },
        onFinished: () => reject(new Error("A worker gave no answer.")),
        onGivenUp: (sentence: string) => reject(new Error(sentence)),
      };
      this.queue.push(this.task(spec, part, digits, listener));
      this.fill();
    });
  }

  private task(
    spec: JobSpec,
    part: Part,
    digits: readonly number[],
    listener: Pick<Task, "onOutput" | "onFinished" | "onGivenUp">,
  ): Task {
    const isTraining = spec.type === "train";
    return {
      id: this.nextId++,
      isTraining,
      part,
      digits,
      spec,
      ended: 0,
      reached: -1,
      losses: 0,
      goal: null,
      restsAt: null,
      ...listener,
    };
  }

  /** Gives work to whoever has room for it: a worker takes one training, and one other job beside it. */
  private fill(): void {
    const waiting: Task[] = [];
    for (const task of this.queue) {
      const host = this.hostFor(task);
      if (host) this.begin(host, task);
      else waiting.push(task);
    }
    this.queue = waiting;
  }

  private hostFor(task: Task): Host | null {
    const isFree = (host: Host): boolean =>
      [...host.tasks.values()].every(({ isTraining }) => isTraining !== task.isTraining);
    const free = [...this.hosts].filter(isFree);
    const missing = (host: Host): number =>
      this.needed(task.part, task.digits).filter((files) => !host.given.has(files)).length;
    free.sort((a, b) => missing(a) - missing(b) || a.tasks.size - b.tasks.size);
    if (free[0]) return free[0];
    const most = task.isTraining ? this.limit : 1;
    return this.hosts.size < most ? this.open() : null;
  }

  private begin(host: Host, task: Task): void {
    this.give(host, task.part, task.digits);
    host.tasks.set(task.id, task);
    task.ended = task.spec.type === "train" ? task.spec.epoch : 0;
    this.post(host, { type: "begin", id: task.id, job: task.spec });
    if (task.goal !== null) this.post(host, { type: "go_to", id: task.id, imagesSeen: task.goal });
  }

  private give(host: Host, part: Part, digits: readonly number[]): void {
    for (const files of this.needed(part, digits)) {
      if (host.given.has(files)) continue;
      host.given.add(files);
      const { digit, images, fileIndices } = files;
      this.post(host, { type: "images", part, digit, images, fileIndices });
    }
  }

  private needed(part: Part, digits: readonly number[]): DigitFiles[] {
    return digits.flatMap((digit) => this.files(part, digit) ?? []);
  }

  private open(): Host {
    const worker = this.spawn();
    const host: Host = {
      worker,
      given: new Set(),
      tasks: new Map(),
      outbox: [],
      isBeingSent: false,
      isReady: false,
      silence: 0,
    };
    worker.onmessage = ({ data }: MessageEvent<Report>) => this.hear(host, data);
    worker.onmessageerror = () => this.lose(host, "a message could not be read");
    worker.onerror = (event) => {
      event.preventDefault();
      this.lose(host, event.message || "its program could not be loaded");
    };
    this.hosts.add(host);
    this.post(host, { type: "open", module: this.module });
    if (this.isPaused) this.post(host, { type: "pause" });
    return host;
  }

  private post(host: Host, request: Request): void {
    host.outbox.push(request);
    this.send(host);
  }

  /** Copying images takes some milliseconds a digit: each gets its own task, and later messages wait. */
  private send(host: Host): void {
    for (let next = host.outbox[0]; next && next.type !== "images"; next = host.outbox[0]) {
      host.outbox.shift();
      host.worker.postMessage(next);
    }
    if (host.outbox.length === 0 || host.isBeingSent) return;
    host.isBeingSent = true;
    this.inTurn(() => {
      host.isBeingSent = false;
      const images = host.outbox.shift();
      if (!images || !this.hosts.has(host)) return;
      host.worker.postMessage(images);
      this.send(host);
    });
  }

  private hear(host: Host, report: Report): void {
    if (!this.hosts.has(host)) return;
    host.silence = 0;
    switch (report.type) {
      case "ready":
        host.isReady = true;
        return;
      case "alive":
        return;
      case "panic":
        this.lose(host, report.reason);
        return;
      case "refused":
        this.refuse(host, report.id, report.sentence);
        return;
      case "outputs": {
        const task = host.tasks.get(report.id);
        if (!task) return;
        for (const output of report.outputs) this.pass(task, output);
        if (report.isFinished) this.finish(host, task);
      }
    }
  }

  /** Passes an output on, unless it came before the worker was replaced. */
  private pass(task: Task, output: JobOutput): void {
    if (output.type === "snapshot") {
      if (output.epoch) task.ended += 1;
      if (output.images_seen <= task.reached) return;
      task.reached = output.images_seen;
      task.losses = 0;
      if (task.goal !== null && output.images_seen >= task.goal) {
        task.restsAt = output.images_seen;
        task.goal = null;
      }
      this.remember(task, output);
    }
    if (output.type === "progress" && output.images_seen <= task.reached) return;
    task.onOutput(output);
  }

  private remember(task: Task, { epoch, weights }: Extract<JobOutput, { type: "snapshot" }>): void {
    if (task.spec.type !== "train" || !epoch || !weights) return;
    task.spec = { ...task.spec, epoch: task.ended, weights };
  }

  private finish(host: Host, task: Task): void {
    host.tasks.delete(task.id);
    task.onFinished();
    this.fill();
  }

  private refuse(host: Host, id: number, sentence: string): void {
    const task = host.tasks.get(id);
    if (!task) return;
    host.tasks.delete(id);
    this.giveUp(task, sentence);
    this.fill();
  }

  private lose(host: Host, reason: string): void {
    if (!this.hosts.delete(host)) return;
    host.worker.terminate();
    const again: Task[] = [];
    for (const task of host.tasks.values()) {
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
    task.onGivenUp(sentence);
  }

  /** Ends idle workers that hold images of other digits: memory is for those that are wanted. */
  private endUnfit(digits: readonly number[]): void {
    for (const host of this.hosts) {
      const isUnfit = [...host.given].some(({ digit }) => !digits.includes(digit));
      if (!isUnfit || host.tasks.size > 0) continue;
      this.hosts.delete(host);
      host.worker.terminate();
    }
  }

  private tick(): void {
    for (const host of [...this.hosts]) {
      const tasks = [...host.tasks.values()];
      const works = tasks.some(
        ({ isTraining, goal }) => !(isTraining && this.isPaused && goal === null),
      );
      if (host.isReady && !works) {
        host.silence = 0;
        continue;
      }
      host.silence += 1;
      const longest = host.isReady ? LONGEST_SILENCE : LONGEST_LOADING;
      const losses = Math.max(0, ...tasks.map((task) => task.losses));
      if (host.silence > longest * 2 ** losses) this.lose(host, "it did not answer any more");
    }
  }
}

function lossSentence(reason: string): string {
  return `A worker has stopped ${MOST_REPLACEMENTS + 1} times at the same place: ${clause(reason)}.`;
}
