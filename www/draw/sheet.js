// What is on the pad, and what was: strokes as points, or a test image.

/** @import { Input } from "../messages.d.ts" */
/** @typedef {[number, number]} Point In units of the pad's side, y downwards. */

/** Points nearer than this to the last one add nothing that the pad or the models could show. */
const RESOLUTION = 0.002;

/** The pad's content. Tells of each change by the event `change`. */
export class Sheet extends EventTarget {
  /** @type {Input} */
  #content = { type: "strokes", strokes: [] };
  /** @type {Input[]} */
  #past = [];
  /** The stroke that is being drawn; none once it was taken back. @type {Point[] | null} */
  #open = null;

  get content() {
    return this.#content;
  }

  get empty() {
    return this.#content.type === "strokes" && this.#content.strokes.length === 0;
  }

  get undoable() {
    return this.#past.length > 0;
  }

  /**
   * Begins a stroke; a test image makes room for it.
   * @param {Point} point
   */
  begin(point) {
    const strokes = this.#content.type === "strokes" ? this.#content.strokes : [];
    const stroke = [point];
    this.#past.push(this.#content);
    this.#set({ type: "strokes", strokes: [...strokes, stroke] });
    this.#open = stroke;
  }

  /**
   * Lengthens the stroke that was begun last, unless something has come after it.
   * @param {Point[]} points
   */
  extend(points) {
    const stroke = this.#open;
    if (!stroke) return;
    const before = stroke.length;
    for (const point of points) {
      const last = stroke[stroke.length - 1];
      if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < RESOLUTION) continue;
      stroke.push(point);
    }
    if (stroke.length > before) this.dispatchEvent(new Event("change"));
  }

  /**
   * Shows a test image as it is.
   * @param {number} position In MNIST's test file.
   */
  show(position) {
    // Leafing through test images is one step back, not one for each.
    if (this.#content.type === "strokes") this.#past.push(this.#content);
    this.#set({ type: "test_image", position });
  }

  /** Empties the pad; undo brings its content back. */
  clear() {
    if (this.empty) return;
    this.#past.push(this.#content);
    this.#set({ type: "strokes", strokes: [] });
  }

  /** Takes the last stroke, image or clearing back. */
  undo() {
    const before = this.#past.pop();
    if (before) this.#set(before);
  }

  /** @param {Input} content */
  #set(content) {
    this.#content = content;
    this.#open = null;
    this.dispatchEvent(new Event("change"));
  }
}
