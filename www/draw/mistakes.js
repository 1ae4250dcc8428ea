// Where the networks go wrong on the test set: matrices, filters, gallery.

import { make } from "../views/dom.js";
import { createConfusion } from "./confusion.js";
import { button } from "./controls.js";
import { createGallery } from "./gallery.js";
import { describe, join, matches } from "./inspection.js";
import { calmly, latest } from "./latest.js";
import { ending, origin, present } from "./origin.js";
import { capital, thousands } from "./words.js";

/** @import { Filter, Inspections, Seen } from "./inspection.js" */
/** @import { Sheet } from "./sheet.js" */
/** @import { ModelKind } from "../messages.d.ts" */
/** @import { App, Inspected } from "../types.d.ts" */

/**
 * @param {App} app
 * @param {Sheet} sheet
 * @param {() => void} shown Called when an image was put on the pad.
 * @returns {HTMLElement}
 */
export function createMistakes(app, sheet, shown) {
  const status = make("p", { class: "quiet" });
  const matrices = make("div", { class: "matrices" });
  const filters = make("div", { class: "buttons", role: "group", "aria-label": "Test digits to show" });
  const gallery = createGallery(app, sheet, shown);
  const view = make("div", { class: "mistakes" }, status, matrices, filters, gallery.element);

  /** @type {Inspections} */
  let inspections = { custom: null, dense: null, control: null };
  /** @type {Seen[]} */
  let images = [];
  /** @type {Partial<Record<ModelKind, string>>} */
  let origins = {};
  /** @type {Filter} */
  let filter = { type: "disagree" };

  const paint = () => {
    const kinds = present(app).map(({ kind }) => kind).filter((kind) => inspections[kind] !== null);
    if (filter.type === "cell" ? !kinds.includes(filter.kind) : kinds.length === 1) filter = { type: "wrong" };
    tell();
    matrices.replaceChildren(
      ...present(app).flatMap(({ kind }) => {
        const inspection = inspections[kind];
        if (inspection) return [createConfusion(kind, inspection, origins[kind] ?? "", filter, choose)];
        // It may have diverged.
        return kinds.length > 0 ? [make("p", { class: "quiet" }, `${capital(kind)} network: ${origins[kind] ?? ""}`)] : [];
      }),
    );
    filters.replaceChildren(...(kinds.length > 1 ? [choice("Networks disagree", { type: "disagree" })] : []));
    if (kinds.length > 0) filters.append(choice(kinds.length === 2 ? "Both wrong" : "All wrong", { type: "wrong" }));
    if (kinds.length === 0) return gallery.hide();
    const some = images.filter((image) => matches(filter, image));
    gallery.show(describe(filter, some.length, kinds), some);
  };

  /** @param {Filter} other */
  const choose = (other) => {
    const place = focusPlace(view);
    filter = other;
    paint();
    place();
  };

  /**
   * @param {string} label
   * @param {Filter} to
   */
  const choice = (label, to) => {
    const count = images.filter((image) => matches(to, image)).length;
    return button(`${label} (${thousands(count)})`, () => choose(to), {
      "aria-pressed": String(filter.type === to.type),
    });
  };

  const tell = () => {
    const any = Object.values(inspections).some((inspection) => inspection !== null);
    status.textContent = !any
      ? "After each training, and whenever you pause, the networks classify the test digits here."
      : app.state === "training"
        ? "Training goes on: what follows was taken before. Pause, or wait for the end of a run, to look again."
        : "Each row is a digit, each column what the network took it for. Press a number to see these images.";
  };

  /** The circumstances of what is shown. */
  let inspected = "";
  /** The end of a run that was shown last. @type {Inspected | null} */
  let ended = null;
  const inspect = calmly(
    view,
    latest(
      async () => {
        // Mid-training weights change faster than all test digits are classified.
        const end = app.state === "training" ? app.inspected : null;
        const now = () =>
          Object.fromEntries(present(app).map((model) => [model.kind, end ? ending(model, end, app) : origin(model, app)]));
        const before = now();
        const answer = end?.models ?? (await app.inspect());
        const same = Object.entries(now()).every(([kind, where]) => before[kind] === where);
        return same ? { answer, where: before } : null;
      },
      (seen) => {
        // The networks changed meanwhile: whoever says so asks again.
        if (!seen) return;
        const { answer } = seen;
        origins = seen.where;
        inspections = answer;
        // A model that had no images or weights yet is asked again when something has come.
        if (present(app).some(({ kind }) => answer[kind] === null)) inspected = "";
        images = join(answer);
        const place = focusPlace(view);
        paint();
        place();
      },
    ),
  );

  /** What decides the answer, apart from training itself. */
  const circumstances = () =>
    present(app)
      .map(({ kind, alive, weights, digits }) => [kind, alive, weights, ...digits.map((digit) => app.testPositions(digit).length)].join())
      .join(";");
  const look = (/** @type {Event} */ event) => {
    tell();
    if (app.state === "training") {
      if (app.inspected && app.inspected !== ended) inspect();
      ended = app.inspected;
      return;
    }
    const now = circumstances();
    if (event.type !== "weights" && event.type !== "state" && now === inspected) return;
    inspected = now;
    inspect();
  };
  for (const event of ["state", "weights", "models", "data"]) app.addEventListener(event, look);
  paint();
  if (app.state !== "training") inspect();
  return view;
}

/**
 * Remembers which of the view's buttons has the keyboard; the function returned gives it back to
 * the one that stands there after painting.
 * @param {HTMLElement} view
 * @returns {() => void}
 */
function focusPlace(view) {
  const buttons = () => [...view.querySelectorAll("button")];
  const at = buttons().findIndex((choice) => choice === document.activeElement);
  return () => {
    if (at >= 0) buttons()[at]?.focus();
  };
}
