// What the cubic layer adds to each score for what is on the pad: a table with bars, unit by unit.

import { make } from "../views/dom.js";
import { picture } from "./controls.js";
import { explain, explainUnit, total } from "./explanation.js";
import { columnAt, paintLane } from "./lane.js";
import { calmly, latest } from "./latest.js";
import { onScheme } from "./scheme.js";
import { createUnitTable } from "./unit-table.js";
import { signed } from "./words.js";

/** @import { Sheet } from "./sheet.js" */
/** @import { UnitChoice } from "./unit-choice.js" */
/** @import { Contributions } from "../messages.d.ts" */
/** @import { App } from "../types.d.ts" */

/**
 * @param {App} app
 * @param {Sheet} sheet
 * @param {UnitChoice} unit
 * @returns {HTMLElement}
 */
export function createContributions(app, sheet, unit) {
  const sentence = make("p", { class: "explanation" });
  const table = make("table", { class: "contributions" });
  const scale = make("p", { class: "quiet" });
  const numbers = createUnitTable();
  const all = make("div", {}, make("div", { class: "scroll" }, table), scale, unit.element, numbers.element);
  const view = make("div", {}, sentence, all);

  /** What is shown; `null` with nothing to show. @type {Contributions | null} */
  let parts = null;
  let diverged = false;
  /** @type {Block[]} */
  let blocks = [];
  let laid = "";

  const paint = () => {
    all.hidden = parts === null;
    if (parts === null) {
      sentence.textContent = diverged
        ? "The custom network diverged: it has no answer that could be taken apart."
        : "Draw a digit, or pick a test digit: here you will see how the custom network’s cubic layer comes to its answer.";
      return;
    }
    sentence.textContent = explain(parts);
    if (parts.digits.join() !== laid) {
      laid = parts.digits.join();
      blocks = parts.digits.map((digit) => createBlock(digit, unit));
      table.replaceChildren(head(), ...blocks.map(({ element: body }) => body));
    }
    const tallest = Math.max(...[...parts.cubic, ...parts.linear].flat().map(Math.abs), 1e-9);
    const units = parts.cubic[0]?.length ?? 0;
    unit.offer(units);
    for (const [at, block] of blocks.entries()) block.show(parts, at, tallest, unit.unit);
    scale.textContent = `Each bar is one of the layer’s ${units} units: upwards it adds to the digit’s score, downwards it takes away. All bars have one scale; the longest is ${tallest.toFixed(2)}. The highest score is the answer.`;
    unit.tell(explainUnit(parts, unit.unit));
    numbers.show(parts);
  };

  const ask = calmly(
    view,
    latest(
      () => app.explain(sheet.content),
      (answer) => {
        // Diverged weights add nothing that one could draw.
        diverged = answer !== null && !answer.scores.every(Number.isFinite);
        parts = diverged ? null : answer;
        paint();
      },
    ),
  );
  sheet.addEventListener("change", ask);
  for (const event of ["epoch", "weights", "models", "data"]) app.addEventListener(event, ask);
  unit.addEventListener("change", paint);
  onScheme(paint);
  new ResizeObserver(paint).observe(view);
  paint();
  return view;
}

function head() {
  const heads = ["Digit", "Part", "Adds"].map((text) => make("th", { scope: "col" }, text));
  return make("thead", {}, make("tr", {}, ...heads, make("th", { scope: "col", class: "lane" }, "Unit by unit")));
}

/**
 * The rows of one digit.
 * @typedef {object} Block
 * @property {HTMLElement} element
 * @property {(parts: Contributions, at: number, tallest: number, marked: number) => void} show
 */

/**
 * @param {number} digit
 * @param {UnitChoice} unit
 * @returns {Block}
 */
function createBlock(digit, unit) {
  const lane = (/** @type {string} */ part) => {
    const canvas = picture(`What each unit’s ${part} adds to the score of ${digit}: the numbers stand in the table below`);
    canvas.addEventListener("pointermove", (event) => unit.choose(columnAt(event, Number(unit.slider.max))));
    canvas.addEventListener("pointerdown", (event) => unit.choose(columnAt(event, Number(unit.slider.max))));
    const sum = make("td", {});
    const row = make("tr", {}, make("th", { scope: "row", class: "formula" }, part), sum, make("td", { class: "lane" }, canvas));
    return { canvas, sum, row };
  };
  const cubic = lane("x³·V");
  const linear = lane("−x·W");
  const score = make("td", {});
  const bias = make("td", { class: "quiet lane" });
  cubic.row.prepend(make("th", { scope: "rowgroup", rowspan: "3", class: "digit" }, String(digit)));
  const sums = make("tr", { class: "score" }, make("th", { scope: "row" }, "score"), score, bias);

  return {
    element: make("tbody", {}, cubic.row, linear.row, sums),
    show(parts, at, tallest, marked) {
      const lanes = /** @type {const} */ ([[cubic, parts.cubic[at] ?? []], [linear, parts.linear[at] ?? []]]);
      for (const [{ canvas, sum }, values] of lanes) {
        sum.textContent = signed(total(values));
        paintLane(canvas, values, tallest, marked);
      }
      score.textContent = signed(parts.scores[at] ?? 0);
      bias.textContent = `with bias ${signed(parts.bias[at] ?? 0)}`;
    },
  };
}
