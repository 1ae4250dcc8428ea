// The digits of the batch that a single step took, and which network reads them wrongly now.

import type { App } from "../../state/app.js";
import { paintPicture } from "../canvas.js";
import { colour, networkClass } from "../canvas-colours.js";

/** Larger batches are shown in part: an answer costs 0.3 ms. */
const MOST = 48;

export interface ReadDigit {
  readonly digit: number;
  readonly pixels: Uint8Array;
  /** The slots of the networks that read it wrongly. */
  readonly wrong: readonly number[];
}

export interface ReadBatch {
  /** Of the whole batch. */
  readonly size: number;
  readonly shown: readonly ReadDigit[];
  /** The names of the networks that read it, by slot. */
  readonly readers: ReadonlyMap<number, string>;
}

/** Null where the training takes no single steps. */
export function readBatch({ training, images, networks, study }: App): ReadBatch | null {
  const last = training.lastBatch.value;
  if (!last) return null;
  const readers = networks.list.value.filter(({ weights }) => weights);
  const shown = last.images.slice(0, MOST).flatMap(({ digit, index }): ReadDigit[] => {
    const pixels = images.pixels("train", digit, index);
    if (!pixels) return [];
    const image = Float32Array.from(pixels, (pixel) => pixel / 255);
    const wrong = readers.filter(({ slot }) => study.study.answer(slot, image)?.digit !== digit);
    return [{ digit, pixels, wrong: wrong.map(({ slot }) => slot) }];
  });
  const names = new Map(readers.map(({ slot, name }) => [slot, name]));
  return { size: last.images.length, shown, readers: names };
}

/** In CSS pixels: an underline, and the space above it and between pictures. */
const LINE = 2;
const SPACE = 1;

/** As large as they fit in, in rows; beneath each a line for each network that reads it wrongly. */
export function paintBatch(
  canvas: HTMLCanvasElement,
  { shown }: ReadBatch,
  networks: number,
): void {
  const context = canvas.getContext("2d");
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || width === 0) return;
  const scale = devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const lines = networks * (LINE + SPACE);
  const side = sideOf(shown.length, width, height, lines);
  const columns = Math.max(1, Math.floor(width / (side + SPACE)));
  const ink = colour("ink");
  for (const [at, { pixels, wrong }] of shown.entries()) {
    const x = (at % columns) * (side + SPACE);
    const y = Math.floor(at / columns) * (side + lines);
    context.setTransform(1, 0, 0, 1, Math.round(x * scale), Math.round(y * scale));
    paintPicture(context, Math.round(side * scale), pixels, 255, ink);
    for (const slot of wrong) {
      context.fillStyle = colour(networkClass(slot));
      const top = side + slot * (LINE + SPACE);
      context.fillRect(scale, Math.round(top * scale), (side - 2) * scale, LINE * scale);
    }
  }
}

function sideOf(count: number, width: number, height: number, lines: number): number {
  for (let side = 28; side > 8; side--) {
    const columns = Math.floor(width / (side + SPACE));
    if (columns * Math.floor(height / (side + lines)) >= count) return side;
  }
  return 8;
}
