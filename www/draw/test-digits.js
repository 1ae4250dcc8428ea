// A way to the models without drawing: pick a test digit and leaf through its images.

import { make, setText } from "../views/dom.js";
import { button } from "./controls.js";
import { present } from "./origin.js";
import { thousands } from "./words.js";

/** @import { Sheet } from "./sheet.js" */
/** @import { App } from "../types.d.ts" */

/**
 * @param {App} app
 * @param {Sheet} sheet
 * @returns {HTMLElement}
 */
export function createTestDigits(app, sheet) {
  const select = make("select", { id: "test-digit" });
  const place = make("p", { class: "quiet", "aria-live": "polite" });
  /** The place, in each digit's images, of the one shown last; −1 before the first. */
  let at = -1;

  /** @param {number} step */
  const leaf = (step) => {
    const positions = app.testPositions(Number(select.value));
    if (positions.length === 0) return;
    at = at < 0 && step < 0 ? positions.length - 1 : (at + step + positions.length) % positions.length;
    const position = positions[at];
    if (position !== undefined) sheet.show(position);
  };
  const previous = button("Previous", () => leaf(-1), { "aria-label": "Previous image" });
  const next = button("Next", () => leaf(1), { "aria-label": "Next image" });
  select.addEventListener("change", () => {
    at = -1;
    leaf(1);
  });

  const offer = () => {
    const digits = loaded(app);
    if (digits.join() !== [...select.options].map((option) => option.value).join()) {
      const before = select.options.length > 0 ? Number(select.value) : null;
      select.replaceChildren(...digits.map((digit) => make("option", {}, String(digit))));
      if (before !== null && digits.includes(before)) select.value = String(before);
      else at = -1;
    }
    for (const control of [select, previous, next]) control.disabled = digits.length === 0;
    tell();
  };

  /** Says which image the pad shows, also when the gallery put it there. */
  const tell = () => {
    const content = sheet.content;
    if (content.type === "test_image") {
      const digit = loaded(app).find((known) => app.testPositions(known).includes(content.position));
      if (digit !== undefined) {
        select.value = String(digit);
        const positions = app.testPositions(digit);
        at = positions.indexOf(content.position);
        setText(place, `Image ${thousands(at + 1)} of ${thousands(positions.length)} that show a ${digit}.`);
        return;
      }
    }
    const none = select.options.length === 0;
    setText(place, none ? "The test digits are not loaded yet." : "No need to draw: see what the networks say to a test digit.");
  };

  for (const event of ["data", "models", "weights"]) app.addEventListener(event, offer);
  sheet.addEventListener("change", tell);
  offer();
  return make(
    "fieldset",
    { class: "test-digits" },
    make("legend", {}, "Or take a test digit"),
    make("div", { class: "buttons" }, make("label", { for: select.id }, "Digit"), select, previous, next),
    place,
  );
}

/**
 * The digits that the models know and whose test images are here.
 * @param {App} app
 */
function loaded(app) {
  const known = new Set(present(app).flatMap((model) => model.digits));
  return [...known].sort((a, b) => a - b).filter((digit) => app.testPositions(digit).length > 0);
}
