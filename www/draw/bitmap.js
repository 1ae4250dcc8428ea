// 28×28 pictures: ink on paper, one pixel of the canvas for each of theirs.

import { colour, ramp } from "./scheme.js";

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
  const shades = ramp(colour("--background"), colour("--ink"));
  const image = context.createImageData(SIDE, SIDE);
  const pixels = new Uint32Array(image.data.buffer);
  for (let at = 0; at < pixels.length; at += 1) {
    pixels[at] = shades[Math.round((255 * (values[at] ?? 0)) / full)] ?? 0;
  }
  context.putImageData(image, 0, 0);
}
