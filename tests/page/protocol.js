// Speaks the protocol of the site's workers, without the page: what a test asks for and the page
// has no button for, such as given start weights and the images in file order.

/** @import { Event, ModelKind, Reply, Request, Settings } from "../../www/messages.d.ts" */

/** The site is served around this folder. */
const SITE = new URL("../", import.meta.url);

/** @param {string} path Within the site. */
const bytes = async (path) => new Uint8Array(await (await fetch(new URL(path, SITE))).arrayBuffer());

const index = new DOMParser().parseFromString(await (await fetch(SITE)).text(), "text/html");
const main = index.querySelector('script[type="module"]')?.getAttribute("src") ?? "";
const build = new URL(main.replace("main.js", ""), SITE);
const data = index.querySelector("meta[name=data]")?.getAttribute("content");
const manifest = await (await fetch(new URL(`${data}manifest.json`, SITE))).json();
const module = await WebAssembly.compileStreaming(fetch(new URL("pkg/mnist_cubic_bg.wasm", build)));

/** @param {string} file */
async function unpacked(file) {
  const { body } = await fetch(new URL(data + file, SITE));
  const stream = body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A worker with one model. */
class Model {
  /** @type {Event[]} */
  events = [];
  #worker = new Worker(new URL("worker.js", build), { type: "module" });
  #id = 0;
  /** @type {Map<number, { resolve: (reply: Reply) => void, reject: (error: Error) => void }>} */
  #asked = new Map();
  /** @type {(events: Event[]) => void} */
  #finish = () => {};
  /** @type {Promise<Event[]>} */
  finished = new Promise((resolve) => (this.#finish = resolve));

  /** @param {ModelKind} model */
  constructor(model) {
    this.#worker.onmessage = ({ data: message }) => {
      if ("panic" in message) throw new Error(message.panic);
      for (const event of message.events ?? []) {
        this.events.push(event);
        if (event.type === "finished") this.#finish(this.events);
      }
      const asked = this.#asked.get(message.id);
      if ("reply" in message) asked?.resolve(message.reply);
      if ("error" in message) asked?.reject(new Error(message.error));
    };
    this.#worker.postMessage({ open: { model, module } });
  }

  /**
   * @param {Request} request
   * @returns {Promise<Reply>}
   */
  ask(request) {
    return new Promise((resolve, reject) => {
      const id = this.#id++;
      this.#asked.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request });
    });
  }

  end() {
    this.#worker.terminate();
  }
}

/**
 * A worker that has the images it needs.
 * @param {ModelKind} kind
 * @param {Partial<Settings>} choice What differs from the defaults.
 */
export async function prepare(kind, choice) {
  const model = new Model(kind);
  const defaults = /** @type {Extract<Reply, { type: "settings" }>} */ (await model.ask({ type: "read_settings", hash: "" }));
  const settings = { ...defaults.settings, ...choice };
  for (const digit of settings.digits) {
    for (const part of /** @type {Part[]} */ (["train", "test"])) {
      const entry = manifest.digits[digit][part];
      const [images, positions] = await Promise.all([unpacked(entry.images.file), unpacked(entry.positions.file)]);
      await model.ask({ type: "add_digit", part, digit, images, positions });
    }
  }
  return { model, settings };
}

/**
 * Trains one run of one model.
 * @param {ModelKind} kind
 * @param {Partial<Settings>} choice What differs from the defaults.
 * @param {{ start?: string, shuffle?: boolean }} [options] `start` is a path within the site.
 * @returns {Promise<{ history: Record<string, number[]>, test: { loss: number, accuracy: number } }>}
 */
async function train(kind, choice, { start, shuffle } = {}) {
  const { model, settings } = await prepare(kind, choice);
  await model.ask({ type: "train", settings, ...(start && { start: await bytes(start) }), ...(shuffle !== undefined && { shuffle }) });
  const events = await model.finished;
  model.end();
  /** @type {Record<string, number[]>} */
  const history = {};
  for (const event of events) {
    if (event.type !== "epoch") continue;
    for (const [metric, value] of Object.entries(event.metrics)) (history[metric] ??= []).push(value);
  }
  const last = events.find(({ type }) => type === "run_finished");
  return { history, test: last.test };
}

Object.assign(window, { train });
