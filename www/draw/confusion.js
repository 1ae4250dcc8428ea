// A model's confusion matrix as a table; each cell that counts something filters the gallery.

import { make } from "../views/dom.js";
import { button } from "./controls.js";
import { capital, percent, thousands } from "./words.js";

/** @import { Cell, Filter } from "./inspection.js" */
/** @import { Inspection, ModelKind } from "../messages.d.ts" */

/**
 * @param {ModelKind} kind
 * @param {Inspection} inspection
 * @param {string} when Where the weights came from.
 * @param {Filter} filter
 * @param {(cell: Cell) => void} choose
 * @returns {HTMLElement}
 */
export function createConfusion(kind, inspection, when, filter, choose) {
  const { digits, confusion } = inspection;
  const count = inspection.labels.length;
  const many = digits.length > 5;
  const wrong = inspection.labels.filter((label, at) => label !== inspection.predictions[at]).length;

  /**
   * @param {number} label
   * @param {number} digit
   * @param {number} images
   * @param {number} all Of the label's digit.
   */
  const cell = (label, digit, images, all) => {
    if (images === 0) return make("td", { class: "none" }, "0");
    const rate = many ? roughly(images / all) : percent(images / all);
    const chosen =
      filter.type === "cell" && filter.kind === kind && filter.label === label && filter.digit === digit;
    const choice = button("", () => choose({ type: "cell", kind, label, digit }), {
      "aria-pressed": String(chosen),
    });
    const meaning = `: a ${label} seen as ${digit} by the ${kind} network`;
    choice.append(thousands(images), make("span", { class: "rate" }, ` ${rate}`), make("span", { class: "hidden-text" }, meaning));
    choice.style.setProperty("--share", String(images / all));
    return make("td", label === digit ? { class: "right" } : {}, choice);
  };

  const rows = confusion.map((row, at) => {
    const label = digits[at] ?? 0;
    const all = row.reduce((sum, images) => sum + images, 0);
    const cells = row.map((images, column) => cell(label, digits[column] ?? 0, images, all));
    return make("tr", {}, make("th", { scope: "row" }, `a ${label}`), ...cells);
  });
  const heads = digits.map((digit) => make("th", { scope: "col" }, `as ${digit}`));
  const table = make(
    "table",
    { class: many ? "confusion many" : "confusion" },
    make(
      "caption",
      {},
      make("span", { class: `mark ${kind}`, "aria-hidden": "true" }),
      make("strong", {}, `${capital(kind)} network`),
      ` · ${thousands(wrong)} of ${thousands(count)} wrong (${percent(count ? wrong / count : 0)}). ${when}`,
    ),
    make("thead", {}, make("tr", {}, make("td", {}, "seen:"), ...heads)),
    make("tbody", {}, ...rows),
  );
  return make("div", { class: `scroll ${kind}` }, table);
}

/**
 * A share in few letters.
 * @param {number} share
 */
function roughly(share) {
  return share < 0.01 ? "<1 %" : `${Math.floor(share * 100)} %`;
}
