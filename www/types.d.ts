// What the views see of the page's state. `app.js` implements it.

import type { Comparison, Inspection, Input, ModelKind, Reply, Run, Settings } from "./messages.d.ts";

/** A reply of one type. */
export type ReplyOf<T extends Reply["type"]> = Extract<Reply, { type: T }>;

/** One answer for each model; `null` where the model is not there or could not answer. */
export type PerModel<T> = Record<ModelKind, T | null>;

/** As `body[data-state]`, which is "loading" before there is an app. */
export type State = "ready" | "training" | "paused" | "finished" | "failed";

/** What is known of one model. */
export type ModelInfo = {
  kind: ModelKind;
  /** Whether its worker runs. */
  alive: boolean;
  /** Where its weights come from: nowhere, the site's own file, this page's training, or a file. */
  weights: "none" | "first_visit" | "trained" | "file";
  /** The digits that the weights know; empty without weights. */
  digits: number[];
};

/** Something that went wrong, and the way on. */
export type Failure = {
  about: "images" | "training";
  sentence: string;
  /** The name of the button that goes on. */
  action: string;
  act: () => void;
};

/** The events of {@link App}, none with a detail: read the app. */
export type AppEvent =
  /** `state` changed. */
  | "state"
  /** Part of an epoch is done: `progress` changed; a few times a second. */
  | "progress"
  /** A model has finished an epoch: `runs` changed, and the model's answers with it. */
  | "epoch"
  /** `comparison` changed. */
  | "comparison"
  /** `settings`, `hash` or `problems` changed. */
  | "settings"
  /** A model's weights changed otherwise than by an epoch: loaded, reset, or a run finished. */
  | "weights"
  /** `models` changed: one came, went, or was lost. */
  | "models"
  /** Images arrived, or their loading changed. */
  | "data";

/** What the models made of the test images at the end of a run; `null` of one that diverged. */
export type Inspected = { /** From 0. */ run: number; models: PerModel<Inspection> };

/** The page's state and what it can do. */
export interface App extends EventTarget {
  readonly state: State;
  /** The form's settings: those of the next training. */
  readonly settings: Settings;
  /** The settings of `runs`; `null` before the first training. */
  readonly runSettings: Settings | null;
  /** The runs shown, oldest first. */
  readonly runs: Run[];
  /** The run, from 0, that a model is in or ended with; `null` without one. */
  runOf(kind: ModelKind): number | null;
  readonly comparison: Comparison | null;
  readonly models: PerModel<ModelInfo>;
  /** Of the latest run that every model has ended. */
  readonly inspected: Inspected | null;

  /** Classifies with every model. Never rejects. */
  predict(input: Input): Promise<PerModel<ReplyOf<"prediction">>>;
  /** Takes the custom network's answer apart. Never rejects. */
  explain(input: Input): Promise<ReplyOf<"contributions"> | null>;
  /** Classifies the test images with every model. Never rejects. */
  inspect(): Promise<PerModel<ReplyOf<"inspection">>>;
  /** The custom network's V and W. Never rejects. */
  showCubic(): Promise<ReplyOf<"cubic_weights"> | null>;
  /** The 784 bytes of a test image; `null` while it is not loaded. */
  testImage(position: number): Uint8Array | null;
  /** Where a digit's test images lie in MNIST's test file; empty while they are not loaded. */
  testPositions(digit: number): number[];
}
