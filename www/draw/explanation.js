// The custom network's scores in sentences: what x³·V and −x·W each add.

import { likeliest, signed } from "./words.js";

/** @import { Contributions } from "../messages.d.ts" */

/** @param {readonly number[]} values */
export function total(values) {
  return values.reduce((sum, value) => sum + value, 0);
}

/**
 * @param {Contributions} parts
 * @returns {string}
 */
export function explain({ digits, cubic, linear, bias, scores }) {
  const [best, second] = leaders(scores);
  const gap = (/** @type {readonly number[]} */ values) => (values[best] ?? 0) - (values[second] ?? 0);
  const cubicSums = cubic.map(total);
  const linearSums = linear.map(total);
  const lead = `The score of ${digits[best]} leads that of ${digits[second]} by ${gap(scores).toFixed(2)}: x³·V contributes ${signed(gap(cubicSums))} to this lead, −x·W ${signed(gap(linearSums))} and the biases ${signed(gap(bias))}.`;

  const left = (/** @type {readonly number[]} */ sums) =>
    digits[likeliest(sums.map((sum, at) => sum + (bias[at] ?? 0)))];
  const withoutCubic = left(linearSums);
  const withoutLinear = left(cubicSums);
  const still = (/** @type {number | undefined} */ digit) => (digit === digits[best] ? `still be ${digit}` : `be ${digit}`);
  return `${lead} With x³·V left out and all else kept, the answer would ${still(withoutCubic)}; with −x·W left out, it would ${still(withoutLinear)}.`;
}

/**
 * The places of the highest score and the next.
 * @param {readonly number[]} scores
 * @returns {[number, number]}
 */
function leaders(scores) {
  const best = likeliest(scores);
  return [best, likeliest(scores.map((score, at) => (at === best ? -Infinity : score)))];
}

/**
 * What one unit adds to each score; of many, to the two highest.
 * @param {Contributions} parts
 * @param {number} unit
 * @returns {string}
 */
export function explainUnit({ digits, cubic, linear, scores }, unit) {
  const places = digits.length > 4 ? leaders(scores) : [...digits.keys()];
  const each = places.map((at) => {
    return `to ${digits[at]}: ${signed(cubic[at]?.[unit] ?? 0)} by x³·V, ${signed(linear[at]?.[unit] ?? 0)} by −x·W`;
  });
  return `Unit ${unit + 1} adds ${each.join("; ")}.`;
}
