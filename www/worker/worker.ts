// One worker of the pool: runs jobs in slices, and hears the page between them.

import init, { Images, Job, type JobOutput } from "../pkg/mnist_cubic.js";
import type { JobSpec, Report, Request } from "./messages.js";

/** A slice of work, in ms. */
const SLICE = 10;
/** Silence after which it sends a heartbeat, in ms. */
const QUIET = 500;

interface Running {
  readonly job: Job;
  readonly isTraining: boolean;
  /** Whether it advances to a place even while paused. */
  isSent: boolean;
}

const jobs = new Map<number, Running>();
let images: Images | null = null;
let isPaused = false;
let isDead = false;
let lastWord = 0;
let lastWorked = 0;

// Requests are answered one after another, in the order in which they came, also while the program is opened.
let last = Promise.resolve();
addEventListener("message", ({ data }: MessageEvent<Request>) => {
  last = last.then(() => (isDead ? undefined : take(data))).catch(die);
});

async function take(request: Request): Promise<void> {
  switch (request.type) {
    case "open":
      await init({ module_or_path: request.module });
      images = new Images();
      say({ type: "ready" });
      return;
    case "images":
      opened().add(request.part, request.digit, request.images, request.fileIndices);
      return;
    case "begin":
      begin(request.id, request.job);
      break;
    case "drop":
      drop(request.id);
      return;
    case "pause":
      isPaused = true;
      for (const running of jobs.values()) running.isSent = false;
      return;
    case "resume":
      isPaused = false;
      for (const { job } of jobs.values()) job.rest_at();
      break;
    case "go_to":
      send(request.id, request.imagesSeen);
      break;
  }
  goOn();
}

function begin(id: number, spec: JobSpec): void {
  try {
    jobs.set(id, { job: start(spec), isTraining: spec.type === "train", isSent: false });
  } catch (error) {
    // The core reports bad input as a plain Error; anything else (a trap, a stack overflow) leaves it unusable.
    if (!isSentence(error)) throw error;
    say({ type: "refused", id, sentence: error.message });
  }
}

function start(spec: JobSpec): Job {
  switch (spec.type) {
    case "train":
      return Job.train(opened(), spec.config, spec.epoch, spec.weights ?? undefined);
    case "evaluate":
      return Job.evaluate(opened(), spec.config, spec.weights);
    case "features":
      return Job.features(opened(), spec.digit);
  }
}

function send(id: number, imagesSeen: number): void {
  const running = jobs.get(id);
  if (!running) return;
  running.job.rest_at(imagesSeen);
  running.isSent = true;
}

function opened(): Images {
  if (!images) throw new TypeError("the program was not opened");
  return images;
}

function drop(id: number): void {
  jobs.get(id)?.job.free();
  jobs.delete(id);
}

// Timers are throttled in hidden tabs; messages are not. Between two slices the page's messages get their turn.
const turns = new MessageChannel();
let turnComes = false;

function goOn(): void {
  if (turnComes || next() === null) return;
  turnComes = true;
  turns.port2.postMessage(null);
}

turns.port1.onmessage = () => {
  turnComes = false;
  if (isDead) return;
  try {
    const id = next();
    if (id !== null) work(id);
    goOn();
  } catch (error) {
    die(error);
  }
};

/** The next job, round robin; trainings that rest are skipped. */
function next(): number | null {
  const ready = [...jobs].filter(([, running]) => isReady(running)).map(([id]) => id);
  return ready.find((id) => id > lastWorked) ?? ready[0] ?? null;
}

function isReady({ job, isTraining, isSent }: Running): boolean {
  return !job.resting && (!isTraining || !isPaused || isSent);
}

function work(id: number): void {
  const running = jobs.get(id);
  if (!running) return;
  lastWorked = id;
  const outputs = running.job.step(SLICE);
  const isFinished = running.job.finished;
  if (isFinished) drop(id);
  if (outputs.length > 0 || isFinished) say({ type: "outputs", id, outputs, isFinished });
  else if (performance.now() - lastWord > QUIET) say({ type: "alive" });
}

function say(report: Report): void {
  lastWord = performance.now();
  postMessage(report, report.type === "outputs" ? report.outputs.flatMap(buffersOf) : []);
}

/** What is handed over rather than copied. */
function buffersOf(output: JobOutput): ArrayBuffer[] {
  return Object.values(output)
    .filter((value) => value instanceof Float32Array || value instanceof Uint8Array)
    .map(({ buffer }) => buffer as ArrayBuffer);
}

function isSentence(error: unknown): error is Error {
  return error instanceof Error && Object.getPrototypeOf(error) === Error.prototype;
}

function die(error: unknown): void {
  if (isDead) return;
  isDead = true;
  say({ type: "panic", reason: error instanceof Error ? error.message : String(error) });
}
