// What the runs say, in sentences and in tables.

import { KINDS } from "../kinds.js";
import { byId, make, named } from "./dom.js";
import { accuracyText, countText, lossText, metricText } from "./words.js";

/** @import { Comparison, Difference } from "../messages.d.ts" */
/** @import { PageApp } from "../app.js" */

/** @param {PageApp} app */
export function mountVerdict(app) {
  const text = byId("verdict-text");
  const tables = byId("verdict-tables");
  const welcome = text.textContent ?? "";

  function show() {
    const sentences = app.comparison?.verdict ?? [];
    const paragraphs = sentences.length > 0 ? sentences : [welcome];
    if (paragraphs.join() !== [...text.children].map((child) => child.textContent).join()) {
      text.replaceChildren(...paragraphs.map((paragraph) => make("p", {}, paragraph)));
    }
    const comparison = app.comparison;
    const parts = [
      ...(comparison?.differences.length ? [differenceTable(comparison)] : []),
      ...(comparison ? testTable(comparison) : []),
    ];
    showTables(parts);
  }

  /** What the tables scroll in, by their ids. @type {Map<string, HTMLElement>} */
  const regions = new Map();

  /**
   * Regions stay, as how far they are scrolled and whether they have the keyboard would go with them.
   * @param {HTMLTableElement[]} parts
   */
  function showTables(parts) {
    const shown = parts.map((table) => {
      const region = regions.get(table.id) ?? make("div", { class: "scroll", tabindex: 0, role: "region" });
      regions.set(table.id, region);
      region.setAttribute("aria-label", table.caption?.textContent ?? "Table");
      region.replaceChildren(table);
      return region;
    });
    if (shown.some((region, at) => region !== tables.children[at]) || shown.length !== tables.children.length) {
      tables.replaceChildren(...shown);
    }
  }

  app.addEventListener("comparison", show);
  app.addEventListener("state", show);
  show();
}

/** @param {Comparison} comparison */
function differenceTable({ differences }) {
  const rows = differences.map((difference) =>
    make(
      "tr",
      {},
      make(
        "th",
        { scope: "row" },
        make("span", { class: "pair" }, named(difference.model), " − ", named(difference.other)),
        `${metricName(difference)}, ${difference.at === "last" ? "last epoch" : "own best epoch"}`,
      ),
      make("td", { "data-value": difference.mean }, signed(difference.metric, difference.mean)),
      make(
        "td",
        {},
        `${signed(difference.metric, difference.low)} to ${signed(difference.metric, difference.high)}`,
      ),
      make(
        "td",
        {},
        `${difference.wins} of ${difference.runs}${difference.ties > 0 ? ` (${countText(difference.ties, "tie")})` : ""}`,
      ),
    ),
  );
  const titles = ["difference", "mean", "95 % interval", "first is better in"];
  return make(
    "table",
    { id: "differences" },
    make(
      "caption",
      {},
      "Differences run by run, each pair from the same seed. An interval that holds 0 means: these runs cannot tell.",
    ),
    make("thead", {}, make("tr", {}, ...titles.map((title) => make("th", { scope: "col" }, title)))),
    make("tbody", {}, ...rows),
  );
}

/** @param {Difference} difference */
const metricName = ({ metric }) => (metric === "val_loss" ? "validation loss" : "validation accuracy");

/**
 * @param {string} metric
 * @param {number} value
 */
const signed = (metric, value) => (value > 0 ? "+" : "") + metricText(metric, value);

/**
 * Scores on the test images.
 * @param {Comparison} comparison
 */
function testTable({ tests }) {
  const scores = KINDS.flatMap((kind) => {
    const found = tests[kind];
    return found ? [{ kind, ...found }] : [];
  });
  if (scores.length === 0) return [];
  const most = Math.max(...scores.map(({ runs }) => runs));
  const rows = scores.map(({ kind, mean, sd, runs }) =>
    make(
      "tr",
      { "data-model": kind },
      make("th", { scope: "row" }, named(kind), runs < most ? ` (${countText(runs, "run")})` : ""),
      make("td", { "data-metric": "test_loss" }, withDeviation(mean.loss, sd.loss, lossText)),
      make("td", { "data-metric": "test_accuracy" }, withDeviation(mean.accuracy, sd.accuracy, accuracyText)),
    ),
  );
  return [
    make(
      "table",
      { id: "test-scores" },
      make(
        "caption",
        {},
        `On the test images, which took no part in any choice${most > 1 ? ` (mean ± standard deviation over ${countText(most, "run")})` : ""}.`,
      ),
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          make("td", {}),
          make("th", { scope: "col" }, "test loss"),
          make("th", { scope: "col" }, "test accuracy"),
        ),
      ),
      make("tbody", {}, ...rows),
    ),
  ];
}

/**
 * @param {number} mean
 * @param {number} sd Not a number of a single run.
 * @param {(value: number) => string} text
 */
const withDeviation = (mean, sd, text) => text(mean) + (Number.isFinite(sd) ? ` ± ${text(sd)}` : "");
