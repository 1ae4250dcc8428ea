// The pad: a canvas that shows what is drawn and takes strokes.

import { useMemo } from "preact/hooks";

import type { DrawingState, Stroke } from "../../state/drawing.js";
import { Canvas, paintPicture, squareContext } from "../canvas.js";
import { colour } from "../colours.js";
import { followPointer } from "./pointer.js";

/** Line width in units of the pad's side, near that of MNIST's pens. */
const LINE = 0.07;

export function Pad({ drawing, describedBy }: { drawing: DrawingState; describedBy: string }) {
  const { paint, listen } = useMemo(
    () => ({
      paint: (canvas: HTMLCanvasElement) => {
        paintContent(canvas, drawing);
      },
      listen: (canvas: HTMLCanvasElement, signal: AbortSignal) => {
        followPointer(canvas, drawing, signal);
      },
    }),
    [drawing],
  );
  return (
    <Canvas
      class="pad"
      role="img"
      aria-label="Drawing pad"
      aria-describedby={describedBy}
      paint={paint}
      listen={listen}
    />
  );
}

function paintContent(canvas: HTMLCanvasElement, drawing: DrawingState): void {
  const content = drawing.content.value;
  const square = squareContext(canvas);
  if (!square) return;
  const { context, side } = square;
  const ink = colour("ink");
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
