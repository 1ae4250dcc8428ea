// What the workers have told of one training: runs, divergences, and how far they are.

/** @import { Event, Inspection, Metrics, ModelKind, ModelRun, Run, Settings } from "./messages.d.ts" */
/** @import { Inspected } from "./types.d.ts" */

/** @type {(keyof Metrics)[]} */
const METRICS = ["loss", "accuracy", "val_loss", "val_accuracy"];
const RECENT = 5; // epochs that tell the speed

/**
 * Where one model stands.
 * @typedef {object} Standing
 * @property {number} firstRun The run that its worker calls 0: more than 0 after a loss.
 * @property {number} run From 0.
 * @property {number} epochs Finished epochs of the run, and the part done of the current one.
 * @property {boolean} diverged Whether that ended the run.
 * @property {number[]} seconds Of its epochs.
 * @property {boolean} finished
 *
 * @typedef {{ run: number, epoch: number }} Divergence Run from 0, epoch from 1.
 */

/** One training of all models. */
export class Experiment {
  /** @type {Run[]} */
  runs = [];
  /** @type {Map<ModelKind, Divergence[]>} */
  divergences = new Map();
  /** The latest run that every model has ended, and what each made of the test images. @type {Inspected | null} */
  inspected = null;
  /** @type {Map<ModelKind, Standing>} */
  #standings = new Map();
  /** Of the runs after that one. @type {Map<number, Partial<Record<ModelKind, Inspection | null>>>} */
  #inspections = new Map();

  /**
   * @param {Settings} settings
   * @param {ModelKind[]} kinds
   */
  constructor(settings, kinds) {
    this.settings = settings;
    this.kinds = kinds;
    for (const kind of kinds) {
      this.#standings.set(kind, {
        firstRun: 0,
        run: 0,
        epochs: 0,
        diverged: false,
        seconds: [],
        finished: false,
      });
      this.divergences.set(kind, []);
    }
  }

  /** The models that have runs before them. */
  get unfinished() {
    return this.kinds.filter((kind) => !this.#standing(kind).finished);
  }

  /**
   * The settings with which a lost model goes on: from the start of the run that it was in.
   * @param {ModelKind} kind
   * @returns {Settings}
   */
  restart(kind) {
    const standing = this.#standing(kind);
    standing.firstRun = standing.run;
    standing.epochs = 0;
    const seed = this.runs[standing.run]?.seed ?? this.settings.seed;
    return { ...this.settings, seed, runs: this.settings.runs - standing.run };
  }

  /**
   * The run that a model is in; models drift apart.
   * @param {ModelKind} kind
   */
  runOf(kind) {
    return this.#standings.get(kind)?.run ?? null;
  }

  /**
   * Expects no more of these models.
   * @param {ModelKind[]} kinds
   */
  abandon(kinds) {
    for (const kind of this.unfinished) {
      if (kinds.includes(kind)) this.#standing(kind).finished = true;
    }
  }

  /**
   * @param {ModelKind} kind
   * @param {Event} event
   */
  apply(kind, event) {
    const standing = this.#standing(kind);
    if (event.type === "finished") {
      standing.finished = true;
      return;
    }
    standing.run = standing.firstRun + event.run;
    const run = (this.runs[standing.run] ??= this.#emptyRun());
    const model = run.models[kind];
    if (event.type === "run_started") {
      standing.epochs = 0;
      run.seed = event.seed;
      run.validation_images = event.validation_images;
      standing.diverged = false;
    } else if (event.type === "progress") {
      standing.epochs = event.epochs;
    } else if (event.type === "epoch") {
      standing.epochs = event.epoch;
      standing.seconds.push(event.seconds);
      // A run that begins again after a loss repeats itself: what is there stays until then.
      for (const metric of METRICS) {
        if (model) model.history[metric][event.epoch - 1] = event.metrics[metric];
      }
    } else {
      if (model) model.test = event.test;
      // Unless it was ended before it came as far as the first time.
      for (const metric of METRICS) model?.history[metric].splice(Math.floor(standing.epochs));
      standing.diverged = event.diverged !== null;
      if (event.diverged !== null) this.#diverged(kind, { run: standing.run, epoch: event.diverged });
      this.#inspect(standing.run, kind, event.inspection);
    }
  }

  /**
   * The runs in which every model has finished an epoch; at least the first. Models drift apart,
   * and sentences compare what all have done.
   */
  get comparable() {
    const all = this.runs.filter((run) => this.kinds.every((kind) => run.models[kind]?.history.loss.length));
    return all.length > 0 ? all : this.runs.slice(0, 1);
  }

  /** How far the slowest model is. */
  get progress() {
    const all = this.kinds.map((kind) => this.#standing(kind));
    const done = (/** @type {Standing} */ { run, epochs, diverged }) =>
      run * this.settings.epochs + (diverged ? this.settings.epochs : epochs);
    // Of two that are as far, the one that diverged stopped at an earlier epoch.
    const isSlower = (/** @type {Standing} */ a, /** @type {Standing} */ b) =>
      done(a) < done(b) || (done(a) === done(b) && !a.diverged);
    const slowest = all.reduce((a, b) => (isSlower(b, a) ? b : a));
    return {
      fraction: done(slowest) / (this.settings.runs * this.settings.epochs),
      run: slowest.run,
      epoch: Math.floor(slowest.epochs),
      secondsLeft: Math.max(...all.map((one) => this.#secondsLeft(one, done(one)))),
    };
  }

  /**
   * Seconds per epoch, by the latest few; `null` before the first.
   * @param {ModelKind} kind
   */
  secondsPerEpoch(kind) {
    return recentMedian(this.#standing(kind).seconds);
  }

  /**
   * @param {Standing} standing
   * @param {number} done
   */
  #secondsLeft({ seconds, finished }, done) {
    if (finished) return 0;
    return (this.settings.runs * this.settings.epochs - done) * (recentMedian(seconds) ?? Infinity);
  }

  /** @returns {Run} */
  #emptyRun() {
    return { seed: 0, models: Object.fromEntries(this.kinds.map((kind) => [kind, emptyModelRun()])) };
  }

  /** @param {ModelKind} kind */
  #standing(kind) {
    const standing = this.#standings.get(kind);
    if (!standing) throw new Error(`The ${kind} model is not part of this training.`);
    return standing;
  }

  /**
   * @param {number} run
   * @param {ModelKind} kind
   * @param {Inspection | null} inspection
   */
  #inspect(run, kind, inspection) {
    const all = { ...this.#inspections.get(run), [kind]: inspection };
    this.#inspections.set(run, all);
    if (!this.kinds.every((each) => each in all)) return;
    this.inspected = { run, models: { custom: null, dense: null, control: null, ...all } };
    for (const earlier of this.#inspections.keys()) {
      if (earlier <= run) this.#inspections.delete(earlier);
    }
  }

  /**
   * @param {ModelKind} kind
   * @param {Divergence} divergence
   */
  #diverged(kind, divergence) {
    const others = this.divergences.get(kind)?.filter(({ run }) => run !== divergence.run) ?? [];
    this.divergences.set(kind, [...others, divergence]);
  }
}

/** @param {number[]} seconds */
function recentMedian(seconds) {
  const recent = seconds.slice(-RECENT).sort((a, b) => a - b);
  return recent.length > 0 ? recent[recent.length >> 1] : null;
}

/** @returns {ModelRun} */
const emptyModelRun = () => ({
  history: { loss: [], accuracy: [], val_loss: [], val_accuracy: [] },
  test: null,
});
