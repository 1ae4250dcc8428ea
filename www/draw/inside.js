// The section Look inside: the test digits, and the cubic layer at work.

import { make } from "../views/dom.js";
import { createContributions } from "./contributions.js";
import { createCubicMaps } from "./cubic-maps.js";
import { createMistakes } from "./mistakes.js";
import { createUnitChoice } from "./unit-choice.js";

/** @import { Sheet } from "./sheet.js" */
/** @import { App } from "../types.d.ts" */

/**
 * @param {HTMLElement} body
 * @param {App} app
 * @param {Sheet} sheet
 */
export function mountInside(body, app, sheet) {
  const toPad = () => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    document.querySelector(".surface")?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "nearest" });
  };
  const unit = createUnitChoice();
  body.append(
    make("h3", {}, "Where the networks go wrong"),
    createMistakes(app, sheet, toPad),
    make("h3", {}, "What the cubic layer makes of your drawing"),
    createContributions(app, sheet, unit),
    make("h3", {}, "The cubic layer’s weights"),
    createCubicMaps(app, unit),
  );
}
