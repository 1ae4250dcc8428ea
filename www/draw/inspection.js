// What the models make of the test digits, image by image.

import { KINDS } from "../kinds.js";

/** @import { Inspection, ModelKind } from "../messages.d.ts" */
/** @import { PerModel } from "../types.d.ts" */

/** @typedef {PerModel<Inspection>} Inspections */

/**
 * A test image with each model's answer.
 * @typedef {object} Seen
 * @property {number} position In MNIST's test file.
 * @property {number} label The digit it shows.
 * @property {{ kind: ModelKind, digit: number, probability: number }[]} answers
 */

/**
 * Which images to look at: those on which the models disagree, those that all get wrong, or those
 * in one cell of a model's confusion matrix.
 * @typedef {{ type: "disagree" } | { type: "wrong" } | Cell} Filter
 */

/** @typedef {{ type: "cell", kind: ModelKind, label: number, digit: number }} Cell */

/**
 * Puts the models' answers to each image together. Models that know other digits were shown other
 * images: an image has the answers of those that saw it.
 * @param {Inspections} inspections
 * @returns {Seen[]} By position.
 */
export function join(inspections) {
  /** @type {Map<number, Seen>} */
  const images = new Map();
  for (const kind of KINDS) {
    const { positions = [], labels = [], predictions = [], probabilities = [] } = inspections[kind] ?? {};
    for (const [at, position] of positions.entries()) {
      const image = images.get(position) ?? { position, label: labels[at] ?? 0, answers: [] };
      image.answers.push({ kind, digit: predictions[at] ?? 0, probability: probabilities[at] ?? 0 });
      images.set(position, image);
    }
  }
  return [...images.values()].sort((a, b) => a.position - b.position);
}

/**
 * @param {Filter} filter
 * @param {Seen} image
 * @returns {boolean}
 */
export function matches(filter, image) {
  switch (filter.type) {
    case "disagree":
      return image.answers.some(({ digit }) => digit !== image.answers[0]?.digit);
    case "wrong":
      return image.answers.every(({ digit }) => digit !== image.label);
    case "cell":
      return (
        image.label === filter.label &&
        image.answers.some(({ kind, digit }) => kind === filter.kind && digit === filter.digit)
      );
  }
}

/**
 * @param {Filter} filter
 * @param {number} count
 * @param {readonly ModelKind[]} kinds The models that answered.
 * @returns {string}
 */
export function describe(filter, count, kinds) {
  const digits = `${count.toLocaleString("en")} test digit${count === 1 ? "" : "s"}`;
  switch (filter.type) {
    case "disagree":
      return `${digits} on which the networks disagree`;
    case "wrong":
      if (kinds.length === 1) return `${digits} that the ${kinds[0]} network gets wrong`;
      return `${digits} that ${kinds.length === 2 ? "both" : "all"} networks get wrong`;
    case "cell":
      return `${digits} ${filter.label} that the ${filter.kind} network sees as ${filter.digit}`;
  }
}
