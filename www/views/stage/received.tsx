// The 28×28 picture that the networks receive.

import { useMemo } from "preact/hooks";

import type { DrawingState, Received as Input } from "../../state/drawing.js";
import { Canvas, paintPicture, squareContext } from "../canvas.js";
import { colour } from "../canvas-colours.js";
import { counted } from "../numbers.js";

const SIDE = 28;

export function Received({ drawing }: { drawing: DrawingState }) {
  const paint = useMemo(
    () => (canvas: HTMLCanvasElement) => {
      const received = drawing.received.value;
      const square = squareContext(canvas);
      if (square && received.type === "image")
        paintPicture(square.context, square.side, received.image, 1, colour("ink"));
    },
    [drawing],
  );
  return (
    <div class="received">
      <Canvas role="img" aria-label={describe(drawing.received.value)} paint={paint} />
    </div>
  );
}

function describe(received: Input): string {
  if (received.type === "blank") return "The networks’ input: empty";
  const inked = [...received.image.keys()].filter((at) => (received.image[at] ?? 0) > 0);
  const width = span(inked.map((at) => at % SIDE));
  const height = span(inked.map((at) => Math.floor(at / SIDE)));
  return `The networks’ input: ink ${counted(width, "pixel")} wide and ${height} high in a picture of 28 by 28`;
}

function span(places: readonly number[]): number {
  return Math.max(...places) - Math.min(...places) + 1;
}
