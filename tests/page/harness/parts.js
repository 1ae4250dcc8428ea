// The parts that `view=` can name, and where each is on the page.

const PLACES = {
  title: "h1",
  stage: "#draw",
  verdict: "#verdict",
  learn: "#curves",
  sure: "#sure",
  layer: "#layer",
  experiments: "#experiments",
  settings: "#settings-section",
  keep: "#keep",
  class: "#class",
  about: "footer",
};

export const PARTS = Object.keys(PLACES);

/**
 * The parts that are seen, in the page's order.
 * @param {import("./page.js").Page} page
 * @returns {Promise<string[]>}
 */
export function partsOf(page) {
  return page.run((places) => places
    .filter(([, selector]) => {
      const place = document.querySelector(selector);
      // What is only read aloud is not seen.
      return place?.checkVisibility() && !place.closest(".spoken");
    })
    .map(([part]) => part), Object.entries(PLACES));
}
