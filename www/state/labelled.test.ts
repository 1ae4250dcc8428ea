import { expect, test } from "vitest";

import type { DigitFiles } from "./images.js";
import { labelledImages } from "./labelled.js";

/** A digit's images at these places of MNIST's file. */
function filesOf(digit: number, positions: readonly number[]): DigitFiles {
  const fileIndices = new Uint8Array(8 + 4 * positions.length);
  const view = new DataView(fileIndices.buffer);
  for (const [index, position] of positions.entries()) view.setInt32(8 + 4 * index, position);
  const images = new Uint8Array();
  return { part: "test", digit, images, fileIndices, count: positions.length };
}

const FILES = new Map([
  [2, filesOf(2, [1, 4, 9])],
  [5, filesOf(5, [0, 3])],
]);
const images = { files: (_: string, digit: number) => FILES.get(digit) ?? null };

test("images come in the order of the file, each with its digit, class and place", () => {
  const all = labelledImages(images, "test", [2, 5]);
  expect([...(all?.digits ?? [])]).toEqual([5, 2, 5, 2, 2]);
  expect([...(all?.classes ?? [])]).toEqual([1, 0, 1, 0, 0]);
  expect([...(all?.indices ?? [])]).toEqual([0, 0, 1, 1, 2]);
  expect(all?.count).toBe(5);
});

test("those that train can be left out", () => {
  const last = labelledImages(images, "train", [2, 5], 3);
  expect([...(last?.digits ?? [])]).toEqual([2, 2]);
  expect([...(last?.indices ?? [])]).toEqual([1, 2]);
});

test("there are none while a digit is missing", () => {
  expect(labelledImages(images, "test", [2, 7])).toBe(null);
});
