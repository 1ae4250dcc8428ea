// Mouse, finger and pen on the pad become strokes.

import type { DrawingState, Point } from "../../state/drawing.js";

/** Draws what the pointer draws on the canvas, until the signal aborts. */
export function followPointer(
  canvas: HTMLCanvasElement,
  strokes: Pick<DrawingState, "begin" | "extend" | "end">,
  signal: AbortSignal,
): void {
  /** The pointer that draws. A second finger or a palm does not. */
  let drawing: number | null = null;

  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    // A stroke that leaves the pad goes on along its edge: all that the networks get is to be seen.
    return [share(clientX - left, width), share(clientY - top, height)];
  };

  const end = ({ pointerId }: PointerEvent) => {
    if (pointerId !== drawing) return;
    drawing = null;
    strokes.end();
  };

  const listen = <K extends keyof HTMLElementEventMap>(
    type: K,
    act: (event: HTMLElementEventMap[K]) => void,
  ) => {
    canvas.addEventListener(type, act, { signal, passive: false });
  };

  listen("pointerdown", (event) => {
    if (drawing !== null || !event.isPrimary || event.button !== 0) return;
    // No selection, no dragging. With a pen, WebKitGTK would swallow the rest of the stroke.
    if (event.pointerType !== "pen") event.preventDefault();
    drawing = event.pointerId;
    try {
      canvas.setPointerCapture(event.pointerId);
    } catch {
      // The pointer is gone already, or a script made it: then the stroke ends where it leaves.
    }
    strokes.begin(pointOf(event));
  });
  listen("pointermove", (event) => {
    if (event.pointerId !== drawing) return;
    strokes.extend(placesOf(event).map(pointOf));
  });
  listen("pointerup", (event) => {
    if (event.pointerId === drawing) strokes.extend([pointOf(event)]);
    end(event);
  });
  // Whatever takes the pointer away, what was drawn stays.
  listen("pointercancel", end);
  listen("lostpointercapture", end);
  listen("pointerleave", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) end(event);
  });
  // A quick stroke is no fling: Chromium would take the next tap, on Undo say, for the end of it.
  listen("touchstart", (event) => {
    if (event.cancelable) event.preventDefault();
  });
}

/** The coalesced events. In insecure contexts, and in Safari before 18.2, there is only the last of them. */
function placesOf(event: PointerEvent): PointerEvent[] {
  const between = (event as Partial<PointerEvent>).getCoalescedEvents?.call(event) ?? [];
  return between.length > 0 ? between : [event];
}

function share(distance: number, length: number): number {
  return length > 0 ? Math.min(1, Math.max(0, distance / length)) : 0;
}
