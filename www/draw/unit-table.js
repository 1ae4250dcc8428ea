// Every number behind the bars. Its rows are made when someone opens it.

import { make } from "../views/dom.js";
import { signed } from "./words.js";

/** @import { Contributions } from "../messages.d.ts" */

/**
 * @returns {{ element: HTMLElement, show: (parts: Contributions) => void }}
 */
export function createUnitTable() {
  const table = make("table", {});
  const view = make(
    "details",
    {},
    make("summary", {}, "The numbers, unit by unit"),
    make("div", { class: "scroll tall", tabindex: "0", role: "region", "aria-label": "The numbers, unit by unit" }, table),
  );
  /** @type {Contributions | null} */
  let shown = null;
  const fill = () => {
    if (shown && view.open) table.replaceChildren(head(shown), body(shown));
  };
  view.addEventListener("toggle", fill);
  return {
    element: view,
    show(parts) {
      shown = parts;
      fill();
    },
  };
}

/** @param {Contributions} parts */
function head({ digits }) {
  const columns = digits.flatMap((digit) => [`x³·V to ${digit}`, `−x·W to ${digit}`]);
  return make("thead", {}, make("tr", {}, ...["Unit", ...columns].map((text) => make("th", { scope: "col" }, text))));
}

/** @param {Contributions} parts */
function body({ digits, cubic, linear }) {
  const units = cubic[0]?.length ?? 0;
  const rows = Array.from({ length: units }, (_, unit) => {
    const cells = digits.flatMap((_digit, at) => [cubic[at]?.[unit] ?? 0, linear[at]?.[unit] ?? 0]);
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, String(unit + 1)),
      ...cells.map((value) => make("td", {}, signed(value))),
    );
  });
  return make("tbody", {}, ...rows);
}
