// The table of epochs: the same numbers as the charts, in full precision.

import { byId, make, setText } from "./dom.js";
import { metricText } from "./words.js";

/** @import { History, ModelKind, Run } from "../messages.d.ts" */
/** @import { PageApp } from "../app.js" */

/** @type {(keyof History)[]} */
const METRICS = ["loss", "accuracy", "val_loss", "val_accuracy"];
const TITLES = { loss: "loss", accuracy: "accuracy", val_loss: "val. loss", val_accuracy: "val. accuracy" };

/** @param {PageApp} app */
export function mountHistory(app) {
  const table = /** @type {HTMLTableElement} */ (byId("history"));
  const body = table.tBodies[0];
  const caption = /** @type {HTMLElement} */ (table.caption);
  /** @type {Run | undefined} */
  let run;
  /** @type {string} */
  let columns = "";
  /** How many epochs of each model the table shows. @type {Map<ModelKind, number>} */
  let shown = new Map();

  function show() {
    const { experiment } = app.training;
    const kinds = experiment?.kinds ?? [];
    const last = app.runs.at(-1);
    if (last !== run || kinds.join() !== columns) {
      run = last;
      columns = kinds.join();
      shown = new Map();
      body.replaceChildren();
      table.tHead?.replaceChildren(...head(kinds));
    }
    setText(
      caption,
      run ? `Run ${app.runs.length}, seed ${run.seed}.` : "Empty until the first epoch is done.",
    );
    if (!run) return;
    const now = new Map(kinds.map((kind) => [kind, run?.models[kind]?.history.loss.length ?? 0]));
    const epochs = Math.max(0, ...now.values());
    while (body.rows.length > epochs) body.deleteRow(-1);
    // Only what came or went: going through a thousand rows after each epoch would keep the page busy.
    for (const [kind, after] of now) {
      const before = shown.get(kind) ?? 0;
      const end = Math.min(Math.max(before, after), epochs);
      for (let epoch = Math.min(before, after) + 1; epoch <= end; epoch++)
        fillRow(body.rows[epoch - 1] ?? addRow(body, epoch, kinds), run, epoch);
    }
    shown = now;
  }

  app.addEventListener("epoch", show);
  show();
}

/**
 * @param {ModelKind[]} kinds
 */
function head(kinds) {
  const models = kinds.map((kind) => make("th", { scope: "colgroup", colspan: METRICS.length }, kind));
  const metrics = kinds.flatMap(() => METRICS.map((metric) => make("th", { scope: "col" }, TITLES[metric])));
  if (kinds.length === 0) return [];
  return [
    make("tr", {}, make("td", {}), ...models),
    make("tr", {}, make("th", { scope: "col" }, "epoch"), ...metrics),
  ];
}

/**
 * @param {HTMLTableSectionElement} body
 * @param {number} epoch
 * @param {ModelKind[]} kinds
 */
function addRow(body, epoch, kinds) {
  const cells = kinds.flatMap((kind) =>
    METRICS.map((metric) => make("td", { "data-model": kind, "data-metric": metric })),
  );
  const row = make("tr", { "data-epoch": epoch }, make("th", { scope: "row" }, String(epoch)), ...cells);
  body.append(row);
  return row;
}

/**
 * @param {HTMLTableRowElement} row
 * @param {Run} run
 * @param {number} epoch
 */
function fillRow(row, run, epoch) {
  for (const cell of row.querySelectorAll("td")) {
    const { model, metric } = /** @type {{ model: ModelKind, metric: keyof History }} */ (cell.dataset);
    const value = run.models[model]?.history[metric][epoch - 1];
    if (value === undefined) {
      delete cell.dataset.value;
      cell.textContent = "";
    } else if (cell.dataset.value !== String(value)) {
      cell.dataset.value = String(value);
      cell.textContent = metricText(metric, value);
    }
  }
}
