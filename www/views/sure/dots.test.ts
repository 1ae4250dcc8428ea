import { expect, test } from "vitest";

import { dotAt, dotOf, type Row } from "./dots.js";
import { widened, SMALLEST } from "./scale.js";

const [WIDTH, HEIGHT] = [900, 64];

function row(logOdds: readonly number[]): Row {
  const values = new Float32Array(logOdds);
  const classes = new Uint8Array(values.length);
  // What is bet against is read wrongly.
  const answers = Uint8Array.from(values, (value) => (value < 0 ? 1 : 0));
  const reading = { logOdds: values, answers, mistakes: 0, share: 0 };
  return { reading, classes, range: widened(SMALLEST, [values]) };
}

test("the dot that is pointed at is found, and nothing where there is none", () => {
  const one = row([-30, -8, 2, 14, 40]);
  for (const image of one.reading.logOdds.keys()) {
    const { x, y } = dotOf(one, image, WIDTH, HEIGHT);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(HEIGHT);
    expect(dotAt(one, x + 2, y - 2, WIDTH, HEIGHT)).toBe(image);
  }
  const [left, right] = [0, 1].map((image) => dotOf(one, image, WIDTH, HEIGHT).x) as [
    number,
    number,
  ];
  expect(dotAt(one, (left + right) / 2, HEIGHT / 2, WIDTH, HEIGHT)).toBe(null);
});

test("all networks have an image's dot as high, and the scale decides how far right", () => {
  const [sure, unsure] = [row([60, -60]), row([1, -1])];
  const wide = { ...unsure, range: sure.range };
  for (const image of [0, 1]) {
    const [a, b] = [sure, wide].map((its) => dotOf(its, image, WIDTH, HEIGHT)) as [
      { x: number; y: number },
      { x: number; y: number },
    ];
    expect(a.y).toBe(b.y);
    expect(Math.sign(a.x - b.x)).toBe(image === 0 ? 1 : -1);
  }
});
