// A picture of both charts, with title, settings and the networks' names, on white whatever the scheme.

import { png } from "../../lib/png.js";
import { lightColour, networkClass } from "../canvas-colours.js";
import type { Plan } from "./chart-plan.js";
import { paintChart } from "./paint.js";

const WIDTH = 1200;
const HEIGHT = 560;
/** Pixels to a unit. */
const SCALE = 2;
const EDGE = 28;
const SERIF = "Georgia, 'Times New Roman', serif";
const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

export interface PictureTexts {
  readonly title: string;
  /** Beneath the title. */
  readonly settings: string;
  /** A network in a line: name and layers. */
  readonly networks: readonly string[];
  /** Of each chart. */
  readonly captions: readonly string[];
}

export function pictureOf(texts: PictureTexts, plans: readonly Plan[]): Promise<Blob> {
  return png(WIDTH, HEIGHT, SCALE, (context) => paint(context, texts, plans));
}

function paint(
  context: CanvasRenderingContext2D,
  { title, settings, networks, captions }: PictureTexts,
  plans: readonly Plan[],
): void {
  const room = WIDTH - 2 * EDGE;
  const write = (text: string, font: string, colour: string, x: number, y: number, most = room) => {
    context.font = font;
    context.fillStyle = lightColour(colour);
    context.fillText(text, x, y, most);
  };
  context.fillStyle = lightColour("background");
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.textBaseline = "alphabetic";
  write(title, `600 28px ${SERIF}`, "text", EDGE, 50);
  write(settings, `14px ${SANS}`, "quiet", EDGE, 76);
  const line = 20;
  for (const [place, text] of networks.entries()) {
    const y = 102 + line * place;
    context.fillStyle = lightColour(networkClass(place));
    context.fillRect(EDGE, y - 10, 11, 11);
    write(text, `14px ${SANS}`, "text", EDGE + 18, y, room - 18);
  }
  const top = 96 + line * networks.length;
  const width = room / plans.length;
  for (const [at, plan] of plans.entries()) {
    const left = EDGE + at * width;
    write(captions[at] ?? "", `15px ${SANS}`, "text", left, top + 26, width - 20);
    context.save();
    context.translate(left, top + 36);
    paintChart(context, width - 12, HEIGHT - top - 36 - 14, plan, lightColour);
    context.restore();
  }
}
