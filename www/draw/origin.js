// Where a model's weights come from, in a few words, and what they know.

import { KINDS } from "../kinds.js";
import { listText } from "../views/words.js";

/** @import { App, Inspected, ModelInfo } from "../types.d.ts" */

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
  const settings = app.runSettings;
  const run = app.runOf(model.kind);
  if (run === null || !settings) return "Trained on this page.";
  const losses = app.runs[run]?.models[model.kind]?.history.loss ?? [];
  const done = losses.length;
  const of = `of ${settings.epochs}${settings.runs > 1 ? `, run ${run + 1} of ${settings.runs}` : ""}`;
  if (done > 0 && !Number.isFinite(losses.at(-1))) return `Diverged in epoch ${done} ${of}.`;
  if (done === settings.epochs) return `After epoch ${done} ${of}.`;
  if (app.state === "finished") return `Stopped in epoch ${done + 1} ${of}.`;
  return `In epoch ${done + 1} ${of}.`;
}

/**
 * What a model was at the end of a run, while others follow.
 * @param {ModelInfo} model
 * @param {Inspected} inspected
 * @param {App} app
 */
export function ending(model, { run, models }, app) {
  const { kind } = model;
  if (!app.runs[run]?.models[kind]) return origin(model, app);
  const where = `run ${run + 1} of ${app.runSettings?.runs ?? run + 1}`;
  return models[kind] ? `After ${where}.` : `Diverged in ${where}.`;
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
    return `The networks know only the digits ${listText(first.digits)}. Whatever you draw, they look for one of these.`;
  }
  const each = able.map((model) => `the ${model.kind} network knows only ${listText(model.digits)}`);
  return `Mind that ${listText(each)}.`;
}

/**
 * The models that are there, in the page's order.
 * @param {App} app
 * @returns {ModelInfo[]}
 */
export function present(app) {
  return KINDS.flatMap((kind) => app.models[kind] ?? []);
}
