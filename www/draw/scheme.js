// Colours for canvases, which CSS does not reach.

/** @typedef {[number, number, number]} Rgb */

const dark = matchMedia("(prefers-color-scheme: dark)");
/** Reading a style makes the browser lay the page out anew: each is read once. @type {Map<string, Rgb>} */
const known = new Map();
dark.addEventListener("change", () => known.clear());

/**
 * A custom property of the page that holds a colour as `#rrggbb`.
 * @param {string} name
 * @returns {Rgb}
 */
export function colour(name) {
  const rgb = known.get(name) ?? read(name);
  known.set(name, rgb);
  return rgb;
}

/**
 * @param {string} name
 * @returns {Rgb}
 */
function read(name) {
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
 * Colours from one to another, as an image's pixels in one number each.
 * @param {Rgb} from
 * @param {Rgb} to
 * @returns {Uint32Array} 256 of them.
 */
export function ramp(from, to) {
  const bytes = new Uint8Array(4 * 256);
  for (let at = 0; at < 256; at += 1) bytes.set([...mix(from, to, at / 255), 255], 4 * at);
  return new Uint32Array(bytes.buffer);
}

/**
 * Calls `repaint` when the visitor's colour scheme changes.
 * @param {() => void} repaint
 */
export function onScheme(repaint) {
  dark.addEventListener("change", repaint);
}
