// Programs that fail in the middle of a training: lines for the end of the site's own files.

/**
 * The networks' program traps after some steps of one model, as it does on a panic.
 * @param {string} model
 * @param {number} steps
 * @returns {(text: string) => string}
 */
export const trapping = (model, steps) => (text) => `${text}
const { step } = Worker.prototype;
let steps = 0;
Worker.prototype.step = function () {
  if (self.name === "${model}" && ++steps > ${steps}) throw new WebAssembly.RuntimeError("unreachable executed");
  return step.call(this);
};`;

/**
 * One model's worker does something when it has trained for some milliseconds.
 * @param {string} model
 * @param {number} time
 * @param {string} deed
 * @returns {(text: string) => string}
 */
const later = (model, time, deed) => (text) => `${text}
addEventListener("message", ({ data }) => {
  if (self.name === "${model}" && data.request?.type === "train") setTimeout(() => { ${deed} }, ${time});
});`;

/**
 * @param {string} model
 * @param {number} time
 */
export const throwing = (model, time) => later(model, time, 'throw new Error("sabotage")');

/**
 * The worker is gone without a word.
 * @param {string} model
 * @param {number} time
 */
export const ending = (model, time) => later(model, time, "close()");
