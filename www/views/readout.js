// The values at one epoch: under the cursor, or else the last.

import { KINDS } from "../kinds.js";
import { linesOf, metricOf } from "./lines.js";
import { make, named } from "./dom.js";
import { metricText } from "./words.js";

/** @import { Line, Measure, Shown, Split } from "./lines.js" */
/** @import { PageApp } from "../app.js" */

/** @type {{ measure: Measure, split: Split, title: string }[]} */
const COLUMNS = [
  { measure: "loss", split: "validation", title: "validation loss" },
  { measure: "loss", split: "training", title: "training loss" },
  { measure: "accuracy", split: "validation", title: "validation accuracy" },
  { measure: "accuracy", split: "training", title: "training accuracy" },
];

/**
 * @param {PageApp} app
 * @param {Shown} shown
 * @param {number} epoch
 * @param {boolean} last Whether it is the last epoch, for want of a cursor.
 */
export function readoutTable(app, shown, epoch, last) {
  const lines = { loss: linesOf("loss", app, shown), accuracy: linesOf("accuracy", app, shown) };
  const columns = COLUMNS.filter(({ split }) => shown.names.has(split));
  const several = (app.runSettings?.runs ?? 1) > 1;
  const heading = `Epoch ${epoch}${last ? ", the last that all networks have finished" : ""}${several ? ": mean of the runs" : ""}`;
  const rows = KINDS.filter((kind) => lines.loss.some((line) => line.kind === kind)).map((kind) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, named(kind)),
      ...columns.map(({ measure, split }) =>
        make("td", {}, valueText(lines[measure], kind, split, measure, epoch)),
      ),
    ),
  );
  return make(
    "table",
    {},
    make("caption", {}, heading),
    make(
      "thead",
      {},
      make("tr", {}, make("td", {}), ...columns.map(({ title }) => make("th", { scope: "col" }, title))),
    ),
    make("tbody", {}, ...rows),
  );
}

/**
 * The values of one chart at an epoch, to be spoken.
 * @param {Line[]} lines
 * @param {Measure} measure
 * @param {number} epoch
 */
export function spokenValues(lines, measure, epoch) {
  const values = lines
    .filter(({ values: all }) => typeof all[epoch - 1] === "number")
    .map(({ kind, split, values: all }) => `${kind} ${split} ${metricText(measure, all[epoch - 1])}`);
  return `Epoch ${epoch}: ${values.join(", ") || "no values"}`;
}

/**
 * @param {Line[]} lines
 * @param {Line["kind"]} kind
 * @param {Split} split
 * @param {Measure} measure
 * @param {number} epoch
 */
function valueText(lines, kind, split, measure, epoch) {
  const line = lines.find((one) => one.kind === kind && one.split === split);
  const value = line?.values[epoch - 1];
  const metric = metricOf(measure, split);
  if (value === null || (value === undefined && line?.diverged)) return "diverged";
  const sd = line?.sd?.[epoch - 1] ?? NaN; // of a single run there is none
  return metricText(metric, value) + (Number.isFinite(sd) ? ` ± ${metricText(metric, sd)}` : "");
}
