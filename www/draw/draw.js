// The right half of the page: drawing pad, answers, and the look inside.

import { mountInside } from "./inside.js";
import { mountPadSection } from "./section.js";
import { Sheet } from "./sheet.js";

/** @import { App } from "../types.d.ts" */

/**
 * Fills the sections Draw and Look inside.
 * @param {HTMLElement} root Holds `#draw-body` and `#inside-body`.
 * @param {App} app
 */
export function mountDraw(root, app) {
  const sheet = new Sheet();
  const body = (/** @type {string} */ id) => /** @type {HTMLElement} */ (root.querySelector(id));
  mountPadSection(body("#draw-body"), app, sheet);
  mountInside(body("#inside-body"), app, sheet);
}
