// Workers that fail in the middle of a training: lines for the end of the core's JavaScript.

/** Epochs that come through. */
const EPOCHS = 5;

/**
 * One model's worker does something else than its next step, after some epochs.
 * @param {string} model
 * @param {string} deed
 * @returns {(text: string) => string}
 */
const after = (model, deed) => (text) => `${text}
const { step } = Worker.prototype;
let epochs = 0;
Worker.prototype.step = function () {
  if (self.name === "${model}" && epochs >= ${EPOCHS}) { ${deed} }
  const events = step.call(this);
  epochs += events.filter(({ type }) => type === "epoch").length;
  return events;
};`;

/**
 * It traps, as it does on a panic.
 * @param {string} model
 */
export const trapping = (model) => after(model, 'throw new WebAssembly.RuntimeError("unreachable executed");');

/**
 * An error is thrown beside the core.
 * @param {string} model
 */
export const throwing = (model) => after(model, 'setTimeout(() => { throw new Error("sabotage"); }); return [];');

/**
 * The worker is gone without a word.
 * @param {string} model
 */
export const ending = (model) => after(model, "close(); return [];");
