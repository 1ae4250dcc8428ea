// Paints what is drawn as people see it. What the networks get is made in src/drawing/preprocessing.rs.

import type { Content, Stroke } from "../../state/drawing.js";
import { paintPicture } from "../canvas.js";

/** The pen's width in units of the pad's side, near that of MNIST's pens. */
const PEN = 0.07;

/** Paints what is drawn into a square. */
export function paintDrawing(
  context: CanvasRenderingContext2D,
  side: number,
  content: Content,
  ink: string,
): void {
  if (content.type === "digit") paintPicture(context, side, content.pixels, 255, ink);
  else paintStrokes(context, side, content.strokes, ink);
}

function paintStrokes(
  context: CanvasRenderingContext2D,
  side: number,
  strokes: readonly Stroke[],
  ink: string,
): void {
  context.strokeStyle = ink;
  context.lineWidth = PEN * side;
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
