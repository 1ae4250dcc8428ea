// Where each image's dot lies in a network's row, the row as a picture, and which dot is near a place.

import type { Reading } from "./reading.js";
import { channels } from "./rgb.js";
import { placer, type Range } from "./scale.js";

/** Radius of a mistake's dot, in CSS pixels, while there are no more of them than `FEW`; others are squares of two. */
const RADIUS = 3.5;
const LEAST_RADIUS = 1.75;
const FEW = 80;
/** Of the row's height, dots take so much. */
const SPREAD = 0.86;
/** Hit radius of a dot, in CSS pixels. */
const REACH = 14;
/** Extra hit radius of mistakes. */
const PREFERENCE = 6;

export interface Row {
  readonly reading: Reading;
  readonly classes: Uint8Array;
  readonly range: Range;
}

export interface Ink {
  /** "#0072b2" */
  readonly network: string;
  readonly background: string;
}

/** The dot of an image, in CSS pixels. */
export function dotOf({ reading, range }: Row, image: number, width: number, height: number) {
  const x = placer(range)(reading.logOdds[image] ?? 0) * width;
  return { x, y: heightOf(image) * height };
}

/** Jitter, as a share of the row's height: fixed for each image, densest in the middle. */
function heightOf(image: number): number {
  const hash = Math.imul(image + 1, 0x9e3779b1) >>> 0;
  const [a, b] = [hash >>> 16, Math.imul(hash, 0x85ebca6b) >>> 16];
  return 0.5 + SPREAD * ((a + b) / 0x1fffe - 0.5);
}

/** The image whose dot is nearest to a place; null where none is near. */
export function dotAt(row: Row, x: number, y: number, width: number, height: number) {
  const { reading, classes, range } = row;
  const place = placer(range);
  let [nearest, least]: [number | null, number] = [null, REACH];
  for (const [image, logOdds] of reading.logOdds.entries()) {
    const across = Math.abs(place(logOdds) * width - x);
    const isWrong = reading.answers[image] !== classes[image];
    const bonus = isWrong ? PREFERENCE : 0;
    if (across - bonus >= least) continue;
    const distance = Math.hypot(across, heightOf(image) * height - y) - bonus;
    if (distance < least) [nearest, least] = [image, distance];
  }
  return nearest;
}

/** Paints a row: what is read rightly as a haze, mistakes as dots of full colour above it. */
export function paintRow(
  context: CanvasRenderingContext2D,
  row: Row,
  width: number,
  height: number,
  scale: number,
  ink: Ink,
): void {
  const { reading, classes, range } = row;
  const place = placer(range);
  const haze = context.createImageData(Math.round(width * scale), Math.round(height * scale));
  const [red, green, blue] = channels(context, ink.network);
  // Many dots are fainter each, so that their haze is as dark.
  const alpha = Math.min(0.5, Math.max(0.1, 12 / Math.sqrt(classes.length)));
  const side = Math.max(2, Math.round(1.6 * scale));
  const { data } = haze;
  const wrong: number[] = [];
  for (const [image, logOdds] of reading.logOdds.entries()) {
    if (reading.answers[image] !== classes[image]) {
      wrong.push(image);
      continue;
    }
    const left = Math.round(place(logOdds) * haze.width - side / 2);
    const top = Math.round(heightOf(image) * haze.height - side / 2);
    for (let y = top; y < top + side; y++) {
      for (let x = left; x < left + side; x++) {
        const at = 4 * (y * haze.width + x);
        const below = (data[at + 3] ?? 0) / 255;
        data[at] = red;
        data[at + 1] = green;
        data[at + 2] = blue;
        data[at + 3] = 255 * (1 - (1 - below) * (1 - alpha));
      }
    }
  }
  context.putImageData(haze, 0, 0);
  context.fillStyle = ink.network;
  context.strokeStyle = ink.background;
  context.lineWidth = scale;
  // Many are smaller, and have no rim, which would hide those beneath.
  const radius = Math.max(LEAST_RADIUS, RADIUS * Math.min(1, Math.sqrt(FEW / wrong.length)));
  for (const image of wrong) {
    const { x, y } = dotOf(row, image, width, height);
    context.beginPath();
    context.arc(x * scale, y * scale, radius * scale, 0, 2 * Math.PI);
    context.fill();
    if (wrong.length <= FEW) context.stroke();
  }
}
