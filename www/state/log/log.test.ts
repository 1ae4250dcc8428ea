// The log of experiments, with the compiled study and what stands in for the browser's database.

import { readFileSync } from "node:fs";

import { beforeAll, expect, test, vi } from "vitest";

import { type Epoch, initSync, Study } from "../../pkg/mnist_cubic.js";
import type { Address } from "../address.js";
import type { ImagesState } from "../images.js";
import type { Training } from "../pool/pool.js";
import { openSettings } from "../settings.js";
import { keepSnapshots } from "../snapshots.js";
import { keepStudy } from "../study.js";
import { openTraining } from "../training.js";
import { memoryStore, type Store } from "./database.js";
import { exported } from "./export-json.js";
import { keepLog, MOST_EXPERIMENTS } from "./log.js";

const IMAGES = 10; // of which eight train
const ADDRESS: Address = { read: () => "", write: () => {}, follow: () => {}, view: () => null };

beforeAll(() => {
  initSync({ module: readFileSync(new URL("../../pkg/mnist_cubic_bg.wasm", import.meta.url)) });
});

interface Course {
  /** Stop is pressed after this epoch. */
  readonly stopsAfter?: number;
  /** The cubic network's loss is no number any more in this epoch. */
  readonly breaksIn?: number;
}

/** A page, opened on what is stored. */
function openPage(database: () => Promise<Store>) {
  const compiled = new Study();
  const study = keepStudy(compiled);
  const settings = openSettings(compiled, ADDRESS);
  const snapshots = keepSnapshots();
  let count = IMAGES;
  const images = { want: () => Promise.resolve(), count: () => count } as unknown as ImagesState;
  let trainings: readonly Training[] = [];
  const pool = {
    prepare() {},
    train: (begun: readonly Training[]) => (trainings = begun),
    pause() {},
    resume() {},
    goTo() {},
    dropTrainings() {},
    retry() {},
    evaluate: () => Promise.reject(new Error("There are no test images.")),
  };
  const machine = { cores: 2, isPhone: false };
  const training = openTraining({
    ...{ study, settings, images, snapshots, pool, machine },
    onFreshWeights() {},
  });
  const log = keepLog({ study, settings, images, snapshots, training });
  const opened = log.open(database);

  /** Trains as the settings say, with metrics that nobody could take for others. */
  const train = async (hash: string, { stopsAfter, breaksIn }: Course = {}): Promise<void> => {
    settings.take(hash);
    training.train();
    await settle();
    const begun = training.experiment.peek();
    for (const { config, onOutput, onFinished } of trainings) {
      const breaks = config.layers.includes("cubic") ? breaksIn : undefined;
      const last = breaks ?? stopsAfter ?? config.epochs;
      const weights = compiled.start_weights(
        config.layers,
        Uint8Array.from(config.digits),
        config.seed,
      );
      for (let epoch = 1; epoch <= last; epoch++) {
        const isBroken = epoch === breaks;
        onOutput({
          type: "snapshot",
          images_seen: epoch * (begun?.trainingImages ?? 0),
          epoch: epochOf(isBroken ? NaN : config.seed + config.layers.length / 100, epoch),
          weights: isBroken ? weights.map(() => NaN) : weights,
          log_odds: Float32Array.of(-2.5, 7),
          answers: Uint8Array.of(1, 0),
        });
      }
      if (stopsAfter === undefined) onFinished();
    }
    if (stopsAfter !== undefined) training.stop();
    await settle();
  };
  return {
    ...{ compiled, study, settings, snapshots, training, log, opened, train },
    setImages: (now: number) => (count = now),
  };
}

/** Lets what is on its way come. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

const epochOf = (odd: number, epoch: number): Epoch => ({
  loss: odd / epoch,
  accuracy: 1 - 0.1 / epoch,
  val_loss: odd + 0.01 * epoch,
  val_accuracy: 0.5,
  mistakes: { count: 1, truth: 0.07 / epoch, loss_share: 0.9 },
});

const SMALL = "digits=0,2&epochs=3&networks=a:relu3,cubic2;b:relu4@0.1";

test("an experiment that has ended is there for the next visit, to the last bit", async () => {
  const store = memoryStore();
  const page = openPage(() => Promise.resolve(store));
  await page.train(`${SMALL}&runs=2&seed=5`);
  const [entry] = page.log.entries.peek();
  expect(entry).toMatchObject({ number: 1, epoch: 3, runs: 2, isStopped: false });
  expect(entry?.networks.map(({ text }) => text)).toEqual(["a:relu3,cubic2", "b:relu4@0.1"]);
  expect(page.log.shown.peek()).toBe(entry?.id);

  const next = openPage(() => Promise.resolve(store));
  await next.opened;
  const [found] = next.log.entries.peek();
  expect(found).toEqual(entry);
  if (!found) return;
  await next.log.show(found);
  expect(next.training.phase.peek().type).toBe("finished");
  expect(next.settings.hash.peek()).toBe(page.settings.hash.peek());
  expect(next.compiled.csv()).toBe(page.compiled.csv());
  expect(next.compiled.findings()).toEqual(page.compiled.findings());
  expect(next.snapshots.moments.peek()).toEqual([24]);
  const end = page.snapshots.weights(1, 24) ?? new Float32Array();
  const back = next.snapshots.weights(1, 24) ?? new Float32Array();
  expect(back.length).toBe(end.length);
  back.forEach((weight, at) => expect(weight).toBeCloseTo(end[at] ?? NaN, 3));
  expect(next.snapshots.at(0, 24)?.logOdds).toEqual(Float32Array.of(-2.5, 7));
  // What came from the log is not put there again.
  expect(next.log.entries.peek()).toHaveLength(1);
  expect(next.log.shown.peek()).toBe(found.id);
});

test("what was stopped stays stopped, and what was not begun is no experiment", async () => {
  const store = memoryStore();
  const page = openPage(() => Promise.resolve(store));
  await page.train(SMALL, { stopsAfter: 2 });
  await page.train(SMALL, { stopsAfter: 0 });
  expect(page.log.entries.peek()).toHaveLength(1);
  const [entry] = page.log.entries.peek();
  expect(entry).toMatchObject({ epoch: 2, isStopped: true });
  if (!entry) return;
  await page.log.show(entry);
  expect(page.training.phase.peek()).toMatchObject({ type: "finished", stoppedAfter: 2 });
  expect(page.compiled.history(0, 0)).toHaveLength(2);
});

test("a network that blew up comes back as it was", async () => {
  const store = memoryStore();
  const page = openPage(() => Promise.resolve(store));
  await page.train(SMALL, { breaksIn: 2 });
  const csv = page.compiled.csv();
  const findings = page.compiled.findings();
  expect(findings.networks.map(({ divergence }) => divergence?.epoch)).toEqual([2, undefined]);

  const next = openPage(() => Promise.resolve(store));
  await next.opened;
  const [entry] = next.log.entries.peek();
  if (!entry) throw new Error("There is no entry.");
  expect(entry.values[0]?.mistakes.kind).toBe("diverged");
  await next.log.show(entry);
  expect(next.compiled.csv()).toBe(csv);
  expect(next.compiled.findings()).toEqual(findings);
  expect(next.snapshots.moments.peek()).toEqual([24]);
  expect(next.snapshots.weights(0, 24)?.every(Number.isNaN)).toBe(true);
});

test("the oldest go, and that is said", async () => {
  const removed: number[] = [];
  const store = memoryStore();
  const counting: Store = {
    ...store,
    add(entry, contents, instead) {
      removed.push(...instead);
      return store.add(entry, contents, instead);
    },
  };
  const page = openPage(() => Promise.resolve(counting));
  for (let seed = 1; seed <= MOST_EXPERIMENTS + 2; seed++)
    await page.train(`${SMALL}&seed=${seed}`);
  const all = page.log.entries.peek();
  expect(all).toHaveLength(MOST_EXPERIMENTS);
  expect(all[0]?.number).toBe(MOST_EXPERIMENTS + 2);
  expect(all.at(-1)?.number).toBe(3);
  expect(page.log.last.peek()).toMatchObject({ type: "let go", entry: { number: 2 } });
  expect(removed).toHaveLength(2);
  expect(await store.read()).toHaveLength(MOST_EXPERIMENTS);
});

test("where the browser keeps nothing, the log lives for this visit", async () => {
  const page = openPage(() => Promise.reject(new Error("refused")));
  await page.opened;
  expect(page.log.storage.peek()).toBe("refused");
  await page.train(SMALL);
  const [entry] = page.log.entries.peek();
  if (!entry) throw new Error("There is no entry.");
  page.training.reset();
  await page.log.show(entry);
  expect(page.compiled.history(0, 1)).toHaveLength(3);
});

test("a browser that does not answer is waited for, but not for ever", async () => {
  vi.useFakeTimers();
  const page = openPage(() => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  expect(page.log.storage.peek()).toBe("refused");
  await page.train(SMALL);
  expect(page.log.entries.peek()).toHaveLength(1);
});

test("a browser that is full is no reason to lose an experiment", async () => {
  const full: Store = {
    ...memoryStore(),
    add: () => Promise.reject(new Error("The quota is exceeded.")),
  };
  const page = openPage(() => Promise.resolve(full));
  await page.opened;
  await page.train(SMALL);
  expect(page.log.storage.peek()).toBe("full");
  const [entry] = page.log.entries.peek();
  if (!entry) throw new Error("There is no entry.");
  await page.log.overlay(entry, true);
  expect(page.log.overlaid.peek()).toHaveLength(1);
});

test("what is deleted can be brought back, and is gone when it is not", async () => {
  const store = memoryStore();
  const page = openPage(() => Promise.resolve(store));
  await page.train(SMALL);
  const [entry] = page.log.entries.peek();
  if (!entry) throw new Error("There is no entry.");
  await page.log.overlay(entry, true);
  await page.log.remove(entry);
  expect(page.log.entries.peek()).toEqual([]);
  expect(page.log.overlaid.peek()).toEqual([]);
  expect(await store.read()).toEqual([]);
  await page.log.bringBack();
  expect(page.log.entries.peek()).toEqual([entry]);
  expect(await store.read()).toHaveLength(1);
});

test("one that is full in the middle keeps what came before", async () => {
  const store = memoryStore();
  let room = 1;
  const small: Store = {
    ...store,
    add: (entry, ...others) =>
      room-- > 0 ? store.add(entry, ...others) : Promise.reject(new Error("full")),
  };
  const page = openPage(() => Promise.resolve(small));
  await page.train(`${SMALL}&seed=1`);
  expect(page.log.storage.peek()).toBe("kept");
  await page.train(`${SMALL}&seed=2`);
  expect(page.log.storage.peek()).toBe("full");
  expect(page.log.entries.peek().map(({ number }) => number)).toEqual([2, 1]);
  const next = openPage(() => Promise.resolve(small));
  await next.opened;
  expect(next.log.entries.peek().map(({ number }) => number)).toEqual([1]);
});

test("two pages at once keep what both do, each under a number of its own", async () => {
  const store = memoryStore();
  const pages = [openPage(() => Promise.resolve(store)), openPage(() => Promise.resolve(store))];
  await Promise.all(pages.map(({ opened }) => opened));
  for (const [at, page] of pages.entries()) await page.train(`${SMALL}&seed=${at + 1}`);
  const next = openPage(() => Promise.resolve(store));
  await next.opened;
  expect(next.log.entries.peek().map(({ number }) => number)).toEqual([2, 1]);
  await next.train(`${SMALL}&seed=3`);
  expect(next.log.entries.peek().map(({ number }) => number)).toEqual([3, 2, 1]);
});

test("an entry from the end of time does not stop the log", async () => {
  const store = memoryStore();
  const page = openPage(() => Promise.resolve(store));
  await page.train(SMALL);
  const [good] = await store.read();
  const entry = good?.value as Record<string, unknown>;
  for (const end of [
    { id: Number.MAX_SAFE_INTEGER },
    { id: 8.64e15, number: 2 ** 53 - 1 },
    { id: 8.64e15 },
  ]) {
    const value = { ...entry, ...end };
    const next = openPage(() =>
      Promise.resolve({ ...memoryStore(), read: () => Promise.resolve([{ key: 1, value }]) }),
    );
    await next.opened;
    const before = next.log.entries.peek().length;
    await next.train(SMALL);
    expect(next.log.entries.peek()).toHaveLength(before + 1);
    expect(() =>
      exported(
        next.log.entries
          .peek()
          .map((one) => ({ entry: one, contents: { id: one.id, runs: [], ends: [] } })),
      ),
    ).not.toThrow();
  }
});

test("what others stored is left out and counted, and harms nothing", async () => {
  const store = memoryStore();
  const page = openPage(() => Promise.resolve(store));
  await page.train(SMALL);
  const [good] = await store.read();
  const entry = good?.value as Record<string, unknown>;
  const mistakes = { kind: "measured", value: Infinity };
  const infinite = (entry.values as object[]).map((its) => ({ ...its, mistakes }));
  const foreign: unknown[] = [
    null,
    7,
    "entry",
    {},
    { ...entry, id: "x" },
    { ...entry, id: 1, number: 0 },
    { ...entry, id: 2, hash: "epochs=0" },
    { ...entry, id: 3, hash: "<script>" },
    { ...entry, id: 4, epoch: 1e9 },
    { ...entry, id: 5, epoch: NaN },
    { ...entry, id: 6, runs: 21 },
    { ...entry, id: 7, values: [] },
    { ...entry, id: 8, values: [{}, {}] },
    { ...entry, id: 9, losses: [["1"], [2]] },
    { ...entry, id: 10, losses: [Array(1e4).fill(1), []] },
    { ...entry, id: 11, validationImages: -2 },
    { ...entry, id: 12, values: infinite },
  ];
  const all = [...foreign.map((value, key) => ({ key, value })), { key: 99, value: entry }];
  const removed: IDBValidKey[] = [];
  const hostile: Store = {
    ...store,
    read: () => Promise.resolve(all),
    remove(keys) {
      removed.push(...keys);
      return Promise.resolve();
    },
  };
  const next = openPage(() => Promise.resolve(hostile));
  await next.opened;
  expect(next.log.entries.peek()).toHaveLength(1);
  expect(next.log.unreadable.peek()).toBe(foreign.length);
  await next.log.removeUnreadable();
  expect(next.log.unreadable.peek()).toBe(0);
  expect(removed).toEqual(foreign.map((_, key) => key));
});

test("contents that do not fit are not shown", async () => {
  const store = memoryStore();
  const page = openPage(() => Promise.resolve(store));
  await page.train(SMALL);
  const [entry] = page.log.entries.peek();
  if (!entry) throw new Error("There is no entry.");
  const right = (await store.contents(entry.id)) as {
    runs: Record<string, unknown>[][];
    ends: Record<string, unknown>[];
  };
  const [first = {}, second = {}] = right.ends;
  const columns = right.runs[0]?.[0] ?? {};
  const bad: unknown[] = [
    undefined,
    { ...right, id: 3 },
    { ...right, runs: [] },
    { ...right, runs: [[columns]] },
    { ...right, runs: [[columns, { ...columns, loss: [1, 2, 3] }]] },
    { ...right, runs: [[columns, { ...columns, loss: new Float64Array(1) }]] },
    { ...right, runs: [[columns, { ...columns, mistakes: new Uint32Array(9) }]] },
    { ...right, ends: [first] },
    { ...right, ends: [first, { ...second, weights: new Uint16Array(3) }] },
    { ...right, ends: [first, { ...second, answers: Uint8Array.of(0, 2) }] },
    { ...right, ends: [first, { ...second, logOdds: new Float32Array(1e3) }] },
    { ...right, ends: [first, { ...second, imagesSeen: 1e9 }] },
  ];
  for (const contents of bad) {
    const next = openPage(() =>
      Promise.resolve({ ...store, contents: () => Promise.resolve(contents) }),
    );
    await next.opened;
    const [found] = next.log.entries.peek();
    if (!found) throw new Error("There is no entry.");
    await next.log.show(found);
    expect(next.log.last.peek().type).toBe("unreadable");
    expect(next.training.phase.peek().type).toBe("ready");
  }
});

test("an experiment on other images is not shown", async () => {
  const page = openPage(() => Promise.resolve(memoryStore()));
  await page.train(SMALL);
  const [entry] = page.log.entries.peek();
  if (!entry) throw new Error("There is no entry.");
  page.training.reset();
  page.setImages(20);
  await page.log.show(entry);
  expect(page.log.last.peek().type).toBe("other images");
  expect(page.training.phase.peek().type).toBe("ready");
});

test("all of it as one file, with the histories as the study writes them", async () => {
  const page = openPage(() => Promise.resolve(memoryStore()));
  await page.train(`${SMALL}&seed=8`);
  const { experiments } = JSON.parse(exported(await page.log.contents())) as {
    experiments: { settings: string; runs: { seed: number; histories: unknown }[] }[];
  };
  const [only] = experiments;
  expect(only?.settings).toBe(page.settings.hash.peek());
  expect(only?.runs[0]?.seed).toBe(8);
  const { a } = JSON.parse(page.compiled.json()) as { a: { loss: number[] } };
  expect(only?.runs[0]?.histories).toMatchObject({ a });
});
