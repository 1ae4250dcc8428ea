// Numbers and durations in words.

/**
 * A loss, short; full precision stands in `data-value` and in the files.
 * @param {number | null | undefined} loss
 */
export function lossText(loss) {
  if (loss === null || loss === undefined) return "";
  if (!Number.isFinite(loss)) return Number.isNaN(loss) ? "not a number" : "infinite";
  if (loss !== 0 && (Math.abs(loss) < 0.001 || Math.abs(loss) >= 10_000)) return minus(loss.toExponential(1));
  return minus(loss.toFixed(4));
}

/** @param {number | null | undefined} accuracy A fraction. */
export function accuracyText(accuracy) {
  if (accuracy === null || accuracy === undefined) return "";
  return Number.isFinite(accuracy) ? minus(accuracy.toFixed(4)) : "not a number";
}

/**
 * @param {string} metric
 * @param {number | null | undefined} value
 */
export function metricText(metric, value) {
  return metric.endsWith("loss") ? lossText(value) : accuracyText(value);
}

/** @param {number} seconds */
export function durationText(seconds) {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * "0, 2 and 5".
 * @param {(string | number)[]} items
 */
export function listText(items) {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/**
 * "1 run", "5 runs".
 * @param {number} count
 * @param {string} noun
 */
export const countText = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** @param {string} text */
const minus = (text) => text.replaceAll("-", "−");
