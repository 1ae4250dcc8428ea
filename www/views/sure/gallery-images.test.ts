import { expect, test } from "vitest";

import { chosenImages } from "./gallery-images.js";
import type { Look } from "./look.js";
import type { Read } from "./reading.js";

const classes = new Uint8Array([0, 0, 1, 1, 0]);

function read(logOdds: number[], answers: number[]): Read {
  return {
    logOdds: new Float32Array(logOdds),
    answers: new Uint8Array(answers),
    mistakes: 0,
    share: 0,
  };
}

function look(reads: (Read | null)[]): Look {
  const indices = new Uint32Array(classes.length);
  const images = {
    part: "test",
    count: classes.length,
    digits: classes,
    classes,
    indices,
  } as const;
  return {
    names: ["a", "b"],
    digits: [0, 1],
    images,
    reads,
    when: { type: "never" },
    experiment: null,
  };
}

// Image 1 is read wrongly by both, 2 by the first, 4 by the second.
const both = look([
  read([5, -1, -9, 3, 4], [0, 1, 0, 1, 0]),
  read([6, -2, 7, 8, -1], [0, 1, 1, 1, 1]),
]);

test("what they disagree on or both read wrongly is chosen, the costliest first", () => {
  expect(chosenImages(both, null)).toEqual([2, 1, 4]);
});

test("a cell's images are those that its network reads so", () => {
  expect(chosenImages(both, { network: 0, truth: 1, answer: 0 })).toEqual([2]);
  expect(chosenImages(both, { network: 0, truth: 0, answer: 0 })).toEqual([4, 0]);
  expect(chosenImages(both, { network: 1, truth: 1, answer: 0 })).toEqual([]);
});

test("a network that diverged has no say, nor has one that is not known", () => {
  const [, second] = both.reads;
  expect(chosenImages(look(["diverged", second ?? null]), null)).toEqual([1, 4]);
  expect(chosenImages(look(["diverged", null]), null)).toEqual([]);
  expect(chosenImages(look(["diverged", null]), { network: 0, truth: 0, answer: 0 })).toEqual([]);
});
