// The picture of the answer, as wide as links are shown with: the drawing, the answers, the verdict, and the link.

import { png } from "../../lib/png.js";
import { SEE_FOR_YOURSELF } from "../../words/share.js";
import { lightColour, networkClass } from "../canvas-colours.js";
import { paintDrawing } from "../stage/paint-strokes.js";
import type { AnswerPicture, PicturedCriterion } from "./answer-picture.js";
import { wrap } from "./wrap.js";

const WIDTH = 1200;
const HEIGHT = 630;
/** Pixels to a unit. */
const SCALE = 2;
const EDGE = 48;
const TOP = 108;
const PAD = 300;
/** Where answers, and where the criteria begin. */
const ANSWERS = EDGE + PAD + 40;
const CRITERIA = 640;
/** The size of the link’s letters. */
const LINK = 14;
const SERIF = "Georgia, 'Times New Roman', serif";
const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

/** On white, whatever the scheme. */
export function pictureOf(picture: AnswerPicture): Promise<Blob> {
  return png(WIDTH, HEIGHT, SCALE, (context) => paint(context, picture));
}

function paint(context: CanvasRenderingContext2D, picture: AnswerPicture): void {
  const write = writer(context);
  context.fillStyle = lightColour("background");
  context.fillRect(0, 0, WIDTH, HEIGHT);
  write(picture.title, `600 38px ${SERIF}`, "text", { x: EDGE, y: 72, width: WIDTH - 2 * EDGE });
  paintPad(context, picture);
  const words = { x: EDGE, y: TOP + PAD + 34, width: CRITERIA - EDGE - 40, most: 3, line: 25 };
  write(picture.said, `18px ${SANS}`, "text", words);
  paintAnswers(context, picture);
  paintCriteria(context, picture);
  paintLink(context, picture);
}

function paintPad(context: CanvasRenderingContext2D, { drawing }: AnswerPicture): void {
  context.save();
  context.translate(EDGE, TOP);
  context.beginPath();
  context.rect(0, 0, PAD, PAD);
  context.strokeStyle = lightColour("rule");
  context.stroke();
  context.clip();
  paintDrawing(context, PAD, drawing, lightColour("text"));
  context.restore();
}

function paintAnswers(context: CanvasRenderingContext2D, { networks }: AnswerPicture): void {
  const write = writer(context);
  const height = PAD / Math.max(2, networks.length);
  const size = Math.min(110, height * 0.9);
  for (const [place, { name, digit, sure }] of networks.entries()) {
    const middle = TOP + height * (place + 0.5);
    write(digit, `600 ${size}px ${SERIF}`, networkClass(place), {
      x: ANSWERS,
      y: middle + size * 0.34,
      width: size,
    });
    const x = ANSWERS + size * 0.72 + 14;
    const room = { x, width: CRITERIA - 30 - x };
    write(name, `600 18px ${SANS}`, "text", { ...room, y: middle - 4 });
    write(sure, `16px ${SANS}`, "quiet", { ...room, y: middle + 20 });
  }
}

function paintCriteria(context: CanvasRenderingContext2D, picture: AnswerPicture): void {
  const write = writer(context);
  const width = WIDTH - EDGE - CRITERIA;
  write(picture.moment, `15px ${SANS}`, "quiet", {
    x: CRITERIA,
    y: TOP + 12,
    width,
    most: 2,
    line: 20,
  });
  let y = TOP + 62;
  for (const criterion of picture.criteria) y = paintCriterion(context, criterion, y, width) + 22;
}

/** At the lower edge, in as many lines as it needs. */
function paintLink(context: CanvasRenderingContext2D, { link }: AnswerPicture): void {
  const line = LINK + 4;
  const width = WIDTH - 2 * EDGE;
  context.font = `${LINK}px ${SANS}`;
  const text = `${SEE_FOR_YOURSELF} ${link}`;
  const lines = wrap(text, width, 4, (part) => context.measureText(part).width).length;
  const y = HEIGHT - EDGE + 12 - (lines - 1) * line;
  writer(context)(text, context.font, "quiet", { x: EDGE, y, width, most: 4, line });
}

/** Returns where it ends. */
function paintCriterion(
  context: CanvasRenderingContext2D,
  { title, values, sentences }: PicturedCriterion,
  top: number,
  width: number,
): number {
  const write = writer(context);
  const many = values.length > 2;
  write(title, `15px ${SANS}`, "quiet", { x: CRITERIA, y: top, width });
  const column = width / Math.max(2, values.length);
  for (const [place, value] of values.entries()) {
    const x = CRITERIA + column * place;
    context.fillStyle = lightColour(networkClass(place));
    context.fillRect(x, top + 18, 12, 12);
    const room = { x: x + 22, y: top + (many ? 31 : 34), width: column - 28 };
    write(
      value,
      `600 ${fitting(context, value, many ? 20 : 28, room.width)}px ${SERIF}`,
      "text",
      room,
    );
  }
  const room = { x: CRITERIA, y: top + 62, width, most: many ? 3 : 2, line: many ? 18 : 22 };
  const lines = write(sentences.join(" "), `600 ${many ? 14 : 17}px ${SANS}`, "text", room);
  return top + 62 + lines * room.line;
}

/** The size, or as much less as the text needs to fit. */
function fitting(
  context: CanvasRenderingContext2D,
  text: string,
  size: number,
  width: number,
): number {
  context.font = `600 ${size}px ${SERIF}`;
  return Math.floor(size * Math.min(1, width / context.measureText(text).width));
}

interface Room {
  x: number;
  /** The first line's baseline. */
  y: number;
  width: number;
  /** Lines. */
  most?: number;
  line?: number;
}

/** Writes in lines, and returns how many. */
function writer(context: CanvasRenderingContext2D) {
  return (text: string, font: string, colour: string, room: Room): number => {
    const { x, y, width, most = 1, line = 0 } = room;
    context.font = font;
    context.fillStyle = lightColour(colour);
    const lines = wrap(text, width, most, (part) => context.measureText(part).width);
    for (const [at, part] of lines.entries()) context.fillText(part, x, y + at * line);
    return lines.length;
  };
}
