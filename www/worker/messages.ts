// What passes between the page and a worker of its pool.

import type { EvaluateJob, JobOutput, TrainJob } from "../pkg/mnist_cubic.js";

/** A pure job: nothing outside changes its result. */
export type JobSpec =
  /** From the state after `epoch` epochs; without weights, from the seed's start. */
  | { type: "train"; config: TrainJob; epoch: number; weights: Float32Array | null }
  /** Of weights, on the test images. */
  | { type: "evaluate"; config: EvaluateJob; weights: Float32Array }
  /** Of one digit's training images, for telling what is unlike them. */
  | { type: "features"; digit: number };

/** From the page. */
export type Request =
  /** First of all, once: the compiled program. */
  | { type: "open"; module: WebAssembly.Module }
  /** A digit's images, as two IDX files. Each digit and part comes once. */
  | {
      type: "images";
      part: "train" | "test";
      digit: number;
      images: Uint8Array<ArrayBuffer>;
      fileIndices: Uint8Array<ArrayBuffer>;
    }
  | { type: "begin"; id: number; job: JobSpec }
  /** Forgets a job that is not wanted any more. */
  | { type: "drop"; id: number }
  /** Training rests; evaluations and features go on. */
  | { type: "pause" }
  | { type: "resume" }
  /** Advances a training to so many images seen, even while paused; it reports a snapshot there. */
  | { type: "go_to"; id: number; imagesSeen: number };

/** From a worker. */
export type Report =
  /** It has opened the program. */
  | { type: "ready" }
  /** A heartbeat: sent after some work without anything else to report. */
  | { type: "alive" }
  | { type: "outputs"; id: number; outputs: JobOutput[]; isFinished: boolean }
  /** A job that cannot be: its settings, images or weights are wrong. The sentence says how. */
  | { type: "refused"; id: number; sentence: string }
  /** Nothing can be expected of this worker any more. */
  | { type: "panic"; reason: string };
