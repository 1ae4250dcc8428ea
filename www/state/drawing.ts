// What is on the pad, and what was: strokes as points, or one of MNIST's digits.

import { computed, type ReadonlySignal, signal } from "@preact/signals";

import type { Blank, Study } from "../pkg/mnist_cubic.js";
import type { ImagesState, Part } from "./images.js";

/** Points nearer than this to the last one add nothing that the pad or the networks could show. */
const RESOLUTION = 0.002;

/** In units of the pad's side, y downwards. */
export type Point = readonly [x: number, y: number];
export type Stroke = readonly Point[];

export type Content =
  | { readonly type: "strokes"; readonly strokes: readonly Stroke[] }
  /** The page's own strokes; they make room for whatever the visitor does. */
  | { readonly type: "demonstration"; readonly strokes: readonly Stroke[] }
  | {
      readonly type: "digit";
      readonly part: Part;
      readonly digit: number;
      readonly index: number;
      readonly pixels: Uint8Array;
    };

/** What the networks receive: 28×28 values from 0 to 1; without an image, why there is none. */
export type Received =
  | { readonly type: "image"; readonly image: Float32Array }
  | { readonly type: "blank"; readonly reason: Blank };

export type DrawingState = ReturnType<typeof openDrawing>;

const EMPTY: Content = { type: "strokes", strokes: [] };

export function openDrawing(study: Study, images: ImagesState) {
  const content = signal<Content>(EMPTY);
  const past = signal<readonly Content[]>([]);
  /** Whether the last stroke may be lengthened. */
  let isOpen = false;
  /** Whether the visitor has done anything on the pad: then it is theirs in this visit. */
  const isVisitors = signal(false);

  const step = (next: Content): void => {
    const shown = content.peek();
    // What the page drew does not come back by Undo.
    past.value = [...past.peek(), shown.type === "demonstration" ? EMPTY : shown];
    content.value = next;
    isOpen = false;
    isVisitors.value = true;
  };
  const strokes = (): readonly Stroke[] => {
    const shown = content.peek();
    return shown.type === "strokes" ? shown.strokes : [];
  };

  return {
    content: content as ReadonlySignal<Content>,
    received: computed(() => receive(study, content.value)),
    canUndo: computed(() => past.value.length > 0),
    isVisitors: isVisitors as ReadonlySignal<boolean>,
    /** Begins a stroke; a digit makes room for it. */
    begin(point: Point): void {
      step({ type: "strokes", strokes: [...strokes(), [point]] });
      isOpen = true;
    },
    /** Lengthens the stroke that was begun, unless something has come after it. */
    extend(points: readonly Point[]): void {
      if (!isOpen) return;
      const before = strokes();
      const stroke = before.at(-1) ?? [];
      const longer = lengthen(stroke, points);
      if (longer.length === stroke.length) return;
      content.value = { type: "strokes", strokes: [...before.slice(0, -1), longer] };
    },
    /** Ends the stroke; later points wait for the next `begin`. */
    end(): void {
      isOpen = false;
    },
    undo(): void {
      const before = past.peek().at(-1);
      isOpen = false;
      if (!before) return;
      past.value = past.peek().slice(0, -1);
      content.value = before;
    },
    clear(): void {
      const shown = content.peek();
      if (shown.type === "demonstration") {
        // There is nothing of the visitor's to take back.
        isVisitors.value = true;
        content.value = EMPTY;
      } else if (shown.type === "digit" || shown.strokes.length > 0) step(EMPTY);
    },
    /** Puts one of MNIST's digits on the pad, where its images are there. */
    show(part: Part, digit: number, index: number): void {
      const pixels = images.pixels(part, digit, index);
      if (pixels) step({ type: "digit", part, digit, index, pixels });
    },
    /** Puts or replaces the page's own strokes; returns false once the visitor has used the pad in this visit. */
    demonstrate(its: readonly Stroke[]): boolean {
      if (isVisitors.peek()) return false;
      content.value = { type: "demonstration", strokes: its };
      return true;
    },
  };
}

function lengthen(stroke: Stroke, points: readonly Point[]): Stroke {
  const longer = [...stroke];
  for (const [x, y] of points) {
    const last = longer.at(-1);
    if (!last || Math.hypot(x - last[0], y - last[1]) >= RESOLUTION) longer.push([x, y]);
  }
  return longer;
}

function receive(study: Study, content: Content): Received {
  if (content.type === "digit") {
    return { type: "image", image: Float32Array.from(content.pixels, (pixel) => pixel / 255) };
  }
  const points = new Float32Array(content.strokes.flat(2));
  const lengths = new Uint32Array(content.strokes.map((stroke) => stroke.length));
  const { image, blank } = study.image(points, lengths);
  return image ? { type: "image", image } : { type: "blank", reason: blank ?? "empty" };
}
