// The store of snapshots: thinning on one grid, and the playhead.

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { fromHalf, toHalf } from "../lib/float16.js";
import { mostSpareable, scaleOf } from "./snapshot-thinning.js";
import { keepSnapshots } from "./snapshots.js";

const PARAMETERS = 1000;
/** Weights rounded, one validation image. */
const ONE = 2 * PARAMETERS + 5;

const snapshot = (imagesSeen: number, value = 0.1) => ({
  type: "snapshot" as const,
  images_seen: imagesSeen,
  epoch: null,
  weights: new Float32Array(PARAMETERS).fill(value),
  log_odds: new Float32Array(1),
  answers: new Uint8Array(1),
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("spares the moment with the nearest neighbours, never an end", () => {
  const scale = scaleOf(1, 100);
  expect(mostSpareable([0, 100], scale)).toBe(null);
  expect(mostSpareable([0, 100, 101, 102, 500], scale)).toBe(101);
  expect(mostSpareable([0, 50, 100, 150, 200, 300], scale)).toBe(150);
});

test("keeps the same moments of all networks, the newest exact", () => {
  const store = keepSnapshots(60 * ONE);
  store.begin(2, 32, 100);
  for (let epoch = 0; epoch <= 60; epoch++) {
    store.add(0, snapshot(100 * epoch));
    if (epoch >= 10) store.add(1, snapshot(100 * (epoch - 10)));
  }
  expect(store.lastCommon()).toBe(5000);
  const moments = store.moments.value;
  expect(moments[0]).toBe(0);
  expect(moments.at(-1)).toBe(5000);
  expect(moments.length).toBeGreaterThanOrEqual(12);
  for (const moment of moments) {
    expect(store.at(0, moment) && store.at(1, moment)).toBeTruthy();
  }
  const exact = Math.fround(0.1);
  expect(store.weights(0, 5000)?.[0]).toBe(exact);
  expect(store.weights(0, 6000)?.[0]).toBe(exact);
  expect(store.weights(0, 0)?.[0]).toBeCloseTo(0.1, 4);
  expect(store.weights(0, 0)?.[0]).not.toBe(exact);
});

test("never spares the last common moment, however far one network is ahead", () => {
  const store = keepSnapshots(20 * ONE);
  store.begin(2, 32, 100);
  store.add(1, snapshot(0));
  store.add(1, snapshot(100));
  for (let epoch = 0; epoch <= 200; epoch++) store.add(0, snapshot(100 * epoch));
  expect(store.lastCommon()).toBe(100);
  expect(store.at(0, 20_000)).not.toBe(null);
});

test("shows the first epoch moment by moment, later the newest", () => {
  const store = keepSnapshots();
  store.begin(1, 32, 100);
  for (const moment of [0, 32, 64, 100, 200, 300]) store.add(0, snapshot(moment));
  const seen = [store.shown.value];
  for (let pause = 0; pause < 5; pause++) {
    vi.advanceTimersByTime(200);
    seen.push(store.shown.value);
  }
  expect(seen).toEqual([0, 32, 64, 100, 300, 300]);
});

test("stays where the visitor holds it, and comes back to now", () => {
  const store = keepSnapshots();
  store.begin(1, 32, 100);
  for (const moment of [0, 100, 200]) store.add(0, snapshot(moment));
  store.move(90);
  store.add(0, snapshot(300));
  vi.advanceTimersByTime(1000);
  expect([store.playhead.value, store.shown.value]).toEqual([90, 100]);
  store.move("now");
  expect(store.shown.value).toBe(300);
});

test("cuts what only some networks have", () => {
  const store = keepSnapshots();
  store.begin(2, 32, 100);
  for (const moment of [0, 100, 200]) store.add(0, snapshot(moment));
  for (const moment of [0, 100]) store.add(1, snapshot(moment));
  store.cut();
  expect(store.at(0, 200)).toBe(null);
  expect(store.moments.value).toEqual([0, 100]);
});

test("goes on without a network of which nothing more comes", () => {
  const store = keepSnapshots();
  store.begin(2, 32, 100);
  for (const moment of [0, 100, 200, 300]) store.add(0, snapshot(moment));
  for (const moment of [0, 100]) store.add(1, snapshot(moment));
  store.end(1);
  expect(store.moments.value).toEqual([0, 100, 200, 300]);
  expect(store.at(1, 300)?.imagesSeen).toBe(100);
  store.cut();
  expect(store.weights(0, 300)).not.toBe(null);
});

test("rounds to 16 bits and back", () => {
  const values = [
    0,
    1,
    -1,
    0.5,
    65504,
    65520,
    2 ** -24,
    2 ** -25,
    1.5 * 2 ** -24,
    1 + 2 ** -11,
    0.1,
    Infinity,
  ];
  const expected = [
    0,
    1,
    -1,
    0.5,
    65504,
    Infinity,
    2 ** -24,
    0,
    2 ** -23,
    1,
    0.0999755859375,
    Infinity,
  ];
  expect([...fromHalf(toHalf(new Float32Array(values)))]).toEqual(expected);
  expect(fromHalf(toHalf(new Float32Array([NaN])))[0]).toBeNaN();
  // Each of the 65,536 comes back as it was, but for the many that are not numbers.
  const all = Uint16Array.from({ length: 1 << 16 }, (_, half) => half);
  const again = toHalf(fromHalf(all));
  const wrong = all.filter((half, index) => (half & 0x7fff) <= 0x7c00 && again[index] !== half);
  expect([...wrong]).toEqual([]);
});
