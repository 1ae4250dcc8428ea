// The pool, with workers that do as they are told.

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { JobOutput, TrainJob } from "../../pkg/mnist_cubic.js";
import type { Report, Request } from "../../worker/messages.js";
import type { DigitFiles, Part } from "../images.js";
import { Pool, type Training } from "./pool.js";
import type { PoolWorker } from "./worker-handle.js";

class FakeWorker implements PoolWorker {
  readonly heard: Request[] = [];
  isEnded = false;
  onmessage: PoolWorker["onmessage"] = null;
  onmessageerror: PoolWorker["onmessageerror"] = null;
  onerror: PoolWorker["onerror"] = null;

  postMessage(request: Request): void {
    this.heard.push(request);
  }
  terminate(): void {
    this.isEnded = true;
  }
  say(report: Report): void {
    this.onmessage?.call(this as unknown as Worker, { data: report } as MessageEvent<Report>);
  }
  /** The jobs that it was given and that were not dropped, by their ids. */
  get jobs(): Extract<Request, { type: "begin" }>[] {
    const dropped = this.heard.flatMap((request) => (request.type === "drop" ? request.id : []));
    return this.heard.flatMap((request) =>
      request.type === "begin" && !dropped.includes(request.id) ? request : [],
    );
  }
  images(): string[] {
    return this.heard.flatMap((request) =>
      request.type === "images" ? `${request.part} ${request.digit}` : [],
    );
  }
  outputs(id: number, outputs: JobOutput[], isFinished = false): void {
    this.say({ type: "outputs", id, outputs, isFinished });
  }
}

let workers: FakeWorker[] = [];
let pool: Pool;
/** When images are sent: at once, unless a test waits. */
let turn: (act: () => void) => void;

function files(): (part: Part, digit: number) => DigitFiles {
  const made = new Map<string, DigitFiles>();
  return (part, digit) => {
    const key = `${part} ${digit}`;
    const bytes = new Uint8Array(1);
    const one = made.get(key) ?? { part, digit, images: bytes, fileIndices: bytes, count: 1 };
    made.set(key, one);
    return one;
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  turn = (act) => act();
  const spawn = (): FakeWorker => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  pool = new Pool({}, files(), spawn, (act) => turn(act));
});
afterEach(() => {
  vi.useRealTimers();
});

const worker = (index: number): FakeWorker => {
  const found = workers[index];
  if (!found) throw new Error(`There is no worker ${index}.`);
  return found;
};
const jobOf = (of: FakeWorker): Extract<Request, { type: "begin" }> => {
  const job = of.jobs.at(-1);
  if (!job) throw new Error("It has no job.");
  return job;
};

function config(changes: Partial<TrainJob> = {}): TrainJob {
  return {
    digits: [0, 2],
    layers: "relu10",
    learning_rate: 0.01,
    batch_size: 32,
    epochs: 3,
    seed: 1,
    order: "shuffled",
    detail: "full",
    ...changes,
  };
}

/** A training that notes what it hears. */
function noted(changes: Partial<TrainJob> = {}): Training & { heard: string[] } {
  const heard: string[] = [];
  return {
    heard,
    config: config(changes),
    onOutput: (output) =>
      heard.push("images_seen" in output ? `${output.images_seen}` : output.type),
    onFinished: () => heard.push("finished"),
    onGivenUp: (sentence) => heard.push(sentence),
  };
}

function epochEnd(imagesSeen: number, weights: Float32Array | null): JobOutput {
  const mistakes = { count: 0, truth: null, loss_share: null };
  const epoch = { loss: 1, accuracy: 1, val_loss: 1, val_accuracy: 1, mistakes };
  return {
    type: "snapshot",
    images_seen: imagesSeen,
    epoch,
    weights,
    log_odds: null,
    answers: null,
  };
}

test("trains in the order given, on as many workers as it may", () => {
  pool.train([noted({ seed: 1 }), noted({ seed: 2 }), noted({ seed: 3 })], 2);
  const seeds = workers.map((one) => {
    const { job } = jobOf(one);
    return job.type === "train" && job.config.seed;
  });
  expect(seeds).toEqual([1, 2]);
  worker(1).outputs(jobOf(worker(1)).id, [], true);
  expect(workers.length).toBe(2);
  expect(jobOf(worker(1)).job).toMatchObject({ config: { seed: 3 } });
});

test("sends each digit's images once", async () => {
  pool.train([noted({ seed: 1 }), noted({ seed: 2 })], 1);
  const features = pool.features(2);
  const evaluated = pool.evaluate([0, 2], "relu10", new Float32Array(1));
  const made: JobOutput = { type: "features", digit: 2, features: null };
  worker(0).outputs(jobOf(worker(0)).id, [made], true);
  expect(await features).toBe(null);
  // The features make room for the evaluation.
  expect(worker(0).images()).toEqual(["train 0", "train 2", "test 0", "test 2"]);
  const score = { loss: 1, accuracy: 1, mistakes: { count: 0, truth: null, loss_share: null } };
  const output: JobOutput = {
    type: "evaluated",
    test: score,
    log_odds: new Float32Array(),
    answers: new Uint8Array(),
  };
  const evaluation = worker(0).jobs.find(({ job }) => job.type === "evaluate");
  worker(0).outputs(evaluation?.id ?? 0, [output], true);
  expect((await evaluated).test).toEqual(score);
});

test("sends each digit's images in a turn of its own, and what needs them after that", () => {
  const turns: (() => void)[] = [];
  turn = (act) => void turns.push(act);
  pool.train([noted(), noted()], 2);
  pool.pause();
  const heard = (): string[] => workers.map((one) => one.heard.map(({ type }) => type).join(" "));
  expect(heard()).toEqual(["open", "open"]);
  turns.shift()?.();
  expect(heard()).toEqual(["open images", "open"]);
  for (let act = turns.shift(); act; act = turns.shift()) act();
  const all = "open images images begin pause";
  expect(heard()).toEqual([all, all]);
});

test("has workers and images ready before they are wanted", () => {
  pool.prepare([0, 2], 2);
  pool.prepare([0, 2], 2);
  expect(workers.map((one) => one.images())).toEqual([
    ["train 0", "train 2"],
    ["train 0", "train 2"],
  ]);
  const before = workers.map(({ heard }) => heard.length);
  pool.train([noted({ seed: 1 }), noted({ seed: 2 })], 2);
  expect(workers.map(({ heard }, at) => heard.slice(before[at]).map(({ type }) => type))).toEqual([
    ["resume", "begin"],
    ["resume", "begin"],
  ]);
});

test("sends nothing to a worker that is lost", () => {
  const turns: (() => void)[] = [];
  turn = (act) => void turns.push(act);
  pool.prepare([0, 2], 1);
  worker(0).say({ type: "panic", reason: "killed" });
  for (let act = turns.shift(); act; act = turns.shift()) act();
  expect(worker(0).images()).toEqual([]);
});

test("runs a job on from its last epoch when its worker panics", () => {
  const training = noted();
  pool.train([training], 1);
  const weights = new Float32Array([1, 2]);
  worker(0).outputs(jobOf(worker(0)).id, [epochEnd(100, weights), epochEnd(200, weights)]);
  worker(0).say({ type: "panic", reason: "unreachable executed" });
  expect(worker(0).isEnded).toBe(true);
  expect(jobOf(worker(1)).job).toMatchObject({ epoch: 2, weights });
});

test("begins a job again where no weights came, and leaves out what had come", () => {
  const training = noted({ detail: "epochs" });
  pool.train([training], 1);
  worker(0).outputs(jobOf(worker(0)).id, [epochEnd(100, null), epochEnd(200, null)]);
  worker(0).say({ type: "panic", reason: "out of memory" });
  expect(jobOf(worker(1)).job).toMatchObject({ epoch: 0, weights: null });
  const weights = new Float32Array(1);
  const again = [epochEnd(100, null), epochEnd(200, null), epochEnd(300, weights)];
  worker(1).outputs(jobOf(worker(1)).id, again, true);
  expect(training.heard).toEqual(["100", "200", "300", "finished"]);
});

test("replaces a worker twice at the same place, then says so, and tries again when asked", () => {
  const training = noted();
  pool.train([training], 1);
  for (let loss = 0; loss < 3; loss++) worker(loss).say({ type: "panic", reason: "no luck." });
  expect(training.heard).toEqual(["A worker has stopped 3 times at the same place: no luck."]);
  expect(workers.length).toBe(3);
  pool.retry();
  expect(jobOf(worker(3)).job).toMatchObject({ epoch: 0 });
});

test("replaces workers any number of times where the job gets on", () => {
  const training = noted({ epochs: 20 });
  pool.train([training], 1);
  for (let epoch = 1; epoch <= 10; epoch++) {
    const lost = worker(epoch - 1);
    lost.outputs(jobOf(lost).id, [epochEnd(100 * epoch, new Float32Array(1))]);
    lost.say({ type: "panic", reason: "killed" });
  }
  expect(training.heard).toEqual(Array.from({ length: 10 }, (_, index) => `${100 * (index + 1)}`));
  expect(jobOf(worker(10)).job).toMatchObject({ epoch: 10 });
});

test("replaces a worker that falls silent, but none that rests", () => {
  pool.train([noted()], 1);
  worker(0).say({ type: "ready" });
  pool.pause();
  vi.advanceTimersByTime(60_000);
  expect(worker(0).isEnded).toBe(false);
  pool.resume();
  vi.advanceTimersByTime(5000);
  worker(0).say({ type: "alive" });
  vi.advanceTimersByTime(5000);
  expect(worker(0).isEnded).toBe(false);
  vi.advanceTimersByTime(5000);
  expect(worker(0).isEnded).toBe(true);
  expect(workers.length).toBe(2);
});

for (const [what, patience] of [
  ["works", 8],
  ["is loaded", 20],
] as const) {
  test(`waits twice as long for a worker that ${what} after one that fell silent`, () => {
    const training = noted();
    pool.train([training], 1);
    for (const [place, times] of [1, 2, 4].entries()) {
      if (what === "works") worker(place).say({ type: "ready" });
      vi.advanceTimersByTime(times * patience * 1000);
      expect(worker(place).isEnded).toBe(false);
      vi.advanceTimersByTime(1000);
      expect(worker(place).isEnded).toBe(true);
    }
    expect(workers.length).toBe(3);
  });
}

test("waits no longer once there was progress", () => {
  pool.train([noted()], 1);
  worker(0).say({ type: "ready" });
  vi.advanceTimersByTime(9000);
  worker(1).say({ type: "ready" });
  worker(1).outputs(jobOf(worker(1)).id, [epochEnd(100, null)], false);
  vi.advanceTimersByTime(9000);
  expect(worker(1).isEnded).toBe(true);
});

test("hears nothing of dropped trainings", () => {
  const training = noted();
  pool.train([training, noted()], 1);
  const { id } = jobOf(worker(0));
  pool.dropTrainings();
  expect(worker(0).heard.at(-1)).toEqual({ type: "drop", id });
  worker(0).outputs(id, [epochEnd(100, null)], true);
  expect(training.heard).toEqual([]);
  expect(worker(0).jobs).toEqual([]);
});

test("passes a refusal on", () => {
  const training = noted();
  pool.train([training], 1);
  worker(0).say({ type: "refused", id: jobOf(worker(0)).id, sentence: "There are no images." });
  expect(training.heard).toEqual(["There are no images."]);
  expect(worker(0).isEnded).toBe(false);
});

test("ends idle workers that hold other digits", () => {
  pool.train([noted()], 1);
  worker(0).outputs(jobOf(worker(0)).id, [], true);
  pool.train([noted({ digits: [1, 2] })], 1);
  expect(worker(0).isEnded).toBe(true);
  expect(worker(1).images()).toEqual(["train 1", "train 2"]);
});

test("takes trainings to a place while all rests: on from where they rest, else from the state given", () => {
  const trainings = [noted({ seed: 1 }), noted({ seed: 2 })] as const;
  const weights = new Float32Array(1);
  const sent = trainings.map((training) => ({ training, epoch: 1, weights }));
  pool.train(trainings, 2);
  worker(0).outputs(jobOf(worker(0)).id, [epochEnd(100, weights), epochEnd(200, weights)]);
  pool.pause();
  pool.goTo(sent, 100, 132);
  for (const index of [0, 1]) {
    expect(worker(index).jobs).toHaveLength(1); // the one before is dropped
    const { id, job } = jobOf(worker(index));
    expect(job).toMatchObject({ epoch: 1, weights });
    expect(worker(index).heard.at(-1)).toEqual({ type: "go_to", id, imagesSeen: 132 });
    worker(index).outputs(id, [epochEnd(132, null)]);
  }
  expect(trainings[0].heard).toEqual(["100", "200", "132"]);
  pool.goTo(sent, 132, 164);
  for (const index of [0, 1]) {
    const { id } = jobOf(worker(index));
    expect(worker(index).heard.at(-1)).toEqual({ type: "go_to", id, imagesSeen: 164 });
  }
  // One is lost on its way, and another worker goes there.
  worker(1).say({ type: "panic", reason: "killed" });
  expect(worker(2).heard.at(-1)).toMatchObject({ type: "go_to", imagesSeen: 164 });
  // One has gone on meanwhile.
  pool.resume();
  pool.pause();
  pool.goTo(sent, 164, 196);
  expect(jobOf(worker(0)).job).toMatchObject({ epoch: 1 });
});
