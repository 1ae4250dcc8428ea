// Images with their labels, in the order of MNIST's file: that of what networks answer to them.

import type { DigitFiles, ImagesState, Part } from "./images.js";

/** An IDX file of positions begins with its kind and one size, in bytes. */
const HEADER = 8;

export interface Labelled {
  readonly part: Part;
  readonly count: number;
  /** Of each image: its digit, the digit's index among those asked for, and its own among the images of its digit. */
  readonly digits: Uint8Array;
  readonly classes: Uint8Array;
  readonly indices: Uint32Array;
}

/** All images of these digits, but for the first `skipped`; null as long as some are missing. */
export function labelledImages(
  images: Pick<ImagesState, "files">,
  part: Part,
  digits: readonly number[],
  skipped = 0,
): Labelled | null {
  const files = digits.map((digit) => images.files(part, digit));
  if (!files.every((one) => one !== null)) return null;
  const positions = files.map(positionsOf);
  // Indexed by position, then one pass: sorting would cost more.
  const length = Math.max(0, ...positions.map((its) => (its.at(-1) ?? -1) + 1));
  const places = new Uint8Array(length);
  const indexAt = new Uint32Array(length);
  for (const [place, its] of positions.entries()) {
    for (const [index, position] of its.entries()) {
      places[position] = place + 1;
      indexAt[position] = index;
    }
  }
  const count = Math.max(0, positions.reduce((all, its) => all + its.length, 0) - skipped);
  const classes = new Uint8Array(count);
  const indices = new Uint32Array(count);
  let at = -skipped;
  for (const [position, place] of places.entries()) {
    if (place === 0) continue;
    if (at >= 0) {
      classes[at] = place - 1;
      indices[at] = indexAt[position] ?? 0;
    }
    at += 1;
  }
  return { part, count, digits: classes.map((place) => digits[place] ?? 0), classes, indices };
}

/** Where a digit's images lie in MNIST's file, ascending. */
function positionsOf({ fileIndices, count }: DigitFiles): Int32Array {
  const { buffer, byteOffset } = fileIndices;
  const values = new DataView(buffer, byteOffset + HEADER);
  return Int32Array.from({ length: count }, (_, index) => values.getInt32(4 * index));
}
