// Controls and pictures.

import { make } from "../views/dom.js";

/**
 * A button that does one thing.
 * @param {string} label
 * @param {() => void} press
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLButtonElement}
 */
export function button(label, press, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", press);
  return made;
}

/**
 * A canvas that reads aloud as a picture.
 * @param {string} label
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLCanvasElement}
 */
export function picture(label, attributes = {}) {
  return make("canvas", { role: "img", "aria-label": label, ...attributes });
}
