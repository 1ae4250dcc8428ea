// A lane of bars: one for each unit, upwards where it adds to the score, downwards where it takes.

import { colour, css, mix } from "./scheme.js";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {readonly number[]} values
 * @param {number} scale The value of a bar that fills half the height.
 * @param {number} marked The unit to mark.
 */
export function paintLane(canvas, values, scale, marked) {
  const width = Math.round(canvas.clientWidth * devicePixelRatio);
  const height = Math.round(canvas.clientHeight * devicePixelRatio);
  const context = canvas.getContext("2d");
  if (width === 0 || !context) return;
  canvas.width = width;
  canvas.height = height;

  const middle = Math.round(height / 2);
  const edge = (/** @type {number} */ unit) => Math.round((unit * width) / values.length);
  const gap = Math.max(1, Math.round(devicePixelRatio));
  context.fillStyle = css(mix(colour("--background"), colour("--ink"), 0.2));
  context.fillRect(edge(marked), 0, edge(marked + 1) - edge(marked), height);
  const up = css(colour("--for"));
  const down = css(colour("--against"));
  for (const [unit, value] of values.entries()) {
    const length = Math.round((value / scale) * middle);
    context.fillStyle = value < 0 ? down : up;
    context.fillRect(edge(unit), middle - Math.max(length, 0), edge(unit + 1) - edge(unit) - gap, Math.abs(length));
  }
  context.fillStyle = css(colour("--control-border"));
  context.fillRect(0, middle, width, gap);
}

/**
 * The place of a pointer over a picture of `count` equal columns.
 * @param {PointerEvent} event
 * @param {number} count
 */
export function columnAt(event, count) {
  const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
  return Math.min(count - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * count)));
}
