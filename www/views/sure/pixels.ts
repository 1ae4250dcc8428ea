// An image of those that are looked at: its pixels, and how it comes to the pad.

import type { App } from "../../state/app.js";
import type { Look } from "./look.js";

export function pixelsOf({ images }: App, shown: Look["images"], image: number): Uint8Array | null {
  const { part, digits, indices } = shown ?? {};
  if (!part) return null;
  return images.pixels(part, digits?.[image] ?? 0, indices?.[image] ?? 0);
}

export function putOnPad({ drawing }: App, shown: Look["images"], image: number): void {
  const { part, digits, indices } = shown ?? {};
  if (part) drawing.show(part, digits?.[image] ?? 0, indices?.[image] ?? 0);
}

/** Whether it is what the pad shows. */
export function isOnPad({ drawing }: App, shown: Look["images"], image: number): boolean {
  const content = drawing.content.value;
  const { part, digits, indices } = shown ?? {};
  return (
    content.type === "digit" &&
    content.part === part &&
    content.digit === digits?.[image] &&
    content.index === indices?.[image]
  );
}
