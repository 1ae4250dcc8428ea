// One training after another: its phase, its progress, and what may be pressed.

import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";

import { sentenceOf } from "../lib/sentence.js";
import type { JobOutput, Plan } from "../pkg/mnist_cubic.js";
import type { ImagesState } from "./images.js";
import {
  type AtRest,
  type DataState,
  dataStateOf,
  isAboutFiles,
  isCutBefore,
  type Failure,
  type Phase,
  type Pressable,
  pressableIn,
} from "./phase.js";
import { type Experiment, inOrder, planOf, split } from "./plan.js";
import type { Pool, Training } from "./pool/pool.js";
import { Courses, type Progress } from "./progress.js";
import type { SettingsState } from "./settings.js";
import type { SnapshotsKeeper } from "./snapshots.js";
import { openSteps, type Pace, type StepsState } from "./steps.js";
import { Stopwatch } from "./stopwatch.js";
import type { StudyKeeper } from "./study.js";
import { type Machine, workersFor } from "./worker-count.js";

/** How often the progress is told, in ms. */
const PROGRESS_PACE = 100;
/** What an image takes in a worker, in bytes. */
const IMAGE = 28 * 28;

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
  /** Whether a training is under way, even waiting or paused. */
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
  /** Called when the answering weights become the experiment's, or the initial ones again. */
  readonly onFreshWeights: () => void;
}

export interface TrainingKeeper extends TrainingState {
  /** Has workers open and images at hand for what Train would begin, as far as these are there. */
  prepare(): void;
  /** Shows an experiment that was done before: `fill` tells the study and the snapshots what is known of it. */
  restore(done: Experiment, stoppedAfter: number | null, fill: () => void): void;
}

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
      // A training under way isn't affected; the next one asks again. One that failed for the same reason already
      // offers Retry.
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
      // A network that is far ahead may have dropped its snapshot of the last common epoch's end.
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
