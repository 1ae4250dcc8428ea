// The cubic layer's V and W as two heat maps with one symmetric scale.

import { make } from "../views/dom.js";
import { picture } from "./controls.js";
import { calmly, latest } from "./latest.js";
import { colour, css, onScheme, ramp } from "./scheme.js";
import { signed } from "./words.js";

/** @import { UnitChoice } from "./unit-choice.js" */
/** @import { App, ReplyOf } from "../types.d.ts" */
/** @typedef {ReplyOf<"cubic_weights">} Weights */

/** Both matrices are drawn from this distribution before training. */
const START_SD = 0.05;

/**
 * @param {App} app
 * @param {UnitChoice} unit
 * @returns {HTMLElement}
 */
export function createCubicMaps(app, unit) {
  const words = make("p", {});
  const maps = [createMap("V, of the cubed inputs x³"), createMap("W, of the plain inputs x")];
  const legend = createLegend();
  const figures = make("div", { class: "maps" }, ...maps.map((map) => map.element));
  const all = make("div", {}, figures, legend.element);
  const view = make("div", {}, words, all);

  /** @type {Weights | null} */
  let weights = null;
  let diverged = false;
  const paint = () => {
    all.hidden = weights === null;
    if (weights === null) {
      words.textContent = diverged
        ? "The custom network diverged: its cubic layer’s weights are no numbers any more."
        : "Once the custom network has weights, those of its cubic layer are shown here.";
      return;
    }
    const { inputs, units, v, w } = weights;
    const largest = Math.max(...v.map(Math.abs), ...w.map(Math.abs), 1e-9);
    words.textContent = `Each row is one of ${units} units, each column one of the ${inputs} numbers x that reach the layer; none of them is negative, since a relu made them. Each square is a weight. Both matrices start as noise with a spread of ${START_SD}; now V has ${spread(v).toFixed(3)} and W ${spread(w).toFixed(3)}. Columns that stay noise belong to inputs that training hardly used.`;
    for (const [at, map] of maps.entries()) map.show(at === 0 ? v : w, inputs, units, largest, unit.unit);
    legend.show(largest);
  };

  const ask = calmly(
    view,
    latest(
      () => app.showCubic(),
      (answer) => {
        // Diverged weights have no colour.
        diverged = answer !== null && ![...answer.v, ...answer.w].every(Number.isFinite);
        weights = diverged ? null : answer;
        paint();
      },
    ),
  );
  for (const event of ["epoch", "weights", "models"]) app.addEventListener(event, ask);
  unit.addEventListener("change", paint);
  onScheme(paint);
  paint();
  return view;
}

/**
 * Standard deviation.
 * @param {readonly number[]} values
 */
function spread(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** @param {string} caption */
function createMap(caption) {
  const canvas = picture(caption);
  const marker = make("span", { class: "marker", "aria-hidden": "true" });
  return {
    element: make("figure", {}, make("div", { class: "map" }, canvas, marker), make("figcaption", { class: "quiet" }, caption)),
    /**
     * @param {readonly number[]} values Row by row, a row an input.
     * @param {number} inputs
     * @param {number} units
     * @param {number} largest
     * @param {number} marked The unit to mark.
     */
    show(values, inputs, units, largest, marked) {
      const range = `from ${signed(Math.min(...values))} to ${signed(Math.max(...values))}`;
      canvas.setAttribute("aria-label", `${caption}: ${units} by ${inputs} weights ${range}, spread ${spread(values).toFixed(3)}`);
      canvas.width = inputs;
      canvas.height = units;
      const context = canvas.getContext("2d");
      if (!context) return;
      const up = ramp(colour("--background"), colour("--for"));
      const down = ramp(colour("--background"), colour("--against"));
      const image = context.createImageData(inputs, units);
      const pixels = new Uint32Array(image.data.buffer);
      for (let at = 0; at < pixels.length; at += 1) {
        const value = values[(at % inputs) * units + Math.floor(at / inputs)] ?? 0;
        pixels[at] = (value < 0 ? down : up)[Math.round((255 * Math.abs(value)) / largest)] ?? 0;
      }
      context.putImageData(image, 0, 0);
      marker.style.setProperty("top", `${(marked / units) * 100}%`);
      marker.style.setProperty("height", `${100 / units}%`);
    },
  };
}

/** The scale from the most negative to the most positive weight. */
function createLegend() {
  const bar = make("span", { class: "scale", "aria-hidden": "true" });
  const [low, high] = [make("span", {}), make("span", {})];
  return {
    element: make("p", { class: "legend quiet" }, low, bar, high),
    /** @param {number} largest */
    show(largest) {
      low.textContent = signed(-largest);
      high.textContent = signed(largest);
      const stops = ["--against", "--background", "--for"].map((name) => css(colour(name)));
      bar.style.setProperty("background", `linear-gradient(to right, ${stops.join(", ")})`);
    },
  };
}
