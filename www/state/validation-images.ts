// The digits of the validation images, in the order in which snapshots have their answers.

import type { ImagesState } from "./images.js";

/** An IDX file of positions begins with its kind and one size, in bytes. */
const HEADER = 8;

/**
 * Each validation image's class, as an index into `digits`: these images come last in MNIST's file order, after the
 * `trainingImages`. Null as long as images are missing.
 */
export function validationClasses(
  images: Pick<ImagesState, "files">,
  digits: readonly number[],
  trainingImages: number,
): Uint8Array | null {
  const files = digits.map((digit) => images.files("train", digit));
  let last = -1;
  const byPosition = new Map<number, number>();
  for (const [place, one] of files.entries()) {
    if (!one) return null;
    const { buffer, byteOffset } = one.fileIndices;
    const positions = new DataView(buffer, byteOffset + HEADER);
    for (let index = 0; index < one.count; index++) {
      const position = positions.getInt32(4 * index);
      byPosition.set(position, place);
      last = Math.max(last, position);
    }
  }
  // A pass over all positions costs less than sorting those that there are.
  const classes = new Uint8Array(byPosition.size);
  let count = 0;
  for (let position = 0; position <= last; position++) {
    const place = byPosition.get(position);
    if (place !== undefined) classes[count++] = place;
  }
  return classes.subarray(trainingImages);
}
