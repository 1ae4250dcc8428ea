// Trains all models side by side: start, pause, stop, and going on after a loss.

import { sentenceOf } from "./errors.js";
import { Experiment } from "./experiment.js";
import { KINDS } from "./kinds.js";

/** @import { Comparison, Event, Format, ModelKind, Request, Settings } from "./messages.d.ts" */
/** @import { AppEvent } from "./types.d.ts" */
/** @import { Models } from "./models.js" */

const COMPARE_PAUSE = 250; // ms between two comparisons

/** One training after another, on the same workers. */
export class Training {
  /** @type {"ready" | "training" | "paused" | "finished"} */
  phase = "ready";
  /** Whether Train was pressed and images are still on their way. */
  waiting = false;
  /** The settings of the training that waits. @type {Settings | null} */
  #awaited = null;
  /** @type {Experiment | null} */
  experiment = null;
  /** @type {Comparison | null} */
  comparison = null;
  #models;
  #tell;
  /** The models whose events belong to `experiment`. @type {Set<ModelKind>} */
  #heard = new Set();
  /** Lost models that are being started anew. @type {Set<ModelKind>} */
  #reviving = new Set();
  /** Changes when what was begun is called off. */
  #turn = 0;
  #comparing = false;
  #stale = false;

  /**
   * @param {Models} models
   * @param {(event: AppEvent) => void} tell
   */
  constructor(models, tell) {
    this.#models = models;
    this.#tell = tell;
  }

  /** Whether a training is under way, paused or not. */
  get active() {
    return this.phase === "training" || this.phase === "paused";
  }

  /** The settings of the training under way, be it that it waits; else of the last one. */
  get settings() {
    return this.waiting ? this.#awaited : (this.experiment?.settings ?? null);
  }

  /** Whether the loss of a worker cut a run off. */
  get cutOff() {
    return this.active && this.#models.lost.some((kind) => this.experiment?.unfinished.includes(kind));
  }

  /** Whether models train on that were not lost. */
  get goesOn() {
    const unfinished = this.experiment?.unfinished ?? [];
    return this.phase === "training" && unfinished.some((kind) => this.#models.alive.includes(kind));
  }

  /**
   * Trains with what `read` gives, once that is prepared. Rejects with a sentence.
   * @param {() => Promise<Settings>} read
   * @param {(settings: Settings) => Promise<void>} prepare
   */
  async start(read, prepare) {
    if (this.active) return;
    const turn = ++this.#turn;
    const before = this.phase;
    let begun = false;
    this.waiting = true;
    this.#awaited = null;
    this.#enter("training");
    try {
      const settings = await read();
      if (turn !== this.#turn) return;
      this.#awaited = settings;
      this.#tell("state");
      await prepare(settings);
      if (turn !== this.#turn) return;
      this.waiting = false;
      this.comparison = null;
      this.#heard.clear();
      this.experiment = new Experiment(
        settings,
        KINDS.filter((kind) => kind !== "control" || settings.control),
      );
      this.#tell("epoch");
      this.#tell("comparison");
      begun = true;
      await this.#train(this.experiment.kinds, settings);
      if (turn !== this.#turn) return;
      // Pause was pressed while the images were on their way.
      if (this.phase === "paused") await this.#askUnfinished({ type: "pause" });
      this.#enter(this.phase);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.waiting = false;
      if (begun) await this.#models.askEach({ type: "reset" }, "done");
      if (begun) this.#forget();
      this.#enter(before);
      throw error;
    }
  }

  async pause() {
    if (this.phase !== "training") return;
    if (this.waiting) {
      this.#enter("paused");
      return;
    }
    const turn = this.#turn;
    await this.#askUnfinished({ type: "pause" });
    if (turn === this.#turn && this.phase === "training") this.#enter("paused");
  }

  async resume() {
    if (this.phase !== "paused") return;
    this.#enter("training");
    await this.#askUnfinished({ type: "resume" });
  }

  async stop() {
    if (!this.active) return;
    if (this.waiting) {
      this.#turn += 1;
      this.waiting = false;
      this.#enter("finished");
      return;
    }
    this.experiment?.abandon([...this.#models.lost, ...this.#reviving]);
    await this.#askUnfinished({ type: "stop" });
    this.#endIfFinished();
  }

  /** Forgets runs and weights. */
  async reset() {
    const turn = ++this.#turn;
    this.waiting = false;
    this.experiment = null;
    this.comparison = null;
    this.#heard.clear();
    this.#enter("ready");
    this.#tell("epoch");
    this.#tell("comparison");
    this.#forget();
    await this.#models.askEach({ type: "reset" }, "done");
    // Weights that were on their way may have come in between.
    if (turn === this.#turn) this.#forget();
    this.#tell("weights");
  }

  /** Starts lost workers anew; a run that was cut off begins again. */
  async goOn() {
    const goingOn = this.#models.lost.map((kind) => this.#revive(kind));
    if (this.phase === "paused") goingOn.push(this.resume());
    this.#tell("state");
    await Promise.all(goingOn);
    this.#tell("models");
  }

  /** @param {ModelKind} kind */
  async #revive(kind) {
    const { experiment } = this;
    this.#reviving.add(kind);
    try {
      await this.#models.revive(kind);
      // A training that was begun meanwhile has the new worker already.
      if (!this.active || experiment !== this.experiment || !experiment?.unfinished.includes(kind)) return;
      await this.#train([kind], experiment.restart(kind));
      // Pause was pressed meanwhile.
      if (this.phase === "paused") await this.#askUnfinished({ type: "pause" });
    } catch (error) {
      this.#models.giveUp(kind, sentenceOf(error));
    } finally {
      this.#reviving.delete(kind);
    }
  }

  /**
   * @param {ModelKind} kind
   * @param {Event[]} events
   */
  receive(kind, events) {
    const experiment = this.experiment;
    if (!experiment || !this.#heard.has(kind)) return;
    for (const event of events) experiment.apply(kind, event);
    const types = new Set(events.map(({ type }) => type));
    this.#tell("progress");
    if (types.has("epoch") || types.has("run_finished")) {
      this.#tell("epoch");
      this.#compare();
    }
    if (types.has("run_finished")) this.#tell("weights");
    if (types.has("finished")) {
      // Weights that diverged are not kept; a loss is told elsewhere.
      this.#models.keep(kind).catch(() => {});
      this.#endIfFinished();
    }
  }

  /**
   * The runs as a text file.
   * @param {Format} format
   */
  async export(format) {
    if (!this.experiment) throw new Error("There is nothing to write yet: train first.");
    const { runs, settings } = this.experiment;
    const { text } = await this.#models.askAny({ type: "export", format, runs, settings }, "text");
    return text;
  }

  /**
   * @param {ModelKind[]} kinds
   * @param {Settings} settings
   */
  async #train(kinds, settings) {
    const turn = this.#turn;
    await Promise.all(
      kinds.map(async (kind) => {
        try {
          await this.#models.ask(kind, { type: "train", settings }, "done");
          if (turn !== this.#turn) return;
          this.#heard.add(kind);
          this.#models.noteTraining(kind, settings.digits);
        } catch (error) {
          // A lost worker is told elsewhere, and can be started again.
          if (this.#models.alive.includes(kind)) throw error;
        }
      }),
    );
    this.#tell("weights");
    this.#watch();
  }

  /** @param {Request} request */
  async #askUnfinished(request) {
    const kinds = this.experiment?.unfinished ?? [];
    await Promise.all(kinds.map((kind) => this.#models.ask(kind, request, "done").catch(() => {})));
  }

  #endIfFinished() {
    if (this.active && this.experiment?.unfinished.length === 0) this.#enter("finished");
  }

  async #compare() {
    this.#stale = true;
    if (this.#comparing) return;
    this.#comparing = true;
    while (this.#stale && this.experiment) {
      this.#stale = false;
      const { experiment } = this;
      const { comparable: runs, settings } = experiment;
      const reply = await this.#models
        .askAny({ type: "compare", runs, settings }, "comparison")
        .catch(() => null);
      if (reply && experiment === this.experiment) {
        this.comparison = reply;
        this.#tell("comparison");
      }
      await new Promise((resolve) => setTimeout(resolve, COMPARE_PAUSE));
    }
    this.#comparing = false;
  }

  /** Notes that no model has weights any more. */
  #forget() {
    for (const kind of KINDS) this.#models.tell(kind, "none", []);
  }

  #watch() {
    this.#models.watch(this.phase === "training" && !this.waiting ? (this.experiment?.unfinished ?? []) : []);
  }

  /** @param {Training["phase"]} phase */
  #enter(phase) {
    this.phase = phase;
    this.#watch();
    this.#tell("state");
  }
}
