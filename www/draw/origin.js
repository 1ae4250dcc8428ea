// Where a model's weights come from, in a few words, and what they know.

import { list } from "./words.js";

/** @import { App, ModelInfo } from "../types.d.ts" */

/**
 * @param {ModelInfo} model
 * @param {App} app
 * @returns {string}
 */
export function origin(model, app) {
  if (!model.alive) return "Lost: this network answers no more.";
  switch (model.weights) {
    case "none":
      return "Not trained yet.";
    case "first_visit":
      return "Ready-made weights; training replaces them.";
    case "file":
      return "Weights from your file.";
    case "trained":
      return progress(model, app);
  }
}

/**
 * @param {ModelInfo} model
 * @param {App} app
 */
function progress(model, app) {
  const run = app.runs.at(-1);
  const settings = app.runSettings;
  if (!run || !settings) return "Trained on this page.";
  const done = run.models[model.kind]?.history.loss.length ?? 0;
  const of = `of ${settings.epochs}${settings.runs > 1 ? `, run ${app.runs.length} of ${settings.runs}` : ""}`;
  if (done === settings.epochs) return `After epoch ${done} ${of}.`;
  if (app.state === "finished") return `Stopped in epoch ${done + 1} ${of}.`;
  return `In epoch ${done + 1} ${of}.`;
}

/**
 * Which digits the models know.
 * @param {readonly ModelInfo[]} models
 * @returns {string}
 */
export function knowledge(models) {
  const able = models.filter((model) => model.digits.length > 0);
  const [first] = able;
  if (!first) return "The networks know no digit yet: train them first.";
  if (able.every((model) => model.digits.join() === first.digits.join())) {
    return `The networks know only the digits ${list(first.digits)}. Whatever you draw, they look for one of these.`;
  }
  const each = able.map((model) => `the ${model.name} network knows only ${list(model.digits)}`);
  return `Mind that ${list(each)}.`;
}

/**
 * The models that are there, in the page's order.
 * @param {App} app
 * @returns {ModelInfo[]}
 */
export function present(app) {
  return [app.models.custom, app.models.dense, app.models.control].filter((model) => model !== null);
}
