// The rows of squares: painted, and in words.

import { colour } from "../canvas-colours.js";
import { counted } from "../numbers.js";

export interface Layer {
  readonly word: string;
  readonly units: number;
}

/** Of "relu150,cubic50". */
export function layersOf(text: string): readonly Layer[] {
  return text.split(",").map((layer) => {
    const [, word = layer, units = "0"] = /^([a-z]+)(\d+)$/.exec(layer) ?? [];
    return { word, units: Number(units) };
  });
}

/** How much of the colour a unit has that does nothing. */
const FAINT = 0.12;
/** In CSS pixels. */
const TALLEST = 17;

/** A row a layer, all of the same height. Without activations, all units rest. */
export function paintRows(
  canvas: HTMLCanvasElement,
  units: readonly number[],
  activations: readonly Float32Array[] | null,
  ink: string,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const scale = devicePixelRatio;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((side) =>
    Math.round(side * scale),
  ) as [number, number];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.clearRect(0, 0, width, height);
  const pitch = height / units.length;
  const tall = Math.round(Math.min(TALLEST * scale, pitch * 0.72));
  const below = colour("quiet");
  for (const [row, count] of units.entries()) {
    const values = activations?.[row];
    const most = Math.max(0, ...(values ?? []).map(Math.abs));
    const top = Math.round(row * pitch + (pitch - tall) / 2);
    // Few units are squares; many are narrower.
    const step = Math.min(width / count, tall + 2 * scale);
    const gap = step >= 5 * scale ? 1.5 * scale : step >= 2.2 * scale ? scale : 0;
    for (let unit = 0; unit < count; unit++) {
      const value = values?.[unit] ?? 0;
      const share = most > 0 && Number.isFinite(most) ? Math.abs(value) / most : 0;
      context.globalAlpha = FAINT + (1 - FAINT) * share;
      context.fillStyle = value < 0 ? below : ink;
      const left = Math.round(unit * step);
      const right = Math.round((unit + 1) * step - gap);
      context.fillRect(left, top, Math.max(1, right - left), tall);
    }
  }
  context.globalAlpha = 1;
}

/** The same for those who do not see it. */
export function rowsText(
  name: string,
  layers: readonly Layer[],
  activations: readonly Float32Array[] | null,
): string {
  const said = layers.map(({ word, units }, row) => {
    const values = activations?.[row];
    const what = `layer ${row + 1}: ${counted(units, "unit")}, ${word}`;
    if (!values) return what;
    if (values.some((value) => !Number.isFinite(value))) return `${what}, overflowed`;
    const above = values.filter((value) => value > 0).length;
    const below = values.filter((value) => value < 0).length;
    return below > 0 ? `${what}, ${above} above zero, ${below} below` : `${what}, ${above} active`;
  });
  return `${name}: ${activations ? "" : "nothing flows through it. "}${said.join("; ")}`;
}
