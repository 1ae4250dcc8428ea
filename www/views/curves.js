// Both charts, what they show, and the values under their cursor.

import { sentenceOf } from "../errors.js";
import { EpochChart } from "./chart.js";
import { byId, save, setText } from "./dom.js";
import { keras, isNotebook } from "./keras.js";
import { linesOf } from "./lines.js";
import { picture } from "./picture.js";
import { readoutTable, spokenValues } from "./readout.js";
import { countText } from "./words.js";

/** @import { PageApp } from "../app.js" */
/** @import { Measure, Reference } from "./lines.js" */

const NAMES = ["custom", "dense", "control", "validation", "training"];
const SPEAKING_PAUSE = 400; // ms without a move of the cursor
/** @type {Measure[]} */
const MEASURES = ["loss", "accuracy"];

/** @param {PageApp} app */
export function mountCurves(app) {
  const box = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (byId(`show-${name}`));
  /** @type {number | null} */
  let cursor = null;
  /** @type {Reference | null} */
  let reference = null;
  /** Why the reference or the picture is not there. */
  let trouble = "";
  const charts = MEASURES.map((measure) => ({
    measure,
    chart: new EpochChart(byId(`${measure}-chart`), measure, (epoch) => point(measure, epoch)),
  }));

  function shown() {
    const names = new Set(NAMES.filter((name) => box(name).checked));
    if (!hasControl()) names.delete("control");
    return { names, reference: box("keras").checked && notebook() ? reference : null };
  }

  const settings = () => app.runSettings ?? app.settings;
  const notebook = () => isNotebook(settings());
  const hasControl = () => settings().control;

  function draw() {
    for (const { measure, chart } of charts) {
      chart.update(
        linesOf(measure, app, shown()),
        settings().epochs,
        measure === "loss" && box("log").checked,
      );
    }
    byId("show-control").parentElement?.toggleAttribute("hidden", !hasControl());
    showNotes();
    showReadout();
  }

  function showNotes() {
    const notes = [];
    const runs = app.training.experiment?.comparable.length ?? 0;
    if (runs > 1) {
      const count = countText(runs, "run");
      notes.push(
        `Strong lines are means of ${count}, shades are ± one standard deviation, faint lines are single runs.`,
      );
    }
    if (app.comparison && app.comparison.epoch > 1)
      notes.push("A ring marks the epoch of least validation loss.");
    if (charts[0].chart.cut) notes.push("The largest losses are cut off; the log scale shows them.");
    if (trouble) notes.push(trouble);
    setText(byId("chart-note"), notes.join(" "));
    byId("chart-note").hidden = notes.length === 0;
    box("keras").disabled = !notebook();
    const kerasNote = notebook()
      ? shown().reference &&
        "Dotted: the same networks in Keras, mean of ten seeds; shaded: ± one standard deviation."
      : "The Keras reference was made with the notebook’s settings: digits 0, 2, 5, 50 epochs, batches of 32, learning rate 0.01.";
    setText(byId("keras-note"), kerasNote || "");
    byId("keras-note").hidden = !kerasNote;
  }

  function showReadout() {
    const last = app.comparison?.epoch || lastEpoch();
    const epoch = cursor ?? last;
    byId("readout").replaceChildren(
      epoch
        ? readoutTable(app, shown(), epoch, cursor === null)
        : "The values of each epoch appear here once the first is done.",
    );
  }

  /** The last epoch that any model has finished. */
  function lastEpoch() {
    return Math.max(0, ...linesOf("loss", app, shown()).map(({ values }) => values.length));
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let speaking;

  /**
   * @param {Measure} measure Of the chart that was pointed at.
   * @param {number | null} epoch
   */
  function point(measure, epoch) {
    if (epoch === cursor) return;
    cursor = epoch;
    for (const other of charts) if (other.measure !== measure) other.chart.point(epoch);
    showReadout();
    clearTimeout(speaking);
    if (epoch === null || !charts.some(({ chart }) => chart.focused)) return;
    speaking = setTimeout(() => {
      setText(byId("readout-spoken"), spokenValues(linesOf(measure, app, shown()), measure, epoch));
    }, SPEAKING_PAUSE);
  }

  /** Draws once, however many epochs came since the last frame. */
  let drawing = false;
  function drawSoon() {
    if (drawing) return;
    drawing = true;
    // A hidden tab has no frames; it draws when it is seen again.
    requestAnimationFrame(() => {
      drawing = false;
      draw();
    });
  }

  async function wantReference() {
    reference ??= await keras().catch((error) => {
      box("keras").checked = false;
      trouble = sentenceOf(error);
      return null;
    });
  }

  byId("curves").addEventListener("change", async (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    trouble = "";
    if (target.id === "show-keras" && target.checked) await wantReference();
    draw();
  });
  byId("save-picture").addEventListener("click", async () => {
    const { digits, epochs, batch_size, learning_rate, seed, runs } = settings();
    const note = `Digits ${digits.join(", ")}; ${countText(epochs, "epoch")}; batches of ${batch_size}; learning rate ${learning_rate}; seed ${seed}; ${countText(runs, "run")}. Solid: validation; dashed: training.`;
    const parts = charts.map(({ measure, chart }) => ({
      canvas: chart.canvas,
      caption: byId(`${measure}-caption`).textContent ?? "",
    }));
    trouble = "";
    try {
      save("curves.png", await picture(parts, byId("curves-title").textContent ?? "", note));
    } catch (error) {
      trouble = sentenceOf(error);
    }
    showNotes();
  });

  for (const event of ["epoch", "comparison", "settings", "state"]) app.addEventListener(event, drawSoon);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    charts.forEach(({ chart }) => chart.redraw()),
  );
  draw();
  // A browser may have kept the tick of the last visit.
  if (box("keras").checked) wantReference().then(draw);
}
