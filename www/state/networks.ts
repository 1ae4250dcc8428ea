// Who answers: the networks of the experiment, each with weights from the site, a file or training.

import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";

import { download } from "../lib/download.js";
import { clause, sentenceOf } from "../lib/sentence.js";
import type { Contributions } from "../pkg/mnist_cubic.js";
import custom from "../ready-made/custom.safetensors?url";
import dense from "../ready-made/dense.safetensors?url";
import type { AblationKeeper } from "./ablation.js";
import type { DrawingState } from "./drawing.js";
import type { Experiment } from "./plan.js";
import type { SettingsState } from "./settings.js";
import type { SnapshotsKeeper } from "./snapshots.js";
import type { StudyKeeper } from "./study.js";

/** Where the site's weights are, by the layers that they are for. */
const READY_MADE: ReadonlyMap<string, string> = new Map([
  ["relu150,relu100,cubic50", custom],
  ["relu100,relu50", dense],
]);
/** A file of the visitor's may be so large, in bytes; six layers of 512 units in f32 take 6.9 MB. */
const LARGEST_FILE = 16 << 20;

/** Where a network's weights come from. */
export type Origin =
  | { readonly type: "none" }
  | { readonly type: "ready-made" }
  | { readonly type: "file"; readonly name: string }
  /** After so many images of the shown run; it follows the playhead. */
  | { readonly type: "training"; readonly imagesSeen: number };

interface Weights {
  readonly origin: Origin;
  /** The digits that they tell apart; none without weights. */
  readonly digits: readonly number[];
  readonly weights: Float32Array | null;
}
const NO_WEIGHTS: Weights = { origin: { type: "none" }, digits: [], weights: null };

export interface Answerer extends Weights {
  /** Its place among the networks of the experiment, and in the study. */
  readonly slot: number;
  readonly name: string;
  readonly layers: string;
}

export type NetworksKeeper = ReturnType<typeof openNetworks>;
/** What the views need of it. */
export type NetworksState = Omit<NetworksKeeper, "fetchReadyMade" | "forgetFiles">;

/** `experiment` is the shown one, `isActive` whether it trains; they answer without what `ablation` takes away. */
export function openNetworks(
  keeper: StudyKeeper,
  settings: SettingsState,
  drawing: DrawingState,
  snapshots: SnapshotsKeeper,
  experiment: ReadonlySignal<Experiment | null>,
  isActive: () => boolean,
  ablation: Pick<AblationKeeper, "applied">,
) {
  const { study } = keeper;
  const readyMade = signal<ReadonlyMap<string, Weights>>(new Map());
  /** The visitor's, by slot, each for the layers it was read for. */
  const files = signal<ReadonlyMap<number, Weights & { readonly layers: string }>>(new Map());
  const list = signal<readonly Answerer[]>([]);

  const weightsOf = (slot: number, layers: string): Weights => {
    const file = files.value.get(slot);
    if (file?.layers === layers) return file;
    const imagesSeen = snapshots.shown.value;
    if (!experiment.value || imagesSeen === null) return readyMade.value.get(layers) ?? NO_WEIGHTS;
    const { digits } = experiment.value;
    const weights = snapshots.weights(slot, imagesSeen);
    return { origin: { type: "training", imagesSeen }, digits, weights };
  };
  // The study is given the weights of whoever answers, as they change.
  effect(() => {
    const texts = experiment.value?.networks ?? settings.networks.value;
    const answerers = texts.map(({ name, layers }, slot) => {
      const its = weightsOf(slot, layers);
      if (its.weights) {
        const answering = ablation.applied(layers, its.digits, its.weights);
        study.set_network(slot, layers, new Uint8Array(its.digits), answering);
      } else study.clear_network(slot);
      return { slot, name, layers, ...its };
    });
    for (const { slot } of list.peek().slice(answerers.length)) study.clear_network(slot);
    list.value = answerers;
  });

  const answers = computed(() => {
    const received = drawing.received.value;
    return list.value.map(({ slot }) =>
      received.type === "image" ? study.answer(slot, received.image) : null,
    );
  });

  const activated = computed(() => {
    const received = drawing.received.value;
    return list.value.map(({ slot, weights }) =>
      weights && received.type === "image" ? study.activations(slot, received.image) : null,
    );
  });

  const contributed = computed(() => {
    const received = drawing.received.value;
    return list.value.map(({ slot, weights }) =>
      weights && received.type === "image" ? study.contributions(slot, received.image) : null,
    );
  });

  // A string, so that only other digits count as a change: novelty takes longer to compute than an answer.
  const digitsOfAll = computed(() =>
    [...new Set(list.value.flatMap(({ digits }) => digits))].sort().join(""),
  );
  const isUnlike = computed(() => {
    const received = drawing.received.value;
    const digits = Uint8Array.from(digitsOfAll.value, Number);
    void keeper.featuresRevision.value;
    if (received.type === "blank" || digits.length === 0) return null;
    return study.is_unlike(digits, received.image);
  });

  const answererAt = (slot: number): Answerer => {
    const answerer = list.peek()[slot];
    if (!answerer) throw new Error("There is no such network.");
    return answerer;
  };

  return {
    /** The shown experiment's networks; those of the settings before there is one. */
    list: list as ReadonlySignal<readonly Answerer[]>,
    /** To what is on the pad, by slot, at the playhead; null where there is nothing to answer or no weights. */
    answers,
    /** Its hidden layers' activations for the drawing, at the playhead; null without an answer. Reactive in a view. */
    activations: (slot: number): readonly Float32Array[] | null => activated.value[slot] ?? null,
    /** What each unit of its last hidden layer adds to each class's score for the drawing; as above. */
    contributions: (slot: number): Contributions | null => contributed.value[slot] ?? null,
    /** Whether the drawing is unlike all training digits of the networks that answer; null while that cannot be told. */
    isUnlike,
    /** Takes weights from a file of the visitor's, and returns the digits that they tell apart. Rejects with a sentence. */
    async load(slot: number, file: File): Promise<readonly number[]> {
      const { layers } = answererAt(slot);
      if (isActive()) throw new Error("Weights can be loaded when training has ended.");
      if (file.size > LARGEST_FILE) {
        throw new Error(`${file.name} is too large to hold this network’s weights.`);
      }
      const contents = new Uint8Array(await file.arrayBuffer());
      const read = orSay(`${file.name} cannot be loaded`, () => {
        const { weights, digits: its } = study.read_weights(layers, contents);
        const digits = its ?? settings.digits.peek();
        // Throws where they do not fit; nothing has changed then.
        study.set_network(slot, layers, new Uint8Array(digits), weights);
        return { origin: { type: "file", name: file.name } as const, layers, digits, weights };
      });
      files.value = new Map(files.peek()).set(slot, read);
      return read.digits;
    },
    /** The file of a network's weights. Throws a sentence where it has none, or they diverged. */
    save(slot: number): Uint8Array<ArrayBuffer> {
      const { name, layers, digits, origin, weights } = answererAt(slot);
      // The replay may be behind: unless the visitor holds the page at a moment, the last one counts.
      const isNow = origin.type === "training" && snapshots.playhead.peek() === "now";
      const last = isNow ? snapshots.lastCommon() : null;
      const kept = last === null ? weights : snapshots.weights(slot, last);
      if (!kept) throw new Error(`The ${name} network has no weights yet.`);
      const write = () => study.write_weights(layers, new Uint8Array(digits), kept);
      return new Uint8Array(orSay(`${name}.safetensors`, write));
    },
    /** Fetches the site's weights, for the networks that are as the notebook's. Never rejects. */
    async fetchReadyMade(): Promise<void> {
      const fetching = settings.networks.peek().map(async ({ layers }) => {
        const address = READY_MADE.get(layers);
        if (address === undefined || readyMade.peek().has(layers)) return;
        const file = await download(new URL(address, document.baseURI));
        const { weights, digits } = study.read_weights(layers, file);
        const origin = { type: "ready-made" } as const;
        const made = { origin, digits: digits ?? [], weights };
        readyMade.value = new Map(readyMade.peek()).set(layers, made);
      });
      // Without them, the pad waits for training.
      await Promise.allSettled(fetching);
    },
    /** Forgets the visitor's files: a training begins, or Reset was pressed. */
    forgetFiles(): void {
      files.value = new Map();
    },
  };
}

/** Runs `act`, and prefixes its errors with `what`. */
function orSay<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Error(`${what}: ${clause(sentenceOf(error))}.`, { cause: error });
  }
}
