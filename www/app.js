// The page's state: settings, images, models, training, and what went wrong.

import { rememberHash, rememberedHash } from "./address.js";
import { Images } from "./data.js";
import { download } from "./download.js";
import { sentenceOf, sentenceOfLoss } from "./errors.js";
import { compile, Models } from "./models.js";
import { Training } from "./training.js";

/** @import { Format, Input, ModelKind, Problem, Settings } from "./messages.d.ts" */
/** @import { App, AppEvent, Failure, State } from "./types.d.ts" */

/** The models that the site has weights for. @type {ModelKind[]} */
const FIRST_VISIT = ["custom", "dense"];
const LARGEST_FILE = 16 << 20; // bytes; weights of ten digits in f32 take 0.6 MB

/**
 * Starts the page's state; rejects with a sentence where the page cannot work at all.
 * @param {URL} data Where the images lie.
 */
export async function openApp(data) {
  const module = await compile(new URL("pkg/mnist_cubic_bg.wasm", import.meta.url));
  const app = new PageApp(module, new Images(data));
  await app.readSettings(rememberedHash());
  return app;
}

/** @implements {App} */
export class PageApp extends EventTarget {
  /** @type {Settings} */
  settings = { digits: [], epochs: 0, batch_size: 0, learning_rate: 0, seed: 0, runs: 0, control: false };
  hash = "";
  /** @type {Problem[]} */
  problems = [];
  images;
  training;
  #models;
  /** What failed besides workers. @type {Failure | null} */
  #failure = null;
  /** What is said while workers are lost. @type {Failure} */
  #loss;
  /** Settles when the latest settings are read. @type {Promise<void>} */
  #reading = Promise.resolve();
  #readings = 0;

  /**
   * @param {WebAssembly.Module} module
   * @param {Images} images
   */
  constructor(module, images) {
    super();
    this.images = images;
    this.images.addEventListener("change", () => this.#tell("data"));
    this.#models = new Models(module, images, {
      events: (kind, events) => this.training.receive(kind, events),
      lost: () => {
        this.#tell("state");
        this.#tell("models");
      },
    });
    this.training = new Training(this.#models, (event) => this.#tell(event));
    this.#loss = lossOf(this.#models, this.training, () => this.#goOn());
    this.#models.open("custom");
    this.#models.open("dense");
  }

  get failure() {
    return this.#models.lost.length > 0 ? this.#loss : this.#failure;
  }

  /** @returns {State} */
  get state() {
    const { failure, training } = this;
    return failure && !(failure.about === "images" && training.active) ? "failed" : training.phase;
  }

  get runs() {
    return this.training.experiment?.runs ?? [];
  }

  get runSettings() {
    return this.training.experiment?.settings ?? null;
  }

  /** @param {ModelKind} kind */
  runOf(kind) {
    return this.training.experiment?.runOf(kind) ?? null;
  }

  get comparison() {
    return this.training.comparison;
  }

  get models() {
    return this.#models.info;
  }

  get inspected() {
    return this.training.experiment?.inspected ?? null;
  }

  /**
   * Takes the settings from a hash; what is bad in it is in `problems` afterwards.
   * @param {string} hash
   */
  readSettings(hash) {
    const reading = ++this.#readings;
    const read = this.#models.askAny({ type: "read_settings", hash }, "settings").then((reply) => {
      if (reading !== this.#readings) return;
      this.settings = reply.settings;
      this.hash = reply.hash;
      this.problems = reply.problems;
      rememberHash(reply.hash);
      this.#useControl();
      this.#tell("settings");
    });
    // Where it fails, the settings before stay.
    this.#reading = read.catch(() => {});
    return read;
  }

  /** Fetches the chosen digits' images, and hands them to the models. */
  async wantImages() {
    const { digits } = this.settings;
    const wanted = () => digits === this.settings.digits;
    if (this.failure?.about === "images") this.#fail(null);
    try {
      await this.images.want(digits);
      if (!wanted() || this.training.active) return;
      await this.#models.giveImages();
      this.#tell("data");
    } catch (error) {
      // A lost network is the greater trouble, and Train may have said so already.
      if (wanted() && !this.failure)
        this.#fail({
          about: "images",
          sentence: sentenceOf(error),
          action: "Retry",
          act: () => this.wantImages(),
        });
    }
  }

  /** Gives the models the site's weights, unless they have others by then. */
  async wantFirstWeights() {
    await Promise.all(
      FIRST_VISIT.map(async (kind) => {
        const file = await download(new URL(`weights/${kind}.safetensors`, import.meta.url));
        await this.#atRest(); // a training may be stopped before it begins
        if (this.models[kind]?.weights !== "none") return;
        await this.#models.load(kind, file, "first_visit");
        this.#tell("weights");
      }),
    ).catch(() => {}); // without them, the pad waits for training
  }

  async train() {
    if (this.failure?.action === "Retry") this.#fail(null);
    try {
      await this.training.start(
        async () => {
          await this.#reading;
          return this.settings;
        },
        async ({ digits }) => {
          this.#useControl();
          await this.images.want(digits);
          await this.#models.giveImages();
        },
      );
    } catch (error) {
      const about = this.images.problem ? "images" : "training";
      this.#fail({ about, sentence: sentenceOf(error), action: "Retry", act: () => this.train() });
    }
  }

  async reset() {
    this.#fail(null);
    await this.training.reset();
    await this.training.goOn();
    this.#useControl();
    await this.wantFirstWeights();
  }

  /**
   * @param {ModelKind} kind
   * @param {File} file
   */
  async loadWeights(kind, file) {
    if (this.training.active) throw new Error("Weights can be loaded when training has ended.");
    if (file.size > LARGEST_FILE)
      throw new Error(`${file.name} is too large to hold this network's weights.`);
    const digits = await this.#models.load(kind, new Uint8Array(await file.arrayBuffer()), "file");
    this.#tell("weights");
    // To look inside, the test images of its digits are needed; without them, drawings still work.
    this.images
      .want(digits, ["test"])
      .then(() => this.#models.giveImages())
      .then(() => this.#tell("data"))
      .catch(() => {});
    return digits;
  }

  /** @param {ModelKind} kind */
  async saveWeights(kind) {
    return (await this.#models.ask(kind, { type: "save_weights" }, "file")).bytes;
  }

  /** @param {Format} format */
  exportRuns(format) {
    return this.training.export(format);
  }

  /** @param {Input} input */
  predict(input) {
    return this.#models.askEach({ type: "predict", input }, "prediction");
  }

  /** @param {Input} input */
  explain(input) {
    return this.#models.ask("custom", { type: "explain", input }, "contributions").catch(() => null);
  }

  inspect() {
    return this.#models.askEach({ type: "inspect" }, "inspection");
  }

  showCubic() {
    return this.#models.ask("custom", { type: "show_cubic" }, "cubic_weights").catch(() => null);
  }

  /** @param {number} position */
  testImage(position) {
    return this.images.testImage(position);
  }

  /** @param {number} digit */
  testPositions(digit) {
    return this.images.testPositions(digit);
  }

  /** Waits for the end of a training that is under way. */
  async #atRest() {
    while (this.training.active) {
      await new Promise((resolve) => this.addEventListener("state", resolve, { once: true }));
    }
  }

  /** The control network is there while the settings ask for it, or a training holds it. */
  #useControl() {
    const held = this.training.active && this.training.settings?.control;
    // A lost one waits for its "Go on".
    if (this.settings.control && !this.models.control) this.#models.open("control");
    if (!this.settings.control && !held) this.#models.close("control");
    this.#tell("models");
  }

  async #goOn() {
    await this.training.goOn();
    this.#tell("weights");
  }

  /** @param {Failure | null} failure */
  #fail(failure) {
    if (failure === this.#failure) return;
    this.#failure = failure;
    this.#tell("state");
  }

  /** @param {AppEvent} event */
  #tell(event) {
    this.dispatchEvent(new Event(event));
  }
}

/**
 * The loss of workers, in words that follow what becomes of the others.
 * @param {Models} models
 * @param {Training} training
 * @param {() => void} act
 * @returns {Failure}
 */
function lossOf(models, training, act) {
  return {
    about: "training",
    get sentence() {
      return sentenceOfLoss(models.losses, training.cutOff, training.goesOn);
    },
    action: "Go on",
    act,
  };
}
