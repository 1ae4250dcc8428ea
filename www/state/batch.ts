// Which images a batch of the shown run consists of.

import type { Study } from "../pkg/mnist_cubic.js";
import type { ImagesState } from "./images.js";
import type { Experiment } from "./plan.js";

/** An IDX file of positions begins with its kind and one size, in bytes. */
const HEADER = 8;

/** One of the training images. */
export interface ImageOf {
  readonly digit: number;
  /** Among the images of its digit. */
  readonly index: number;
}

export interface Batch {
  /** Images seen before it. */
  readonly from: number;
  readonly images: readonly ImageOf[];
}

/** The shown run's batch between two numbers of images seen. */
export function batchOf(
  study: Study,
  images: ImagesState,
  { trainingImages, seeds, digits }: Experiment,
  from: number,
  to: number,
): Batch {
  const before = Math.floor(from / trainingImages);
  const order = study.order(trainingImages, seeds[0] ?? 0, before + 1);
  const start = before * trainingImages;
  const all = inFileOrder(images, digits);
  const taken = [...order.subarray(from - start, to - start)];
  return { from, images: taken.flatMap((place) => all[place] ?? []) };
}

/** The training images of these digits as the core counts them: in the order of MNIST's file. */
export function inFileOrder(images: ImagesState, digits: readonly number[]): ImageOf[] {
  const placed = digits.flatMap((digit) => {
    const files = images.files("train", digit);
    if (!files) return [];
    const { buffer, byteOffset } = files.fileIndices;
    const positions = new DataView(buffer, byteOffset + HEADER);
    return Array.from({ length: files.count }, (_, index) => {
      return { digit, index, position: positions.getInt32(4 * index) };
    });
  });
  return placed.sort((a, b) => a.position - b.position);
}
