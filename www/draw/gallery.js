// Small pictures of test digits with the models' answers, a page at a time.

import { make, setText } from "../views/dom.js";
import { paintBitmap } from "./bitmap.js";
import { button } from "./controls.js";
import { onScheme } from "./scheme.js";
import { percent, thousands } from "./words.js";

/** @import { Seen } from "./inspection.js" */
/** @import { Sheet } from "./sheet.js" */
/** @import { App } from "../types.d.ts" */

const PAGE = 12;

/**
 * @typedef {object} Gallery
 * @property {HTMLElement} element
 * @property {(title: string, images: Seen[]) => void} show From the first page on, where the title is new.
 * @property {() => void} hide
 */

/**
 * @param {App} app
 * @param {Sheet} sheet
 * @param {() => void} shown Called when an image was put on the pad.
 * @returns {Gallery}
 */
export function createGallery(app, sheet, shown) {
  const title = make("h4", { "aria-live": "polite" });
  const tiles = make("ul", { class: "tiles" });
  const range = make("p", { class: "quiet", "aria-live": "polite" });
  const previous = button("Previous page", () => turn(-1));
  const next = button("Next page", () => turn(1));
  const pager = make("div", { class: "buttons pager" }, previous, next, range);
  const view = make("div", {}, title, tiles, pager);
  /** @type {Seen[]} */
  let images = [];
  let page = 0;

  const paint = () => {
    const first = page * PAGE;
    const some = images.slice(first, first + PAGE);
    tiles.replaceChildren(...some.map(tile));
    pager.hidden = images.length <= PAGE;
    range.textContent = `${thousands(first + 1)} to ${thousands(first + some.length)} of ${thousands(images.length)}`;
    previous.disabled = page === 0;
    next.disabled = first + PAGE >= images.length;
    mark();
  };

  /** @param {number} step */
  const turn = (step) => {
    page += step;
    paint();
    // A button that has just been switched off would take the keyboard's place with it.
    if (previous.disabled && step < 0) next.focus();
    if (next.disabled && step > 0) previous.focus();
  };

  /** @param {Seen} image */
  const tile = (image) => {
    const canvas = make("canvas", { "aria-hidden": "true" });
    paintBitmap(canvas, app.testImage(image.position) ?? [], 255);
    const choice = button("", () => {
      sheet.show(image.position);
      shown();
    });
    choice.dataset.position = String(image.position);
    choice.append(canvas, make("span", {}, `a ${image.label}`));
    for (const { kind, digit, probability } of image.answers) {
      const wrong = digit === image.label ? [] : [make("b", { "aria-label": "wrong", role: "img" }, "✗"), " "];
      const answer = make("span", {}, `${digit} `, ...wrong, `(${percent(probability)})`);
      choice.append(make("span", { class: `says ${kind}` }, `${kind}: `, answer));
    }
    return make("li", {}, choice);
  };

  /** Marks the image that is on the pad. */
  const mark = () => {
    const content = sheet.content;
    for (const choice of tiles.querySelectorAll("button")) {
      const here = content.type === "test_image" && choice.dataset.position === String(content.position);
      if (here) choice.setAttribute("aria-current", "true");
      else choice.removeAttribute("aria-current");
    }
  };

  sheet.addEventListener("change", mark);
  onScheme(paint);
  view.hidden = true;
  return {
    element: view,
    show(words, some) {
      view.hidden = false;
      // The same images again, perhaps with other answers: whoever leafs through them stays.
      if (title.textContent !== words) page = 0;
      setText(title, words);
      images = some;
      paint();
    },
    hide() {
      view.hidden = true;
    },
  };
}
