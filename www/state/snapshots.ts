// The shown run's snapshots, within 24 MB, and the playhead that decides which of them all views show.

import { batch, type ReadonlySignal, signal } from "@preact/signals";

import { fromHalf, toHalf } from "../lib/float16.js";
import type { Epoch, JobOutput } from "../pkg/mnist_cubic.js";
import { mostSpareable, type Scale, scaleOf } from "./snapshot-thinning.js";

/** What all snapshots together may take, in bytes. */
const ROOM = 24e6;
/** Down to this many common moments, these are thinned; then, those of a network that is ahead. */
const LEAST_MOMENTS = 12;
/** How long a moment of the first epoch is shown at least, and one of a later epoch, in ms. */
const FIRST_EPOCH_PACE = 200;
const LATER_PACE = 100;

/** What a job reports, and this keeps. */
type Reported = Extract<JobOutput, { type: "snapshot" }>;

interface Kept extends Snapshot {
  readonly weights: Float32Array | Uint16Array;
}

export interface Snapshot {
  readonly imagesSeen: number;
  /** Keras's metrics, at an epoch's end. */
  readonly epoch: Epoch | null;
  /** Of each validation image: the log-odds of the right class, and the class answered. */
  readonly logOdds: Float32Array;
  readonly answers: Uint8Array;
}

export interface SnapshotsState {
  /** Images seen at the moments that all networks have, ascending. */
  readonly moments: ReadonlySignal<readonly number[]>;
  /** Where the visitor holds the page, in images seen; "now" follows the training at a readable pace. */
  readonly playhead: ReadonlySignal<number | "now">;
  /** The moment shown, always one of `moments`; null before there is one. */
  readonly shown: ReadonlySignal<number | null>;
  /** Moves the playhead to the nearest moment, or back to now. */
  move(to: number | "now"): void;
  /** A network's snapshot at a moment; null where it is not kept. */
  at(network: number, moment: number): Snapshot | null;
  /** A network's weights at a moment; exact from the last common moment on, else rounded to f16. */
  weights(network: number, moment: number): Float32Array | null;
}

export interface SnapshotsKeeper extends SnapshotsState {
  /** Forgets all, for a training of so many networks. `step` and `epoch` are the images of a batch and of an epoch. */
  begin(networks: number, step: number, epoch: number): void;
  add(network: number, snapshot: Reported): void;
  /** Nothing more comes of a network: where it diverged, its last moment stands for all later ones. */
  end(network: number): void;
  /** Forgets what only some networks have. */
  cut(): void;
  reset(): void;
  /** The last moment that all networks have. */
  lastCommon(): number | null;
}

export function keepSnapshots(room = ROOM): SnapshotsKeeper {
  const moments = signal<readonly number[]>([]);
  const playhead = signal<number | "now">("now");
  const shown = signal<number | null>(null);
  /** By network, then by images seen. */
  let kept: Map<number, Kept>[] = [];
  /** The networks of which nothing more comes. */
  let ended = new Set<number>();
  /** Moments that are not kept of any network. */
  let spared = new Set<number>();
  let scale: Scale = scaleOf(1, 1);
  let firstEpoch = 1;
  let replay: ReturnType<typeof setTimeout> | undefined;

  const reset = (): void => {
    clearTimeout(replay);
    replay = undefined;
    kept = [];
    ended = new Set();
    spared = new Set();
    batch(() => {
      moments.value = [];
      shown.value = null;
      playhead.value = "now";
    });
  };

  const find = (network: number, moment: number): Kept | null => {
    const its = kept[network];
    const last = ended.has(network) ? [...(its?.values() ?? [])].at(-1) : undefined;
    const stands = last && moment > last.imagesSeen ? last : null;
    return its?.get(moment) ?? stands;
  };

  const common = (): number[] => {
    const all = new Set(kept.flatMap((its) => [...its.keys()]));
    return [...all]
      .filter((moment) => kept.every((_, network) => find(network, moment)))
      .sort((a, b) => a - b);
  };

  /** The last epoch's end that all have: a training can begin again there, so it is kept exactly. */
  const lastCommonEnd = (): number =>
    common()
      .filter((moment) => moment % firstEpoch === 0)
      .at(-1) ?? 0;

  /** Rounds what lies before that, then leaves moments out until there is room. */
  const makeRoom = (): void => {
    const last = lastCommonEnd();
    for (const its of kept) {
      for (const [moment, snapshot] of its) {
        if (moment < last && snapshot.weights instanceof Float32Array) {
          its.set(moment, { ...snapshot, weights: toHalf(snapshot.weights) });
        }
      }
    }
    while (size(kept) > room) {
      const moment = spareable();
      if (moment === null) return;
      spared.add(moment);
      for (const its of kept) its.delete(moment);
    }
  };

  const spareable = (): number | null => {
    const shared = common();
    const end = lastCommonEnd();
    const inCommon = mostSpareable(
      shared.filter((moment) => moment !== end),
      scale,
    );
    if (inCommon !== null && shared.length > LEAST_MOMENTS) return inCommon;
    // What only the quicker networks have, beginning with the last common moment, which stays.
    const last = shared.at(-1) ?? -1;
    const ahead = new Set(
      kept.flatMap((its) => [...its.keys()].filter((moment) => moment >= last)),
    );
    return mostSpareable(
      [...ahead].sort((a, b) => a - b),
      scale,
    );
  };

  /** Shows one moment of the first epoch after another; later, the newest. */
  const follow = (): void => {
    if (playhead.peek() !== "now" || replay !== undefined) return;
    const all = moments.peek();
    const now = shown.peek() ?? -1;
    const coming = all.find((moment) => moment > now);
    if (coming === undefined) return;
    const isEarly = coming <= firstEpoch;
    shown.value = isEarly ? coming : (all.at(-1) ?? coming);
    replay = setTimeout(
      () => {
        replay = undefined;
        follow();
      },
      isEarly ? FIRST_EPOCH_PACE : LATER_PACE,
    );
  };

  const update = (): void => {
    const all = common();
    batch(() => {
      moments.value = all;
      const held = playhead.peek();
      // What was shown may have been left out.
      if (held !== "now") shown.value = nearest(all, held);
      else if (shown.peek() !== null) shown.value = lastUpTo(all, shown.peek() ?? 0);
    });
    follow();
  };

  return {
    moments,
    playhead,
    shown,
    move(to) {
      batch(() => {
        playhead.value = to;
        const all = moments.peek();
        shown.value = to === "now" ? (all.at(-1) ?? null) : nearest(all, to);
      });
    },
    at: find,
    weights(network, moment) {
      const weights = find(network, moment)?.weights;
      if (!weights) return null;
      return weights instanceof Float32Array ? weights : fromHalf(weights);
    },
    begin(networks, step, epoch) {
      reset();
      kept = Array.from({ length: networks }, () => new Map<number, Kept>());
      scale = scaleOf(step, epoch);
      firstEpoch = epoch;
    },
    add(network, snapshot) {
      const { images_seen: imagesSeen, epoch, weights, log_odds: logOdds, answers } = snapshot;
      if (!weights || !logOdds || !answers || spared.has(imagesSeen)) return;
      ended.delete(network);
      kept[network]?.set(imagesSeen, { imagesSeen, epoch, logOdds, answers, weights });
      makeRoom();
      update();
    },
    end(network) {
      ended.add(network);
      update();
    },
    cut() {
      const all = new Set(common());
      for (const its of kept) {
        for (const moment of its.keys()) if (!all.has(moment)) its.delete(moment);
      }
      update();
    },
    reset,
    lastCommon: () => common().at(-1) ?? null,
  };
}

function size(kept: readonly Map<number, Kept>[]): number {
  let bytes = 0;
  for (const its of kept) {
    for (const { weights, logOdds, answers } of its.values()) {
      bytes += weights.byteLength + logOdds.byteLength + answers.byteLength;
    }
  }
  return bytes;
}

function nearest(moments: readonly number[], to: number): number | null {
  const distance = (moment: number): number => Math.abs(moment - to);
  return moments.reduce<number | null>(
    (best, moment) => (best === null || distance(moment) < distance(best) ? moment : best),
    null,
  );
}

function lastUpTo(moments: readonly number[], limit: number): number | null {
  return moments.filter((moment) => moment <= limit).at(-1) ?? moments[0] ?? null;
}
