// Files to take away: histories, and each network's weights, which can also be loaded back.

import { sentenceOf } from "../errors.js";
import { KINDS } from "../kinds.js";
import { byId, make, named, save, setText } from "./dom.js";
import { listText } from "./words.js";

/** @import { Format, ModelKind } from "../messages.d.ts" */
/** @import { PageApp } from "../app.js" */

const ORIGINS = {
  none: "not trained yet",
  first_visit: "trained before your visit, with the notebook’s settings",
  trained: "trained here",
  file: "from your file",
};

/** @param {PageApp} app */
export function mountTakeaway(app) {
  const note = byId("takeaway-note");
  const histories = [
    {
      button: /** @type {HTMLButtonElement} */ (byId("save-csv")),
      format: /** @type {Format} */ ("csv"),
      type: "text/csv",
    },
    {
      button: /** @type {HTMLButtonElement} */ (byId("save-json")),
      format: /** @type {Format} */ ("json"),
      type: "application/json",
    },
  ];

  /**
   * Does what may fail, and says how it went.
   * @param {() => Promise<string>} act Gives the sentence to say.
   */
  async function say(act) {
    try {
      note.textContent = await act();
    } catch (error) {
      note.textContent = sentenceOf(error);
    }
  }

  for (const { button, format, type } of histories) {
    button.addEventListener("click", () =>
      say(async () => {
        save(`history.${format}`, new Blob([await app.exportRuns(format)], { type }));
        return "";
      }),
    );
  }

  /** @param {ModelKind} kind */
  function saveWeights(kind) {
    return say(async () => {
      const bytes = await app.saveWeights(kind);
      save(`${kind}.safetensors`, new Blob([new Uint8Array(bytes)], { type: "application/octet-stream" }));
      return "";
    });
  }

  /**
   * @param {ModelKind} kind
   * @param {HTMLInputElement} input
   */
  async function loadWeights(kind, input) {
    const file = input.files?.[0];
    if (!file) return;
    await say(async () => {
      const digits = await app.loadWeights(kind, file);
      return `${file.name} is loaded. The ${kind} network now knows the digits ${listText(digits)}.`;
    });
    input.value = ""; // so that the same file can be chosen again
  }

  const rows = KINDS.map((kind) => {
    const origin = make("span", { class: "quiet" });
    const saving = make(
      "button",
      { type: "button" },
      "Save",
      make("span", { class: "hidden-text" }, ` the ${kind} network’s weights`),
    );
    const input = make("input", { type: "file", accept: ".safetensors", hidden: true, id: `load-${kind}` });
    const loading = make(
      "button",
      { type: "button" },
      "Load",
      make("span", { class: "hidden-text" }, ` weights into the ${kind} network`),
    );
    saving.addEventListener("click", () => saveWeights(kind));
    loading.addEventListener("click", () => input.click());
    input.addEventListener("change", () => loadWeights(kind, input));
    const row = make(
      "div",
      { class: "weights-row" },
      make("p", {}, named(kind), ": ", origin),
      make("div", { class: "buttons" }, saving, loading, input),
    );
    return { kind, row, origin, saving, loading };
  });
  byId("weights").append(...rows.map(({ row }) => row));

  function show() {
    for (const { button } of histories) button.disabled = app.runs.length === 0;
    for (const { kind, row, origin, saving, loading } of rows) {
      const model = app.models[kind];
      row.hidden = !model;
      setText(origin, ORIGINS[model?.weights ?? "none"]);
      saving.disabled = !model?.alive || model.weights === "none";
      loading.disabled = !model?.alive || app.training.active;
    }
  }

  for (const event of ["state", "weights", "models", "epoch"]) app.addEventListener(event, show);
  show();
}
