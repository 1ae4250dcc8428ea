// The pad itself: a canvas that shows the sheet and takes strokes.

import { make } from "../views/dom.js";
import { paintBitmap } from "./bitmap.js";
import { picture } from "./controls.js";
import { followPointer } from "./pointer.js";
import { colour, css, onScheme } from "./scheme.js";

/** @import { Sheet } from "./sheet.js" */
/** @import { App } from "../types.d.ts" */

/** Line width in units of the pad's side, near that of MNIST's pens. */
const LINE = 0.07;

/**
 * @param {App} app
 * @param {Sheet} sheet
 * @param {string} describedBy The id of the words under the pad.
 * @returns {HTMLElement}
 */
export function createPad(app, sheet, describedBy) {
  const canvas = picture("Drawing pad", { "aria-describedby": describedBy });
  const image = make("canvas", {});

  const paint = () => {
    const side = Math.round(canvas.clientWidth * devicePixelRatio);
    const context = canvas.getContext("2d");
    if (side === 0 || !context) return;
    if (canvas.width !== side) {
      canvas.width = side;
      canvas.height = side;
    }
    context.clearRect(0, 0, side, side);
    const content = sheet.content;
    if (content.type === "strokes") {
      context.strokeStyle = css(colour("--ink"));
      paintStrokes(context, content.strokes);
    } else {
      paintBitmap(image, app.testImage(content.position) ?? [], 255);
      context.imageSmoothingEnabled = false;
      context.drawImage(image, 0, 0, side, side);
    }
  };

  let waiting = false;
  sheet.addEventListener("change", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      paint();
    });
  });
  app.addEventListener("data", paint);
  onScheme(paint);
  new ResizeObserver(paint).observe(canvas);
  window.addEventListener("resize", paint); // The zoom changes the density, not the size.

  followPointer(canvas, sheet);
  return make("div", { class: "pad" }, canvas);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly (readonly (readonly [number, number])[])[]} strokes
 */
function paintStrokes(context, strokes) {
  const side = context.canvas.width;
  context.lineWidth = LINE * side;
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const [first, ...rest] of strokes) {
    if (!first) continue;
    context.beginPath();
    context.moveTo(first[0] * side, first[1] * side);
    // A line of no length is a dot: its caps are round.
    for (const [x, y] of rest.length > 0 ? rest : [first]) context.lineTo(x * side, y * side);
    context.stroke();
  }
}
