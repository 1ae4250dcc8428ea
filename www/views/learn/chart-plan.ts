// What a chart shows: lines on axes.

import { epochAxis, imagesAxis, valueAxis, type Axis } from "./axes.js";
import type { Histories } from "./histories.js";
import {
  linesOf,
  momentsOf,
  overlayLinesOf,
  type Line,
  type Measure,
  type OverlayLine,
} from "./lines.js";

/** The horizontal scale: epochs, or images seen on a log scale. */
export type Scale = "epochs" | "images";

export interface Plan {
  readonly measure: Measure;
  readonly lines: readonly Line[];
  readonly overlays: readonly OverlayLine[];
  readonly x: Axis;
  readonly y: Axis;
  /** What the horizontal axis counts. */
  readonly scale: Scale;
  /** Whether large values are cut off. */
  readonly isCut: boolean;
  /** The moments that can be read, in epochs, ascending. */
  readonly moments: readonly number[];
}

export function planOf(
  measure: Measure,
  scale: Scale,
  isLog: boolean,
  histories: Histories,
  hidden: ReadonlySet<string>,
): Plan {
  const lines = linesOf(measure, histories, hidden);
  const overlays = overlayLinesOf(measure, histories);
  const others = overlays.map(({ curve }) => curve);
  const { epochs, imagesInEpoch, batchSize } = histories;
  const x = scale === "epochs" ? epochAxis(epochs) : imagesAxis(epochs, imagesInEpoch, batchSize);
  const { axis: y, isCut } = valueAxis(measure, isLog, lines, scale === "epochs" ? 1 : 0, others);
  const moments = momentsOf(lines, scale === "epochs");
  return { measure, lines, overlays, x, y, scale, isCut, moments };
}
