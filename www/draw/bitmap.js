// 28×28 pictures: ink on paper, one pixel of the canvas for each of theirs.

import { colour, mix } from "./scheme.js";

export const SIDE = 28;

/**
 * Paints a picture.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} values Row by row; nothing for an empty picture.
 * @param {number} full The value of full ink.
 */
export function paintBitmap(canvas, values, full) {
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext("2d");
  if (!context) return;
  const paper = colour("--background");
  const ink = colour("--ink");
  const pixels = context.createImageData(SIDE, SIDE);
  for (let at = 0; at < SIDE * SIDE; at += 1) {
    pixels.data.set([...mix(paper, ink, (values[at] ?? 0) / full), 255], 4 * at);
  }
  context.putImageData(pixels, 0, 0);
}
