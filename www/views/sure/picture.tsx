// One of MNIST's images, small.

import { useCallback } from "preact/hooks";

import type { App } from "../../state/app.js";
import { Canvas } from "../canvas.js";
import { colour } from "../canvas-colours.js";
import type { Look } from "./look.js";
import { pixelsOf } from "./pixels.js";
import { channels } from "./rgb.js";

const SIDE = 28;

interface PictureProps {
  readonly app: App;
  readonly images: Look["images"];
  /** Null: an empty one. */
  readonly image: number | null;
}

export function Picture({ app, images, image }: PictureProps) {
  const paint = useCallback(
    (canvas: HTMLCanvasElement) =>
      paintPixels(canvas, image === null ? null : pixelsOf(app, images, image)),
    [app, images, image],
  );
  return <Canvas class="picture" paint={paint} when="seen" aria-hidden="true" />;
}

function paintPixels(canvas: HTMLCanvasElement, pixels: Uint8Array | null): void {
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext("2d");
  if (!context || !pixels) return;
  const [red, green, blue] = channels(context, colour("ink"));
  const picture = context.createImageData(SIDE, SIDE);
  for (const [at, value] of pixels.entries()) {
    picture.data.set([red, green, blue, value], 4 * at);
  }
  context.putImageData(picture, 0, 0);
}
