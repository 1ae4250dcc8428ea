// One training after another: its phase, its progress, and what may be pressed.

import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";

import { sentenceOf } from "../lib/sentence.js";
import type { JobOutput, NetworkText, Plan } from "../pkg/mnist_cubic.js";
import { type Machine, workersFor } from "./capacity.js";
import type { ImagesState } from "./images.js";
import type { Pool, Training } from "./pool.js";
import { Courses } from "./progress.js";
import type { SettingsState } from "./settings.js";
import type { SnapshotsKeeper } from "./snapshots.js";
import { openSteps, type Pace, type StepsState } from "./steps.js";
import { Stopwatch } from "./stopwatch.js";
import type { StudyKeeper } from "./study.js";

/** How often the progress is told, in ms. */
const PROGRESS_PACE = 100;
/** What an image takes in a worker, in bytes. */
const IMAGE = 28 * 28;

/** Something went wrong; pressing the button named `action` does `act`. */
export interface Failure {
  readonly sentence: string;
  readonly action: "Retry" | "Go on" | "Reload";
  readonly act: () => void;
}

export type Phase =
  | { readonly type: "ready" }
  /** Train was pressed, and images are on their way. */
  | {
      readonly type: "waiting";
      readonly experiment: Experiment;
      readonly isPaused: boolean;
      /** Whether Step was pressed. */
      readonly takesStep: boolean;
    }
  | { readonly type: "training"; readonly experiment: Experiment }
  | { readonly type: "paused"; readonly experiment: Experiment }
  /** `stoppedAfter`: the last epoch that all networks have, where Stop was pressed; else null. */
  | {
      readonly type: "finished";
      readonly experiment: Experiment;
      readonly stoppedAfter: number | null;
    }
  /** `experiment`: the one that cannot go on, if there is one. */
  | { readonly type: "failed"; readonly experiment: Experiment | null; readonly failure: Failure };

/** What is trained, as the settings stood when Train was pressed. */
export interface Experiment {
  readonly hash: string;
  readonly seeds: readonly number[];
  readonly digits: readonly number[];
  readonly networks: readonly NetworkText[];
  readonly epochs: number;
  readonly batchSize: number;
  /** Training images, which is also images seen in an epoch; 0 while waiting. */
  readonly trainingImages: number;
  readonly validationImages: number;
}

export interface Progress {
  /** From 0 to 1, over all runs and networks. */
  readonly fraction: number;
  /** The last epoch of the shown run that all networks have finished. */
  readonly epoch: number;
  readonly epochs: number;
  /** Runs that are done, of `runs`. */
  readonly runsDone: number;
  readonly runs: number;
  /** Of all networks of the shown run, one after another; null until one is measured. */
  readonly secondsPerEpoch: number | null;
  readonly secondsLeft: number | null;
  /** How many train at once. */
  readonly workers: number;
}

/** What may be pressed now, by the names of the buttons. */
export interface Pressable {
  readonly train: boolean;
  readonly pause: boolean;
  readonly resume: boolean;
  readonly stop: boolean;
  readonly reset: boolean;
  readonly step: boolean;
}

/** As `body[data-state]` has it; "loading" stands in index.html. */
export type DataState = "ready" | "training" | "paused" | "finished" | "failed";

export interface TrainingState extends StepsState {
  readonly phase: ReadonlySignal<Phase>;
  readonly dataState: ReadonlySignal<DataState>;
  readonly pressable: ReadonlySignal<Pressable>;
  /** Null where nothing is trained or was. */
  readonly progress: ReadonlySignal<Progress | null>;
  /** The experiment whose histories the study holds; null before the first and after Reset. */
  readonly experiment: ReadonlySignal<Experiment | null>;
  /** Whether the settings have changed since the training under way began: they apply to the next. */
  readonly settingsDiffer: ReadonlySignal<boolean>;
  /** Whether a training is under way, be it that it waits or rests. */
  readonly isActive: ReadonlySignal<boolean>;
  train(): void;
  pause(): void;
  resume(): void;
  /** Takes one batch in each network, from the last moment that all have; a training that has not begun begins with it. */
  step(): void;
  setPace(pace: Pace): void;
  /** Fetches the images of the digits that the settings ask for. Never rejects. */
  wantImages(): Promise<void>;
  /** Cuts all at the last common moment. */
  stop(): void;
  /** Forgets the experiment; the networks are as they were when the page opened. */
  reset(): void;
}

/** What a training is made with. */
export interface TrainingParts {
  readonly study: StudyKeeper;
  readonly settings: SettingsState;
  readonly images: ImagesState;
  readonly snapshots: SnapshotsKeeper;
  readonly pool: Pick<
    Pool,
    "prepare" | "train" | "pause" | "resume" | "goTo" | "dropTrainings" | "retry" | "evaluate"
  >;
  readonly machine: Machine;
  /** Told when the weights that answer are to be the experiment's, or those of the page's opening. */
  readonly onFreshWeights: () => void;
}

export interface TrainingKeeper extends TrainingState {
  /** Has workers open and images at hand for what Train would begin, as far as these are there. */
  prepare(): void;
  /** Time spent on it. */
  readonly stopwatch: () => Stopwatch;
  /** Shows an experiment that was done before: `fill` tells the study and the snapshots what is known of it. */
  restore(done: Experiment, stoppedAfter: number | null, fill: () => void): void;
}

/** The phases to which a failure of files leads back. */
type AtRest = Extract<Phase, { type: "ready" | "finished" }>;

export function openTraining(parts: TrainingParts): TrainingKeeper {
  const { study: keeper, settings, images, snapshots, pool } = parts;
  const phase = signal<Phase>({ type: "ready" });
  const experiment = signal<Experiment | null>(null);
  const progress = signal<Progress | null>(null);
  /** What a failure of files leads back to. */
  let atRest: AtRest = { type: "ready" };
  /** Calls off the waiting for images. */
  let waiting = new AbortController();
  let courses: Courses | null = null;
  let stopwatch = new Stopwatch();
  let unfinished = new Set<Training>();
  let toldAt = 0;
  const steps = openSteps({
    study: keeper,
    images,
    snapshots,
    pool,
    isRunning: () => phase.peek().type === "training",
    onAgain: (training) => unfinished.add(training),
  });

  const enter = (next: Phase): void => {
    if (next.type === "training") stopwatch.start();
    else stopwatch.pause();
    if (next.type === "ready" || next.type === "finished") atRest = next;
    phase.value = next;
  };

  const wantImages = async (): Promise<void> => {
    const digits = settings.digits.peek();
    if (isAboutFiles(phase.peek())) enter(atRest);
    try {
      await images.want(digits);
    } catch (error) {
      // A training under way is not concerned; the next one asks again. One that failed for the same reason is to be
      // had again by the Retry that is there.
      const isStale =
        digits !== settings.digits.peek() || isActive.peek() || isAboutFiles(phase.peek());
      if (!isStale)
        fail(null, { sentence: sentenceOf(error), action: "Retry", act: () => void wantImages() });
    }
  };

  const prepare = (): void => {
    if (!pressable.peek().train) return;
    const { plan, planned } = planOf(keeper, settings.hash.peek());
    if (images.count("train", planned.digits) === 0) return;
    pool.prepare(planned.digits, workersOf(planned, plan));
  };

  const train = (): void => void startTraining(false);

  const startTraining = async (takesStep: boolean): Promise<void> => {
    if (!pressable.peek().train && !isAboutFiles(phase.peek())) return;
    const { plan, planned } = planOf(keeper, settings.hash.peek());
    const mine = (waiting = new AbortController());
    stopwatch = new Stopwatch();
    batch(() => {
      progress.value = null;
      enter({ type: "waiting", experiment: planned, isPaused: false, takesStep });
    });
    try {
      await images.want(planned.digits, mine.signal);
    } catch (error) {
      if (mine.signal.aborted) return;
      fail(null, { sentence: sentenceOf(error), action: "Retry", act: train });
      return;
    }
    if (!mine.signal.aborted) begin(plan, planned);
  };

  const begin = (plan: Plan, planned: Experiment): void => {
    const before = phase.peek();
    const begun = { ...planned, ...split(keeper, images.count("train", planned.digits)) };
    const takesStep = before.type === "waiting" && before.takesStep;
    const isPaused = before.type === "waiting" && (before.isPaused || takesStep);
    const workers = workersOf(begun, plan);
    const trainings = inOrder(plan, workers).map((job) => ({
      ...job,
      training: trainingOf(begun, job),
    }));
    const shown = trainings.filter(({ run }) => run === 0).sort((a, b) => a.network - b.network);
    courses = new Courses(begun, plan, workers);
    unfinished = new Set(trainings.map(({ training }) => training));
    steps.begin(
      begun,
      shown.map(({ training }) => training),
    );
    batch(() => {
      keeper.begin(begun.hash, begun.trainingImages, begun.validationImages);
      snapshots.begin(begun.networks.length, begun.batchSize, begun.trainingImages);
      parts.onFreshWeights();
      experiment.value = begun;
      tellProgress();
      enter({ type: isPaused ? "paused" : "training", experiment: begun });
    });
    pool.train(
      trainings.map(({ training }) => training),
      workers,
    );
    if (isPaused) pool.pause();
    if (takesStep || (!isPaused && steps.pace.peek() === "slow")) steps.take();
  };

  /** Lets the training go on, at the pace that is chosen. */
  const goOn = (): void => {
    if (steps.pace.peek() === "slow") return steps.take();
    steps.leave();
    pool.resume();
  };

  const workersOf = (begun: Experiment, plan: Plan): number => {
    const imageBytes = IMAGE * images.count("train", begun.digits);
    const parameters = Math.max(...begun.networks.map((network) => network.parameters));
    return workersFor(
      parts.machine,
      plan.jobs.length,
      begun.networks.length,
      imageBytes,
      parameters,
    );
  };

  const trainingOf = (
    begun: Experiment,
    { run, network, train: config }: Plan["jobs"][number],
  ): Training => {
    const training: Training = {
      config,
      onOutput: (output) => take(begun, run, network, output),
      onFinished() {
        unfinished.delete(training);
        courses?.end(run, network);
        if (run === 0) snapshots.end(network);
        if (unfinished.size === 0) finish(begun, null);
      },
      onGivenUp(sentence) {
        const name = begun.networks[network]?.name ?? "";
        const which = begun.seeds.length > 1 ? ` (seed ${begun.seeds[run] ?? 0})` : "";
        pool.pause();
        steps.leave();
        const said = `The training of the ${name} network${which} cannot go on. ${sentence} What is shown stays.`;
        fail(begun, { sentence: said, action: "Go on", act: () => retry(begun) });
      },
    };
    return training;
  };

  const take = (begun: Experiment, run: number, network: number, output: JobOutput): void => {
    if (output.type !== "snapshot" && output.type !== "progress") return;
    courses?.note(run, network, output.images_seen, stopwatch.seconds);
    if (output.type === "snapshot") {
      const { epoch, weights, images_seen: imagesSeen } = output;
      const number = imagesSeen / begun.trainingImages;
      if (epoch) keeper.record((it) => it.record_epoch(run, network, epoch, number));
      if (run === 0) snapshots.add(network, output);
      steps.note();
      const isLast = imagesSeen === begun.epochs * begun.trainingImages;
      if (isLast && weights) void test(begun, run, network, begun.epochs, weights);
    }
    if (performance.now() - toldAt > PROGRESS_PACE) tellProgress();
  };

  const tellProgress = (): void => {
    toldAt = performance.now();
    progress.value = courses?.progress ?? null;
  };

  const finish = (begun: Experiment, stoppedAfter: number | null): void => {
    batch(() => {
      tellProgress();
      keeper.change(() => {}); // the last epochs may not be told yet
      enter({ type: "finished", experiment: begun, stoppedAfter });
    });
  };

  /** Tries weights on the test images. A missing score is no fault that anybody could mend. */
  const test = async (
    begun: Experiment,
    run: number,
    network: number,
    epoch: number,
    weights: Float32Array,
  ): Promise<void> => {
    const layers = begun.networks[network]?.layers ?? "";
    try {
      const evaluated = await pool.evaluate([...begun.digits], layers, weights);
      if (experiment.peek() !== begun || isCutBefore(phase.peek(), run, epoch)) return;
      keeper.change((it) => it.record_test(run, network, epoch, evaluated.test));
    } catch {
      // Its place stays empty.
    }
  };

  const retry = (begun: Experiment): void => {
    if (phase.peek().type !== "failed") return;
    enter({ type: "training", experiment: begun });
    goOn();
    pool.retry();
  };

  const fail = (begun: Experiment | null, failure: Failure): void => {
    enter({ type: "failed", experiment: begun, failure });
  };

  const pause = (): void => {
    const now = phase.peek();
    if (now.type === "waiting") enter({ ...now, isPaused: true });
    if (now.type !== "training") return;
    steps.rest();
    pool.pause();
    enter({ ...now, type: "paused" });
  };

  const resume = (): void => {
    const now = phase.peek();
    if (now.type === "waiting") enter({ ...now, isPaused: false });
    if (now.type !== "paused") return;
    enter({ ...now, type: "training" });
    goOn();
  };

  const step = (): void => {
    if (!pressable.peek().step) return;
    if (phase.peek().type === "paused") steps.take();
    else void startTraining(true);
  };

  const setPace = (pace: Pace): void => {
    steps.setPace(pace);
    if (phase.peek().type === "training") goOn();
  };

  const stop = (): void => {
    const now = phase.peek();
    if (now.type === "waiting") {
      waiting.abort();
      // What was trained before stays.
      const nothing = { type: "finished", experiment: now.experiment, stoppedAfter: 0 } as const;
      enter(atRest.type === "finished" ? atRest : nothing);
      return;
    }
    if (!pressable.peek().stop || !("experiment" in now) || !now.experiment) return;
    const begun = now.experiment;
    pool.dropTrainings();
    steps.leave();
    batch(() => {
      // A network that is far ahead may have left out the end of the last epoch that all have done.
      const kept = lastEndKept(begun);
      const epoch = keeper.change((it) => it.cut(kept));
      snapshots.cut();
      finish(begun, epoch);
      testShownRun(begun, epoch);
    });
  };

  /** The last epoch of whose end all networks of the shown run have their weights. */
  const lastEndKept = (begun: Experiment): number | undefined =>
    snapshots.moments
      .peek()
      .map((moment) => moment / begun.trainingImages)
      .filter((epoch) => Number.isInteger(epoch) && epoch >= 1)
      .at(-1);

  /** After Stop, all networks of the shown run are tested as they were after the same epoch. */
  const testShownRun = (begun: Experiment, epoch: number): void => {
    if (epoch === 0) return;
    for (const network of begun.networks.keys()) {
      const weights = snapshots.weights(network, epoch * begun.trainingImages);
      if (weights) void test(begun, 0, network, epoch, weights);
    }
  };

  const reset = (): void => {
    waiting.abort();
    pool.dropTrainings();
    stopwatch = new Stopwatch();
    courses = null;
    steps.leave();
    batch(() => {
      keeper.reset();
      snapshots.reset();
      experiment.value = null;
      progress.value = null;
      parts.onFreshWeights();
      enter({ type: "ready" });
    });
  };

  const restore = (done: Experiment, stoppedAfter: number | null, fill: () => void): void => {
    reset();
    const { hash, networks, batchSize, trainingImages, validationImages, seeds, epochs } = done;
    batch(() => {
      keeper.begin(hash, trainingImages, validationImages);
      snapshots.begin(networks.length, batchSize, trainingImages);
      keeper.change(fill);
      experiment.value = done;
      const epoch = stoppedAfter ?? epochs;
      progress.value = {
        ...{ fraction: epoch / epochs, epoch, epochs, workers: 1 },
        ...{ runsDone: seeds.length, runs: seeds.length, secondsPerEpoch: null, secondsLeft: null },
      };
      enter({ type: "finished", experiment: done, stoppedAfter });
    });
    testShownRun(done, stoppedAfter ?? epochs);
  };

  const isActive = computed(() => ["waiting", "training", "paused"].includes(phase.value.type));
  const pressable = computed(() => {
    const isOneRun = phase.value.type !== "ready" || settings.texts.value.get("runs") === "1";
    return pressableIn(phase.value, experiment.value !== null, isOneRun);
  });
  const settingsDiffer = computed(() => {
    const now = phase.value;
    return isActive.value && "experiment" in now && now.experiment?.hash !== settings.hash.value;
  });

  return {
    phase,
    dataState: computed(() => dataStateOf(phase.value)),
    pressable,
    progress,
    experiment,
    settingsDiffer,
    isActive,
    pace: steps.pace,
    lastBatch: steps.lastBatch,
    stopwatch: () => stopwatch,
    restore,
    prepare,
    wantImages,
    train,
    pause,
    resume,
    step,
    setPace,
    stop,
    reset,
  };
}

/** What would be trained with these settings. */
function planOf(keeper: StudyKeeper, hash: string): { plan: Plan; planned: Experiment } {
  const plan = keeper.study.plan(hash);
  const config = plan.jobs[0]?.train;
  if (!config) throw new Error("These settings train nothing.");
  const planned = {
    hash,
    seeds: plan.seeds,
    digits: config.digits,
    networks: keeper.study.read_hash(hash).networks,
    epochs: config.epochs,
    batchSize: config.batch_size,
    trainingImages: 0,
    validationImages: 0,
  };
  return { plan, planned };
}

/**
 * Run by run, so that networks can be compared as soon as may be; in each the longest first, as the plan has them. But of
 * the last, one for each worker, the longest go first, so that none begins when the others are nearly done.
 */
export function inOrder({ jobs }: Plan, workers: number): Plan["jobs"] {
  const ordered = [...jobs].sort((a, b) => a.run - b.run);
  const shown = jobs.filter(({ run }) => run === 0).length;
  const last = ordered.splice(Math.max(shown, ordered.length - workers));
  return [...ordered, ...last.sort((a, b) => b.cost - a.cost)];
}

function split(
  { study }: StudyKeeper,
  count: number,
): Pick<Experiment, "trainingImages" | "validationImages"> {
  const trainingImages = study.training_images(count);
  return { trainingImages, validationImages: count - trainingImages };
}

/** Several runs take no single steps. */
function pressableIn(phase: Phase, hasExperiment: boolean, isOneRun: boolean): Pressable {
  const none = {
    train: false,
    pause: false,
    resume: false,
    stop: false,
    reset: false,
    step: false,
  };
  switch (phase.type) {
    case "ready":
      return { ...none, train: true, step: isOneRun };
    case "waiting":
      return { ...none, pause: !phase.isPaused, resume: phase.isPaused, stop: true, reset: true };
    case "training":
      return { ...none, pause: true, stop: true, reset: true };
    case "paused":
      return {
        ...none,
        resume: true,
        stop: true,
        reset: true,
        step: phase.experiment.seeds.length === 1,
      };
    case "finished":
      return { ...none, train: true, reset: true };
    case "failed":
      return { ...none, stop: phase.experiment !== null, reset: hasExperiment };
  }
}

function dataStateOf(phase: Phase): DataState {
  if (phase.type === "waiting") return phase.isPaused ? "paused" : "training";
  return phase.type;
}

/** Whether files failed to come, rather than a training that was begun. */
function isAboutFiles(phase: Phase): boolean {
  return phase.type === "failed" && phase.experiment === null;
}

/** Whether Stop has cut off the epoch that a test of the shown run is about. */
function isCutBefore(phase: Phase, run: number, epoch: number): boolean {
  if (phase.type !== "finished" || phase.stoppedAfter === null) return false;
  return run === 0 && epoch > phase.stoppedAfter;
}
