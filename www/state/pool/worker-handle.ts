// One worker of the pool: what it was given, what it is to be sent, and whether it still answers.

import type { Report, Request } from "../../worker/messages.js";
import type { DigitFiles } from "../images.js";
import type { Task } from "./task.js";

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

/** What it says of its jobs. */
export type JobReport = Extract<Report, { id: number }>;

interface Listener {
  readonly onReport: (report: JobReport) => void;
  /** Nothing can be expected of it any more; it should be ended. */
  readonly onLost: (reason: string) => void;
}

export class WorkerHandle {
  readonly tasks = new Map<number, Task>();
  private readonly given = new Set<DigitFiles>();
  private readonly outbox: Request[] = [];
  private areImagesDue = false;
  private isReady = false;
  private isEnded = false;
  /** Seconds without a word, while there should be one. */
  private silence = 0;

  /** `inTurn` calls what it is given in a task of its own. */
  constructor(
    private readonly worker: PoolWorker,
    module: WebAssembly.Module,
    private readonly inTurn: (act: () => void) => void,
    private readonly listener: Listener,
  ) {
    worker.onmessage = ({ data }: MessageEvent<Report>) => this.hear(data);
    worker.onmessageerror = () => listener.onLost("a message could not be read");
    worker.onerror = (event) => {
      event.preventDefault();
      listener.onLost(event.message || "its program could not be loaded");
    };
    this.post({ type: "open", module });
  }

  /** Whether it may be given a task: it takes one training, and one other job beside it. */
  hasRoomFor(task: Task): boolean {
    return [...this.tasks.values()].every(({ isTraining }) => isTraining !== task.isTraining);
  }

  /** How many of these it was not given yet. */
  lacks(files: readonly DigitFiles[]): number {
    return files.filter((one) => !this.given.has(one)).length;
  }

  /** Whether it does nothing, and holds images of other digits. */
  isIdleWithOthersThan(digits: readonly number[]): boolean {
    return this.tasks.size === 0 && [...this.given].some(({ digit }) => !digits.includes(digit));
  }

  give(files: readonly DigitFiles[]): void {
    for (const one of files) {
      if (this.given.has(one)) continue;
      this.given.add(one);
      const { part, digit, images, fileIndices } = one;
      this.post({ type: "images", part, digit, images, fileIndices });
    }
  }

  begin(task: Task): void {
    this.tasks.set(task.id, task);
    this.post({ type: "begin", id: task.id, job: task.begin() });
    if (task.goal !== null) this.goTo(task, task.goal);
  }

  goTo({ id }: Task, imagesSeen: number): void {
    this.post({ type: "go_to", id, imagesSeen });
  }

  drop({ id }: Task): void {
    if (this.tasks.delete(id)) this.post({ type: "drop", id });
  }

  post(request: Request): void {
    this.outbox.push(request);
    this.send();
  }

  /** A second has gone by. */
  tick(isPaused: boolean): void {
    const tasks = [...this.tasks.values()];
    if (this.isReady && !tasks.some((task) => task.runs(isPaused))) {
      this.silence = 0;
      return;
    }
    this.silence += 1;
    const longest = this.isReady ? LONGEST_SILENCE : LONGEST_LOADING;
    const losses = Math.max(0, ...tasks.map((task) => task.losses));
    if (this.silence > longest * 2 ** losses) this.listener.onLost("it did not answer any more");
  }

  end(): void {
    this.isEnded = true;
    this.worker.terminate();
  }

  /** Copying images takes some milliseconds a digit: each gets its own task, and later messages wait. */
  private send(): void {
    for (let next = this.outbox[0]; next && next.type !== "images"; next = this.outbox[0]) {
      this.outbox.shift();
      this.worker.postMessage(next);
    }
    if (this.outbox.length === 0 || this.areImagesDue) return;
    this.areImagesDue = true;
    this.inTurn(() => {
      this.areImagesDue = false;
      const images = this.outbox.shift();
      if (!images || this.isEnded) return;
      this.worker.postMessage(images);
      this.send();
    });
  }

  private hear(report: Report): void {
    if (this.isEnded) return;
    this.silence = 0;
    if (report.type === "ready") this.isReady = true;
    else if (report.type === "panic") this.listener.onLost(report.reason);
    else if (report.type !== "alive") this.listener.onReport(report);
  }
}
