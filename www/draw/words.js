// Numbers as they stand in sentences and tables.

/**
 * 0.9911 → "99.1 %".
 * @param {number} fraction
 */
export function percent(fraction) {
  return `${(fraction * 100).toFixed(1)} %`;
}

/**
 * 2904 → "2,904".
 * @param {number} count
 */
export function thousands(count) {
  return count.toLocaleString("en");
}

/**
 * 1.234 → "+1.23", −1.234 → "−1.23": the sign is always there.
 * @param {number} value
 */
export function signed(value) {
  const digits = Math.abs(value).toFixed(2);
  if (Number(digits) === 0) return digits;
  return (value < 0 ? "−" : "+") + digits;
}

/**
 * custom → "Custom".
 * @param {string} text
 */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * The place of the largest value; the first of several.
 * @param {readonly number[]} values
 */
export function likeliest(values) {
  return values.reduce((best, value, at) => (value > (values[best] ?? -Infinity) ? at : best), 0);
}
