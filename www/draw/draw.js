// The right half of the page: drawing pad, answers, and the look inside.

/** @import { App } from "../types.d.ts" */

/**
 * Fills the sections Draw and Look inside.
 * @param {HTMLElement} root Holds `#draw-body` and `#inside-body`.
 * @param {App} app
 */
export function mountDraw(root, app) {
  app.addEventListener("state", () => root.toggleAttribute("data-mounted", true));
}
