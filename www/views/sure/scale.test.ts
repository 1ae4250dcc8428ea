import { expect, test } from "vitest";

import { placer, SMALLEST, ticksOf, widened, type Range } from "./scale.js";

test("the range holds all that there is, and never shrinks", () => {
  const range = widened(SMALLEST, [new Float32Array([-40, 3]), new Float32Array([25, 90])]);
  expect(range[0]).toBeLessThanOrEqual(-40);
  expect(range[1]).toBeGreaterThanOrEqual(90);
  expect(widened(range, [new Float32Array([1])])).toEqual(range);
  expect(widened(range, [])).toEqual(range);
});

test("there is room for words on either side of the line", () => {
  for (const extremes of [
    [-0.5, 900],
    [-5000, 1],
  ] as const) {
    const range = widened(SMALLEST, [new Float32Array(extremes)]);
    expect(placer(range)(0)).toBeGreaterThan(0.3);
    expect(placer(range)(0)).toBeLessThan(0.7);
    expect(widened(range, [new Float32Array(extremes)])).toEqual(range);
  }
});

test("more certain is further right, however wide the range is", () => {
  for (const range of [SMALLEST, [-70, 140], [-1e5, 1e4]] as Range[]) {
    const place = placer(range);
    const places = [range[0], -1, 0, 1, range[1]].map(place);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThanOrEqual(0);
    expect(places[4]).toBeLessThanOrEqual(1);
  }
});

test("ticks are in order, apart, and say the odds", () => {
  const ticks = ticksOf([-70, 140]);
  expect(ticks.map(({ label }) => label)).toContain("10⁶:1");
  expect(ticks.map(({ label }) => label)).toContain("10²⁴:1");
  expect(ticks.filter(({ label }) => label === "even")).toHaveLength(1);
  const gaps = ticks.slice(1).map(({ place }, at) => place - (ticks[at]?.place ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(0.1);
});
