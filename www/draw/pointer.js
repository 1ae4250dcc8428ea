// Mouse, finger and pen on the pad become strokes.

/** @import { Point, Sheet } from "./sheet.js" */

/**
 * Draws on the sheet what the pointer draws on the canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {Sheet} sheet
 */
export function followPointer(canvas, sheet) {
  /** @type {number | null} The pointer that draws. A second finger or a palm does not. */
  let drawing = null;

  /**
   * @param {readonly PointerEvent[]} events
   * @returns {Point[]}
   */
  const points = (events) => {
    const box = canvas.getBoundingClientRect();
    // A stroke that leaves the pad goes on along its edge: all that the models get is to be seen.
    return events.map((event) => [
      clamp((event.clientX - box.left) / box.width),
      clamp((event.clientY - box.top) / box.height),
    ]);
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (drawing !== null || !event.isPrimary || event.button !== 0) return;
    event.preventDefault(); // No text selection, no dragging.
    drawing = event.pointerId;
    try {
      canvas.setPointerCapture(event.pointerId);
    } catch {
      // The pointer is gone already, or a script made it: then the stroke ends where it leaves.
    }
    const [point] = points([event]);
    if (point) sheet.begin(point);
  });

  // A quick stroke is no fling: Chromium would take the next tap, on Undo say, for the end of it.
  const noGesture = (/** @type {TouchEvent} */ event) => {
    if (event.cancelable) event.preventDefault();
  };
  canvas.addEventListener("touchstart", noGesture, { passive: false });

  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drawing) return;
    const between = event.getCoalescedEvents?.() ?? [];
    sheet.extend(points(between.length > 0 ? between : [event]));
  });

  /** @param {PointerEvent} event */
  const end = (event) => {
    if (event.pointerId === drawing) drawing = null;
  };
  canvas.addEventListener("pointerup", (event) => {
    if (event.pointerId === drawing) sheet.extend(points([event]));
    end(event);
  });
  canvas.addEventListener("pointercancel", end);
  canvas.addEventListener("lostpointercapture", end);
  canvas.addEventListener("pointerleave", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) end(event);
  });
}

/** @param {number} share */
function clamp(share) {
  return Math.min(1, Math.max(0, share));
}
