// Settings in the address's hash, and kept for the next visit.

const KEY = "settings";

/** Whether the address points to a part of the page, as the link to the pad does. */
export const pointsToPart = () => document.getElementById(location.hash.slice(1)) !== null;

/** The hash of the address, or else the one of the last visit. */
export function rememberedHash() {
  if (location.hash.length > 1 && !pointsToPart()) return location.hash;
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // storage is refused: the defaults will do
  }
}

/**
 * Puts settings into the address, without a step in the history.
 * @param {string} hash Without `#`.
 */
export function rememberHash(hash) {
  try {
    if (location.hash !== `#${hash}`) history.replaceState(null, "", `#${hash}`);
    localStorage.setItem(KEY, hash);
  } catch {
    // Storage is refused, or the address changes too often for the browser's taste: the settings
    // hold all the same.
  }
}
