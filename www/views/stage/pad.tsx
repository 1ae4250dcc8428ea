// The pad: a canvas that shows what is drawn and takes strokes, and in its corner what the networks receive of it.

import { useMemo } from "preact/hooks";

import type { App } from "../../state/app.js";
import type { DrawingState } from "../../state/drawing.js";
import { UNLIKE, invitation } from "../../words/drawing.js";
import { Canvas, squareContext } from "../canvas.js";
import { colour } from "../canvas-colours.js";
import { askedFor } from "./asked-for.js";
import { paintDrawing } from "./paint-strokes.js";
import { followPointer } from "./pointer.js";
import { Received } from "./received.js";

export function Pad({ app, describedBy }: { app: App; describedBy: string }) {
  const { drawing } = app;
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
    <div class="pad-frame">
      <Canvas
        class="pad"
        role="img"
        aria-label="Drawing pad"
        aria-describedby={describedBy}
        paint={paint}
        listen={listen}
      />
      <Received drawing={drawing} />
      {/* For those who see it; the words beside the pad say it to all. */}
      <p class="invitation" aria-hidden="true" hidden={!isInviting(app)}>
        {invitation(askedFor(app))}
      </p>
      <p class="pad-doubt">
        <span class="tag" hidden={app.networks.isUnlike.value !== true}>
          {UNLIKE}
        </span>
      </p>
    </div>
  );
}

/** As long as the visitor has drawn nothing. */
function isInviting({ drawing, demonstration }: App): boolean {
  const received = drawing.received.value;
  const isEmpty = received.type === "blank" && received.reason === "empty";
  return isEmpty || demonstration.isShown.value;
}

function paintContent(canvas: HTMLCanvasElement, drawing: DrawingState): void {
  const content = drawing.content.value;
  const square = squareContext(canvas);
  if (!square) return;
  paintDrawing(square.context, square.side, content, colour("ink"));
}
