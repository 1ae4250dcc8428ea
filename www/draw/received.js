// The 28×28 picture that the models receive, beside the pad.

import { make } from "../views/dom.js";
import { SIDE, paintBitmap } from "./bitmap.js";
import { picture } from "./controls.js";
import { onScheme } from "./scheme.js";

/**
 * @returns {{ element: HTMLElement, show: (image: readonly number[]) => void }}
 */
export function createReceived() {
  const canvas = picture("");
  /** @type {readonly number[]} */
  let shown = [];

  const paint = () => paintBitmap(canvas, shown, 1);
  onScheme(paint);

  /** @param {readonly number[]} image Empty without ink. */
  const show = (image) => {
    shown = image;
    canvas.setAttribute("aria-label", describe(image));
    paint();
  };
  show([]);
  return {
    element: make(
      "figure",
      { class: "received" },
      canvas,
      make("figcaption", { class: "quiet" }, "What the networks receive: 28×28 pixels"),
    ),
    show,
  };
}

/**
 * @param {readonly number[]} image
 * @returns {string}
 */
function describe(image) {
  const inked = [...image.keys()].filter((at) => (image[at] ?? 0) > 0);
  if (inked.length === 0) return "The networks' input: empty";
  const columns = inked.map((at) => at % SIDE);
  const rows = inked.map((at) => Math.floor(at / SIDE));
  const span = (/** @type {number[]} */ places) => Math.max(...places) - Math.min(...places) + 1;
  return `The networks' input: ink ${span(columns)} pixels wide and ${span(rows)} high in a picture of 28 by 28`;
}
