// A job in the pool: where it begins, how far it has come, and who hears of it.

import type { JobOutput } from "../../pkg/mnist_cubic.js";
import type { JobSpec } from "../../worker/messages.js";
import type { Part } from "../images.js";

/** Who hears of a job. */
export interface Listener {
  readonly onOutput: (output: JobOutput) => void;
  readonly onFinished: () => void;
  /** Its workers were lost time and again, or it was refused; the sentence says why. */
  readonly onGivenUp: (sentence: string) => void;
}

export class Task {
  readonly isTraining: boolean;
  /** The images that it needs. */
  readonly part: Part;
  readonly digits: readonly number[];
  /** Workers lost since it last got on. */
  losses = 0;
  /** While trainings are paused: where it is to go, in images seen, or where it rests, once there. */
  goal: number | null = null;
  restsAt: number | null = null;
  /** Images seen at the last snapshot that was passed on. */
  private reached: number;
  /** Epochs that its worker has ended, with those before it began. */
  private ended = 0;

  /** `reached`: images seen at the last snapshot that its listener knows, or null. */
  constructor(
    readonly id: number,
    private spec: JobSpec,
    readonly listener: Listener,
    reached: number | null = null,
  ) {
    this.isTraining = spec.type === "train";
    this.part = spec.type === "evaluate" ? "test" : "train";
    this.digits = spec.type === "features" ? [spec.digit] : spec.config.digits;
    this.reached = reached ?? -1;
  }

  /** What a worker is to be told, which begins it anew. */
  begin(): JobSpec {
    this.ended = this.spec.type === "train" ? this.spec.epoch : 0;
    return this.spec;
  }

  /** Whether its worker should be at it. */
  runs(isPaused: boolean): boolean {
    return !this.isTraining || !isPaused || this.goal !== null;
  }

  /** Passes an output on, unless it had come before the worker was replaced. */
  pass(output: JobOutput): void {
    if (output.type === "snapshot" && output.epoch) this.ended += 1;
    if ("images_seen" in output && output.images_seen <= this.reached) return;
    if (output.type === "snapshot") this.getOn(output);
    this.listener.onOutput(output);
  }

  private getOn({ images_seen, epoch, weights }: Extract<JobOutput, { type: "snapshot" }>): void {
    this.reached = images_seen;
    this.losses = 0;
    if (this.goal !== null && images_seen >= this.goal) {
      this.restsAt = images_seen;
      this.goal = null;
    }
    if (this.spec.type === "train" && epoch && weights) {
      this.spec = { ...this.spec, epoch: this.ended, weights };
    }
  }
}
