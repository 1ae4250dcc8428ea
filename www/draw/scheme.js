// Colours for canvases, which CSS does not reach.

/** @typedef {[number, number, number]} Rgb */

/**
 * A custom property of the page that holds a colour as `#rrggbb`.
 * @param {string} name
 * @returns {Rgb}
 */
export function colour(name) {
  const text = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const value = Number.parseInt(text.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/**
 * @param {Rgb} rgb
 * @returns {string}
 */
export function css([red, green, blue]) {
  return `rgb(${red} ${green} ${blue})`;
}

/**
 * `share` of the way from one colour to another.
 * @param {Rgb} from
 * @param {Rgb} to
 * @param {number} share 0 to 1.
 * @returns {Rgb}
 */
export function mix(from, to, share) {
  const at = (/** @type {0 | 1 | 2} */ i) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [at(0), at(1), at(2)];
}

/**
 * Calls `repaint` when the visitor's colour scheme changes.
 * @param {() => void} repaint
 */
export function onScheme(repaint) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
}
