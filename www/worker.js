// Runs one model: answers the page's requests, and trains in slices between them.

/** @import * as messages from "./messages.d.ts" */

/**
 * The class that src/web makes.
 * @typedef {{ handle(request: messages.Request): messages.Reply, step(): messages.Event[], readonly busy: boolean }} Core
 * @typedef {{ open: { model: messages.ModelKind, module: WebAssembly.Module } }} Open
 * @typedef {{ id: number, request: messages.Request }} Asked
 */

// Not a literal: the type check needs no build.
const PACKAGE = "./pkg/mnist_cubic.js";

/** @type {(core: Core) => void} */
let setCore;
/** @type {Promise<Core>} */
const core = new Promise((resolve) => (setCore = resolve));
let dead = false;

// Before the module has loaded, so that no message is lost.
addEventListener("message", (/** @type {MessageEvent<Open | Asked>} */ { data }) => {
  if ("open" in data) {
    open(data.open).catch(die);
  } else {
    core.then((opened) => answer(opened, data)).catch(die);
  }
});

/** @param {Open["open"]} options */
async function open({ model, module }) {
  const { default: init, Worker } = await import(PACKAGE);
  await init({ module_or_path: module });
  setCore(new Worker(model));
  postMessage({ ready: true });
}

/**
 * @param {Core} opened
 * @param {Asked} asked
 */
function answer(opened, { id, request }) {
  if (dead) return;
  let reply;
  try {
    reply = opened.handle(request);
  } catch (error) {
    // The core says what is wrong by a plain Error; all else (a trap, an overflown stack) has
    // left it in no state to go on.
    if (!isSentence(error)) throw error;
    postMessage({ id, error: error.message });
    return;
  }
  postMessage({ id, reply });
  goOn(opened);
}

// Timers are throttled in background tabs; messages are not. Between two slices the page's
// messages get their turn.
const turns = new MessageChannel();
let turnComes = false;

/** @param {Core} opened */
function goOn(opened) {
  if (!dead && !turnComes && opened.busy) {
    turnComes = true;
    turns.port2.postMessage(null);
  }
}

turns.port1.onmessage = () => {
  turnComes = false;
  core
    .then((opened) => {
      if (dead || !opened.busy) return;
      const events = opened.step();
      if (events.length > 0) postMessage({ events });
      goOn(opened);
    })
    .catch(die);
};

/**
 * @param {unknown} error
 * @returns {error is Error}
 */
function isSentence(error) {
  return error instanceof Error && Object.getPrototypeOf(error) === Error.prototype;
}

/** @param {unknown} error */
function die(error) {
  if (dead) return;
  dead = true;
  postMessage({ panic: error instanceof Error ? error.message : String(error) });
}
