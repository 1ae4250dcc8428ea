// Weights as pictures: a square a weight, dark if positive, violet if negative.

/** A weight of so many times the typical size (the root of the mean square) has the full colour. */
const FULL = 2.5;

/** Two colours, as red, green and blue. */
export interface SignInks {
  readonly positive: readonly [number, number, number];
  readonly negative: readonly [number, number, number];
}

/** The colour of #rrggbb. */
export function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** What of the weights has the full colour. */
export function fullOf(values: ArrayLike<number>): number {
  let squares = 0;
  for (let at = 0; at < values.length; at++) squares += (values[at] ?? 0) ** 2;
  return FULL * Math.sqrt(squares / Math.max(1, values.length));
}

/** A pixel per weight, row by row. Opacity is quadratic, so that strokes stand out from the initial noise. */
export function pictureOf(
  values: Float32Array,
  width: number,
  full: number,
  inks: SignInks,
): ImageData {
  const picture = new ImageData(width, values.length / width);
  const { data } = picture;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    const ink = value < 0 ? inks.negative : inks.positive;
    const strength = full > 0 ? Math.min(1, (value / full) ** 2) : 0;
    data[4 * at] = ink[0];
    data[4 * at + 1] = ink[1];
    data[4 * at + 2] = ink[2];
    data[4 * at + 3] = Math.round(255 * strength);
  }
  return picture;
}

/** The same on a canvas of its own, from which parts are drawn as large as they are to be. */
export function canvasOf(picture: ImageData): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d")?.putImageData(picture, 0, 0);
  return canvas;
}
