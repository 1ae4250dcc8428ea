// One model's worker, seen from the page: requests with ids, events, and its end.

/** @import { Event, ModelKind, Reply, Request } from "./messages.d.ts" */

// A worker answers between slices of 10 ms, so one that is silent for this long is gone. Seconds
// in which the page itself sleeps do not count.
const SILENCE_UNTIL_PING = 5;
const SILENCE_UNTIL_LOST = 20;

/**
 * @typedef {object} Listener
 * @property {(events: Event[]) => void} events
 * @property {(reason: string) => void} lost The worker is gone, by no wish of the page.
 * @typedef {{ ready: true } | { events: Event[] } | { panic: string } | { id: number, reply: Reply } | { id: number, error: string }} Message
 * @typedef {{ resolve: (reply: Reply) => void, reject: (error: Error) => void }} Asked
 */

/** A worker that holds one model. */
export class ModelWorker {
  /** Whether the page waits for events, so that silence is a sign of loss. */
  watched = false;
  #alive = true;
  /** Why requests are rejected after the end. @type {Error | undefined} */
  #ending;
  #model;
  #worker;
  #listener;
  /** @type {Map<number, Asked>} */
  #asked = new Map();
  #nextId = 1;
  #ready = false;
  #silence = 0;
  #clock;

  /**
   * @param {ModelKind} model
   * @param {WebAssembly.Module} module
   * @param {Listener} listener
   */
  constructor(model, module, listener) {
    this.#model = model;
    this.#listener = listener;
    this.#worker = new Worker(new URL("worker.js", import.meta.url), { type: "module", name: model });
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onmessageerror = () => this.#lose("a message could not be read");
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#lose(event.message || "its program could not be loaded");
    };
    this.#worker.postMessage({ open: { model, module } });
    this.#clock = setInterval(() => this.#tick(), 1000);
  }

  get alive() {
    return this.#alive;
  }

  /**
   * Rejects with the worker's sentence, or when the worker is lost.
   * @template {Reply["type"]} T
   * @param {Request} request
   * @param {T} type The type of the reply.
   * @returns {Promise<Extract<Reply, { type: T }>>}
   */
  async request(request, type) {
    if (!this.#alive) throw this.#ending;
    /** @type {Reply} */
    const reply = await new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#asked.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request });
    });
    if (reply.type !== type)
      throw new Error(`The worker answered with "${reply.type}" instead of "${type}".`);
    return /** @type {Extract<Reply, { type: T }>} */ (reply);
  }

  /**
   * Ends the worker; requests that wait are rejected, the listener hears nothing.
   * @param {string} reason
   */
  end(reason = "it is not needed any more") {
    this.#alive = false;
    this.#ending = new Error(`The ${this.#model} network’s worker has ended: ${reason}.`);
    clearInterval(this.#clock);
    this.#worker.terminate();
    for (const { reject } of this.#asked.values()) reject(this.#ending);
    this.#asked.clear();
  }

  /** @param {Message} message */
  #receive(message) {
    if (!this.#alive) return;
    this.#silence = 0;
    if ("panic" in message) {
      this.#lose(message.panic);
    } else if ("events" in message) {
      this.#listener.events(message.events);
    } else if ("id" in message) {
      const asked = this.#asked.get(message.id);
      this.#asked.delete(message.id);
      if ("reply" in message) asked?.resolve(message.reply);
      else asked?.reject(new Error(message.error));
    } else {
      this.#ready = true;
    }
  }

  #tick() {
    const waits = !this.#ready || this.#asked.size > 0;
    if (!waits && !this.watched) {
      this.#silence = 0;
      return;
    }
    this.#silence += 1;
    if (waits && this.#silence >= SILENCE_UNTIL_LOST) {
      this.#lose("it does not answer any more");
    } else if (!waits && this.#silence >= SILENCE_UNTIL_PING) {
      // Any request will do; a loss is told through the listener.
      this.request({ type: "read_settings", hash: "" }, "settings").catch(() => {});
    }
  }

  /** @param {string} reason */
  #lose(reason) {
    if (!this.#alive) return;
    this.end(reason.replace(/\.$/, ""));
    this.#listener.lost(reason);
  }
}
