// The page's whole state, which the views are given.

import type { ReadonlySignal } from "@preact/signals";

import type { DrawingState } from "./drawing.js";
import type { ImagesState } from "./images.js";
import type { NetworksState } from "./networks.js";
import type { SettingsState } from "./settings.js";
import type { SnapshotsState } from "./snapshots.js";
import type { StudyState } from "./study.js";
import type { TrainingState } from "./training.js";

export interface App {
  readonly study: StudyState;
  readonly settings: SettingsState;
  readonly images: ImagesState;
  readonly drawing: DrawingState;
  readonly networks: NetworksState;
  readonly snapshots: SnapshotsState;
  readonly training: TrainingState;
  /** Whether what is on the pad is the page's own. */
  readonly demonstration: { readonly isShown: ReadonlySignal<boolean> };
}
