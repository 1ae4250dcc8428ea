// The phases of a training.

import { signal } from "@preact/signals";
import { beforeEach, expect, test, vi } from "vitest";

import type { Epoch, JobOutput, Study, TrainJob } from "../pkg/mnist_cubic.js";
import type { ImagesState } from "./images.js";
import { inOrder } from "./plan.js";
import type { Training } from "./pool/pool.js";
import type { SettingsState } from "./settings.js";
import { keepSnapshots, type SnapshotsKeeper } from "./snapshots.js";
import { keepStudy } from "./study.js";
import { openTraining, type TrainingKeeper } from "./training.js";

const NAMES = ["custom", "dense"];
const EPOCHS = 2;
/** Ten images, of which eight train. */
const TRAINING_IMAGES = 8;

const EPOCH: Epoch = {
  loss: 1,
  accuracy: 1,
  val_loss: 1,
  val_accuracy: 1,
  mistakes: { count: 0, truth: null, loss_share: null },
};

let training: TrainingKeeper;
let snapshots: SnapshotsKeeper;
/** What the pool trains. */
let begun: Training[];
/** What was asked of the pool and of the study. */
let asked: string[];
let images: { resolve: () => void; reject: (error: Error) => void }[];
const hash = signal("seed=1");

function fakeStudy(): Study {
  const train = (run: number, network: number) => ({
    run,
    network,
    cost: 1,
    train: {
      digits: [0, 2],
      epochs: EPOCHS,
      batch_size: 3,
      seed: run,
      layers: NAMES[network],
    } as TrainJob,
  });
  const seeds = (text: string): number[] => (text.includes("runs=2") ? [1, 2] : [1]);
  const study: Partial<Study> = {
    plan: (text) => ({
      seeds: seeds(text),
      // The longest first: that of the other run.
      jobs: seeds(text)
        .flatMap((_, run) => [train(run, 0), train(run, 1)])
        .reverse(),
    }),
    read_hash: (text) => ({
      hash: text,
      values: [],
      problems: [],
      networks: NAMES.map((name) => ({
        name,
        layers: name,
        learning_rate: null,
        text: name,
        parameters: 1,
      })),
    }),
    begin: (text) => asked.push(`begin ${text}`),
    reset: () => asked.push("reset"),
    record_epoch: (run, network) => asked.push(`epoch of ${run} ${network}`),
    record_test: (run, network, epoch) => asked.push(`test of ${run} ${network} after ${epoch}`),
    cut: (atMost) => atMost ?? 2,
    training_images: (count) => 0.8 * count,
    order: (count) => Uint32Array.from({ length: count }, (_, place) => place),
  };
  return study as Study;
}

beforeEach(() => {
  begun = [];
  asked = [];
  images = [];
  hash.value = "seed=1";
  snapshots = keepSnapshots();
  const texts = signal(new Map([["runs", "1"]]));
  const settings: Partial<SettingsState> = { hash, texts, digits: signal([0, 2]) };
  const store: Partial<ImagesState> = {
    count: () => 10,
    files: () => null,
    want: (_, abort) =>
      new Promise((resolve, reject) => {
        images.push({ resolve, reject });
        abort?.addEventListener("abort", () => reject(new Error("called off")));
      }),
  };
  training = openTraining({
    study: keepStudy(fakeStudy()),
    settings: settings as SettingsState,
    images: store as ImagesState,
    snapshots,
    pool: {
      prepare() {},
      train: (trainings) => void (begun = [...trainings]),
      pause: () => asked.push("pause"),
      resume: () => asked.push("resume"),
      goTo: (sent, from, to) => {
        const states = sent.map((one) => `${begun.indexOf(one.training)}@${one.epoch}`);
        asked.push(`${states.sort().join(" ")} from ${from} to ${to}`);
      },
      retry: () => asked.push("retry"),
      dropTrainings: () => asked.push("drop"),
      evaluate: () =>
        Promise.resolve({
          type: "evaluated",
          test: EPOCH,
          log_odds: new Float32Array(1),
          answers: new Uint8Array(1),
        }),
    },
    machine: { cores: 2, isPhone: false },
    onFreshWeights: () => {},
  });
});

async function imagesCome(): Promise<void> {
  images.at(-1)?.resolve();
  await settled();
}

const settled = (): Promise<unknown> => vi.waitFor(() => Promise.resolve());

async function begin(): Promise<void> {
  training.train();
  await imagesCome();
}

/** A network comes to the end of an epoch. */
const endEpoch = (index: number, epoch: number): void =>
  tell(index, epoch * TRAINING_IMAGES, EPOCH);

/** A network has seen so many images. */
function tell(index: number, imagesSeen: number, epoch: Epoch | null = null): void {
  const output: JobOutput = {
    type: "snapshot",
    images_seen: imagesSeen,
    epoch,
    weights: new Float32Array(1),
    log_odds: new Float32Array(1),
    answers: new Uint8Array(1),
  };
  begun[index]?.onOutput(output);
}

const type = (): string => training.phase.value.type;
const pressable = (): string[] =>
  Object.entries(training.pressable.value).flatMap(([name, can]) => (can ? name : []));

test("waits for images, trains, and finishes when all networks have", async () => {
  expect([type(), pressable()]).toEqual(["ready", ["train", "step"]]);
  training.train();
  expect([type(), training.dataState.value]).toEqual(["waiting", "training"]);
  await imagesCome();
  expect([type(), pressable()]).toEqual(["training", ["pause", "stop", "reset"]]);
  for (const index of [0, 1]) {
    endEpoch(index, 1);
    endEpoch(index, 2);
    expect(type()).toBe("training");
    begun[index]?.onFinished();
  }
  await settled();
  expect(training.phase.value).toMatchObject({ type: "finished", stoppedAfter: null });
  expect(training.progress.value).toMatchObject({ fraction: 1, epoch: 2, runsDone: 1 });
  expect(asked.filter((what) => what.startsWith("test"))).toHaveLength(2);
  expect(pressable()).toEqual(["train", "reset"]);
});

test("pressed ten times is one training", async () => {
  for (let press = 0; press < 5; press++) training.train();
  await imagesCome();
  for (let press = 0; press < 5; press++) training.train();
  expect(images).toHaveLength(1);
  expect(asked).toEqual(["begin seed=1"]);
});

test("trains the shown run first, with the settings as they stood", async () => {
  hash.value = "seed=1&runs=2";
  training.train();
  hash.value = "seed=9";
  expect(training.settingsDiffer.value).toBe(true);
  await imagesCome();
  expect(begun.map(({ config }) => config.seed)).toEqual([0, 0, 1, 1]);
  expect(training.experiment.value?.hash).toBe("seed=1&runs=2");
});

test("takes runs in their order, but of the last jobs the longest first", () => {
  const costs = [2, 1];
  const jobs = costs.flatMap((cost, network) =>
    [0, 1, 2, 3].map((run) => ({ run, network, cost, train: {} as TrainJob })),
  );
  const order = (workers: number): string[] =>
    inOrder({ seeds: [1, 2, 3, 4], jobs }, workers).map(({ run, cost }) => `${run}:${cost}`);
  expect(order(2)).toEqual(["0:2", "0:1", "1:2", "1:1", "2:2", "2:1", "3:2", "3:1"]);
  expect(order(4)).toEqual(["0:2", "0:1", "1:2", "1:1", "2:2", "3:2", "2:1", "3:1"]);
  expect(order(8)).toEqual(["0:2", "0:1", "1:2", "2:2", "3:2", "1:1", "2:1", "3:1"]);
});

test("pauses while it waits, and then begins paused", async () => {
  training.train();
  training.pause();
  expect(training.dataState.value).toBe("paused");
  await imagesCome();
  expect(type()).toBe("paused");
  expect(asked.at(-1)).toBe("pause");
  training.resume();
  expect([type(), asked.at(-1)]).toEqual(["training", "resume"]);
});

test("stops while it waits", async () => {
  training.train();
  training.stop();
  await settled();
  expect(type()).toBe("finished");
  await imagesCome();
  expect([type(), begun]).toEqual(["finished", []]);
});

test("keeps what was trained before when it is stopped while it waits", async () => {
  await begin();
  endEpoch(0, 1);
  endEpoch(1, 1);
  training.stop();
  const before = training.phase.value;
  training.train();
  training.stop();
  await settled();
  expect(training.phase.value).toBe(before);
});

test("stops all at the last common moment, and tests them there", async () => {
  await begin();
  endEpoch(0, 1);
  endEpoch(0, 2);
  endEpoch(1, 1);
  begun[0]?.onFinished();
  training.stop();
  await settled();
  expect(training.phase.value).toMatchObject({ type: "finished", stoppedAfter: 1 });
  expect(snapshots.moments.value).toEqual([TRAINING_IMAGES]);
  expect(snapshots.at(0, 2 * TRAINING_IMAGES)).toBe(null);
  const tests = asked.filter((what) => what.startsWith("test"));
  expect(tests).toEqual(["test of 0 0 after 1", "test of 0 1 after 1"]);
});

test("stops where all weights are kept, if a network has left out those of a later end", async () => {
  await begin();
  for (const epoch of [1, 2]) endEpoch(0, epoch);
  endEpoch(1, 1);
  vi.spyOn(snapshots, "add").mockImplementation(() => {});
  endEpoch(1, 2);
  training.stop();
  await settled();
  expect(training.phase.value).toMatchObject({ type: "finished", stoppedAfter: 1 });
  const tests = asked.filter((what) => what.startsWith("test"));
  expect(tests).toEqual(["test of 0 0 after 1", "test of 0 1 after 1"]);
});

test("begins with a step, and takes one after another", async () => {
  training.step();
  await imagesCome();
  expect([type(), pressable()]).toEqual(["paused", ["resume", "stop", "reset", "step"]]);
  expect(asked.at(-1)).toBe("0@0 1@0 from null to 3");
  training.step();
  expect(asked.at(-1), "one at a time").toBe("0@0 1@0 from null to 3");
  for (const index of [0, 1]) tell(index, 3);
  expect(training.lastBatch.value).toMatchObject({ from: 0 });
  training.step();
  expect(asked.at(-1)).toBe("0@0 1@0 from 3 to 6");
  for (const index of [0, 1]) tell(index, 6);
  training.step();
  expect(asked.at(-1), "the last batch is smaller").toBe("0@0 1@0 from 6 to 8");
  training.resume();
  expect([type(), asked.at(-1), training.lastBatch.value]).toEqual(["training", "resume", null]);
});

test("steps from the last moment that all networks have, though one was ahead and had finished", async () => {
  await begin();
  endEpoch(0, 1);
  endEpoch(1, 1);
  endEpoch(0, 2);
  begun[0]?.onFinished();
  training.pause();
  training.step();
  expect(asked.at(-1)).toBe("0@1 1@1 from 8 to 11");
  for (const index of [0, 1]) endEpoch(index, 2);
  begun[1]?.onFinished();
  expect(type(), "the first one is trained again").toBe("paused");
  begun[0]?.onFinished();
  expect(type()).toBe("finished");
});

test("takes steps by itself in slow motion, until it is paused or goes on at full pace", async () => {
  vi.useFakeTimers();
  training.setPace("slow");
  training.train();
  images.at(-1)?.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect([type(), asked.at(-1)]).toEqual(["training", "0@0 1@0 from null to 3"]);
  for (const index of [0, 1]) tell(index, 3);
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked.at(-1)).toBe("0@0 1@0 from 3 to 6");
  for (const index of [0, 1]) tell(index, 6);
  training.pause();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked.at(-1)).toBe("pause");
  training.resume();
  expect(asked.at(-1)).toBe("0@0 1@0 from 6 to 8");
  training.setPace("full");
  expect(asked.at(-1)).toBe("resume");
  vi.useRealTimers();
});

test("says what images are missing, and goes on from there", async () => {
  training.train();
  images[0]?.reject(new Error("train-0 is missing."));
  await settled();
  expect(training.phase.value).toMatchObject({
    type: "failed",
    failure: { sentence: "train-0 is missing.", action: "Retry" },
  });
  expect(pressable()).toEqual([]);
  const { phase } = training;
  if (phase.value.type === "failed") phase.value.failure.act();
  expect(type()).toBe("waiting");
  await imagesCome();
  expect(type()).toBe("training");
});

test("comes back from a failure at rest to what was before", async () => {
  void training.wantImages();
  images[0]?.reject(new Error("train-0 is missing."));
  await settled();
  expect(type()).toBe("failed");
  void training.wantImages();
  expect(type()).toBe("ready");
});

test("rests where a job cannot go on, until somebody presses Go on", async () => {
  await begin();
  begun[1]?.onGivenUp("A worker has stopped 3 times at the same place: killed.");
  expect(training.phase.value).toMatchObject({ type: "failed", failure: { action: "Go on" } });
  expect(pressable()).toEqual(["stop", "reset"]);
  expect(asked.at(-1)).toBe("pause");
  if (training.phase.value.type === "failed") training.phase.value.failure.act();
  expect([type(), ...asked.slice(-2)]).toEqual(["training", "resume", "retry"]);
});

test("forgets everything on Reset", async () => {
  await begin();
  endEpoch(0, 1);
  training.reset();
  expect([type(), training.experiment.value, training.progress.value]).toEqual([
    "ready",
    null,
    null,
  ]);
  expect(snapshots.moments.value).toEqual([]);
  expect(asked).toContain("reset");
});
