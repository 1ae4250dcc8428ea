// Measures the site's workers from within a page: speed of training, and the wait for an answer
// while they train.

import { prepare } from "../protocol.js";

/** @import { Event, ModelKind } from "../../www/messages.d.ts" */

const BOTH = /** @type {ModelKind[]} */ (["custom", "dense"]);
/** A two, in units of the pad's side. @type {[number, number][]} */
const TWO = [[0.3, 0.3], [0.5, 0.2], [0.7, 0.3], [0.6, 0.5], [0.3, 0.8], [0.7, 0.8]];
const ANSWERS = 200;
/** ms between two drawings: a hand moves on. */
const DRAWING_PAUSE = 25;

/**
 * Seconds of each epoch, training and validation, and of the training alone, of these models at the
 * same time; and of all of it.
 * @param {ModelKind[]} kinds
 * @param {number} epochs
 */
export async function trainingSpeed(kinds, epochs) {
  const prepared = await Promise.all(kinds.map((kind) => prepare(kind, { epochs })));
  const start = performance.now();
  const finished = await Promise.all(
    prepared.map(async ({ model, settings }) => {
      await model.ask({ type: "train", settings });
      const events = /** @type {Event[]} */ (await model.finished);
      model.end();
      return events.flatMap((event) => (event.type === "epoch" ? [event] : []));
    }),
  );
  return { epochs: finished, seconds: (performance.now() - start) / 1000 };
}

/** Milliseconds until both models have answered a drawing, while both train; many times. */
export async function answerTimes() {
  const prepared = await Promise.all(BOTH.map((kind) => prepare(kind, { epochs: 1000 })));
  await Promise.all(prepared.map(({ model, settings }) => model.ask({ type: "train", settings })));
  const times = [];
  for (let i = 0; i < ANSWERS; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, DRAWING_PAUSE));
    const start = performance.now();
    const input = /** @type {const} */ ({ type: "strokes", strokes: [TWO] });
    await Promise.all(prepared.map(({ model }) => model.ask({ type: "predict", input })));
    times.push(performance.now() - start);
  }
  for (const { model } of prepared) model.end();
  return times;
}
