// The models' workers: all from one compiled module, all with the same images.

import { ModelWorker } from "./client.js";
import { download } from "./download.js";
import { KINDS } from "./kinds.js";

/** @import { Event, ModelKind, Reply, Request } from "./messages.d.ts" */
/** @import { ModelInfo, PerModel } from "./types.d.ts" */
/** @import { DigitFiles, Images } from "./data.js" */

/**
 * @typedef {object} Listener
 * @property {(kind: ModelKind, events: Event[]) => void} events
 * @property {() => void} lost A worker is gone: see `losses`.
 */

/** Up to one worker for each kind of model. */
export class Models {
  /** @type {PerModel<ModelInfo>} */
  info = { custom: null, dense: null, control: null };
  /** @type {Map<ModelKind, ModelWorker>} */
  #workers = new Map();
  /** What each worker has been given. @type {WeakMap<ModelWorker, Set<DigitFiles>>} */
  #given = new WeakMap();
  /** @type {Map<ModelKind, { file: Uint8Array, weights: ModelInfo["weights"] }>} */
  #kept = new Map();
  /** Why workers were lost. @type {Map<ModelKind, string>} */
  #reasons = new Map();
  #images;
  #module;
  #listener;

  /**
   * @param {WebAssembly.Module} module
   * @param {Images} images
   * @param {Listener} listener
   */
  constructor(module, images, listener) {
    this.#module = module;
    this.#images = images;
    this.#listener = listener;
  }

  /** The models whose workers run. */
  get alive() {
    return KINDS.filter((kind) => this.#workers.get(kind)?.alive);
  }

  /** The models whose workers were lost. */
  get lost() {
    return KINDS.filter((kind) => this.#workers.has(kind) && !this.#workers.get(kind)?.alive);
  }

  /** The same, with the reasons. */
  get losses() {
    return this.lost.map((kind) => ({ kind, reason: this.#reasons.get(kind) ?? "" }));
  }

  /**
   * Starts a worker, unless there is one that runs.
   * @param {ModelKind} kind
   */
  open(kind) {
    if (this.#workers.get(kind)?.alive) return;
    const worker = new ModelWorker(kind, this.#module, {
      events: (events) => this.#listener.events(kind, events),
      lost: (reason) => this.#lose(kind, reason),
    });
    this.#workers.set(kind, worker);
    this.#given.set(worker, new Set());
    this.info[kind] = fresh(kind);
  }

  /**
   * Ends a worker that is of no use: it counts as lost.
   * @param {ModelKind} kind
   * @param {string} reason
   */
  giveUp(kind, reason) {
    this.#workers.get(kind)?.end(reason);
    this.#lose(kind, reason);
  }

  /**
   * @param {ModelKind} kind
   * @param {string} reason
   */
  #lose(kind, reason) {
    this.info[kind] = { ...fresh(kind), alive: false };
    this.#reasons.set(kind, reason);
    this.#listener.lost();
  }

  /**
   * Starts a worker in place of one that was lost, with the weights that the lost one had when
   * they were last kept.
   * @param {ModelKind} kind
   */
  async revive(kind) {
    this.open(kind);
    await this.giveImages();
    const kept = this.#kept.get(kind);
    if (kept) await this.load(kind, kept.file, kept.weights).catch(() => {}); // another loss is told elsewhere
  }

  /**
   * Gives a model weights. Rejects with the worker's sentence.
   * @param {ModelKind} kind
   * @param {Uint8Array} file
   * @param {ModelInfo["weights"]} weights Where they come from.
   */
  async load(kind, file, weights) {
    const { digits } = await this.ask(kind, { type: "load_weights", file }, "loaded");
    this.#kept.set(kind, { file, weights });
    this.tell(kind, weights, digits);
    return digits;
  }

  /**
   * Keeps a copy of a model's weights, so that they outlive its worker. Rejects where these have
   * diverged; nothing is kept then, and a model that was lost waits for training.
   * @param {ModelKind} kind
   */
  async keep(kind) {
    this.#kept.delete(kind);
    const { bytes } = await this.ask(kind, { type: "save_weights" }, "file");
    this.#kept.set(kind, { file: bytes, weights: "trained" });
  }

  /**
   * Notes whose weights a model has.
   * @param {ModelKind} kind
   * @param {ModelInfo["weights"]} weights
   * @param {number[]} digits
   */
  tell(kind, weights, digits) {
    const info = this.info[kind];
    if (info) this.info[kind] = { ...info, weights, digits };
    if (weights === "none") this.#kept.delete(kind);
  }

  /**
   * Notes that a model trains: the weights that it had are gone.
   * @param {ModelKind} kind
   * @param {number[]} digits
   */
  noteTraining(kind, digits) {
    this.#kept.delete(kind);
    this.tell(kind, "trained", digits);
  }

  /**
   * Ends a worker for good.
   * @param {ModelKind} kind
   */
  close(kind) {
    this.#workers.get(kind)?.end();
    this.#workers.delete(kind);
    this.#kept.delete(kind);
    this.info[kind] = null;
  }

  /**
   * Tells whether silence of these models, and of no others, is a sign of loss.
   * @param {ModelKind[]} kinds
   */
  watch(kinds) {
    for (const [kind, worker] of this.#workers) worker.watched = kinds.includes(kind);
  }

  /**
   * Asks one model.
   * @template {Reply["type"]} T
   * @param {ModelKind} kind
   * @param {Request} request
   * @param {T} type
   */
  async ask(kind, request, type) {
    const worker = this.#workers.get(kind);
    if (!worker) throw new Error(`The ${kind} model is not there.`);
    return worker.request(request, type);
  }

  /**
   * Asks any model, for what all know alike.
   * @template {Reply["type"]} T
   * @param {Request} request
   * @param {T} type
   */
  async askAny(request, type) {
    const [kind] = this.alive;
    if (!kind) throw new Error("No model's worker runs.");
    return this.ask(kind, request, type);
  }

  /**
   * Asks every model; `null` where there is no answer.
   * @template {Reply["type"]} T
   * @param {Request} request
   * @param {T} type
   * @returns {Promise<PerModel<Extract<Reply, { type: T }>>>}
   */
  async askEach(request, type) {
    const [custom, dense, control] = await Promise.all(
      KINDS.map((kind) => this.ask(kind, request, type).catch(() => null)),
    );
    return { custom, dense, control };
  }

  /** Hands every worker the images that it has not. Rejects with a worker's sentence. */
  async giveImages() {
    for (const files of this.#images.all) {
      await Promise.all(this.alive.map((kind) => this.#give(kind, files)));
    }
  }

  /**
   * @param {ModelKind} kind
   * @param {DigitFiles} files
   */
  async #give(kind, files) {
    const worker = this.#workers.get(kind);
    const given = worker && this.#given.get(worker);
    if (!worker || !given || given.has(files)) return;
    given.add(files);
    try {
      await worker.request({ type: "add_digit", ...files }, "done");
    } catch (error) {
      given.delete(files);
      if (worker.alive) {
        this.#images.forget(files);
        throw error;
      }
    }
  }
}

/**
 * @param {ModelKind} kind
 * @returns {ModelInfo}
 */
const fresh = (kind) => ({ kind, alive: true, weights: "none", digits: [] });

/**
 * The networks' program, to be compiled once. Rejects with a sentence.
 * @param {URL} url
 */
export async function compile(url) {
  try {
    return await WebAssembly.compileStreaming(fetch(url));
  } catch {
    // A host may send the wrong type, and a network may fail: fetch it with more patience.
    const bytes = await download(url, { valid: (file) => WebAssembly.validate(file) });
    return WebAssembly.compile(bytes).catch((error) => {
      throw new Error(`The networks' program cannot be run here: ${error.message}`, { cause: error });
    });
  }
}
