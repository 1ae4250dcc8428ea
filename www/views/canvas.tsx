// A canvas that is painted again when what its painter reads, its size, or the colours change.

import { effect, type Signal, signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { onScheme } from "./canvas-colours.js";

type CanvasProps = JSX.IntrinsicElements["canvas"] & {
  /** Reads signals and paints; it must stay the same from one rendering to the next. */
  paint: (canvas: HTMLCanvasElement) => void;
  /** Listens to the canvas until the signal aborts. */
  listen?: (canvas: HTMLCanvasElement, signal: AbortSignal) => void;
  /** "seen": only while in or near the viewport, for what is costly to repaint during training. */
  when?: "always" | "seen";
};

/** Margin of the viewport that counts as seen. */
const NEAR = "200px";

export function Canvas({ paint, listen, when = "always", ...attributes }: CanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const gone = new AbortController();
    const isSeen = signal(when === "always");
    const repaint = () => {
      if (isSeen.peek()) paint(canvas);
    };
    const stop = effect(() => {
      if (isSeen.value) paint(canvas);
    });
    if (when === "seen") followSight(canvas, isSeen, gone.signal);
    const observer = new ResizeObserver(repaint);
    observer.observe(canvas);
    onScheme(repaint, gone.signal);
    addEventListener("resize", repaint, { signal: gone.signal }); // Zooming changes the density only.
    listen?.(canvas, gone.signal);
    return () => {
      gone.abort();
      observer.disconnect();
      stop();
    };
  }, [paint, listen, when]);
  return <canvas {...attributes} ref={ref} />;
}

function followSight(canvas: Element, isSeen: Signal<boolean>, until: AbortSignal): void {
  const observer = new IntersectionObserver(
    (entries) => (isSeen.value = entries.at(-1)?.isIntersecting ?? false),
    { rootMargin: NEAR },
  );
  observer.observe(canvas);
  until.addEventListener("abort", () => observer.disconnect());
}

/** The context of a canvas, cleared, with as many pixels as the screen has for it; coordinates are in CSS pixels. */
export function contextOf(canvas: HTMLCanvasElement) {
  const context = canvas.getContext("2d");
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!context || width === 0 || height === 0) return null;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  context.scale(devicePixelRatio, devicePixelRatio);
  return { context, width, height };
}

/** The context of a square canvas, cleared, with as many pixels as the screen has for it. */
export function squareContext(canvas: HTMLCanvasElement) {
  const side = Math.round(canvas.clientWidth * devicePixelRatio);
  const context = canvas.getContext("2d");
  if (side === 0 || !context) return null;
  if (canvas.width !== side || canvas.height !== side) canvas.width = canvas.height = side;
  context.clearRect(0, 0, side, side);
  return { context, side };
}

/** Paints a square picture of grey values, 0 to `most`, as ink of this colour. */
export function paintPicture(
  context: CanvasRenderingContext2D,
  side: number,
  values: ArrayLike<number>,
  most: number,
  ink: string,
): void {
  const count = Math.sqrt(values.length);
  // On whole pixels of the screen, so that no seams show.
  const edge = (place: number) => Math.round((place * side) / count);
  context.fillStyle = ink;
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    if (value <= 0) continue;
    const [x, y] = [at % count, Math.floor(at / count)];
    context.globalAlpha = value / most;
    context.fillRect(edge(x), edge(y), edge(x + 1) - edge(x), edge(y + 1) - edge(y));
  }
  context.globalAlpha = 1;
}
