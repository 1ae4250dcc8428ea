// What can be seen on a canvas.

/** Of the first networks, in each scheme, as the page promises them. */
export const ACCENTS = {
  light: { custom: "#0072B2", dense: "#D55E00" },
  dark: { custom: "#56B4E9", dense: "#E69F00" },
};

/**
 * How many pixels of a canvas are near each colour.
 * @param {import("./page.js").Page} page
 * @param {string} selector
 * @param {string[]} colours
 * @returns {Promise<number[]>}
 */
export function pixels(page, selector, colours) {
  return page.run(async (css, wanted) => {
    // A canvas may be painted with its frame.
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    const canvas = document.querySelector(css);
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return wanted.map((colour) => {
      const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] > 200 && rgb.every((value, i) => Math.abs(value - data[at + i]) < 12)) count += 1;
      }
      return count;
    });
  }, selector, colours);
}
