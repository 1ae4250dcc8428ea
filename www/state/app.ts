// The page's whole state, which the views are given.

import type { ReadonlySignal } from "@preact/signals";

import type { Ablation } from "./ablation.js";
import type { AblatedState } from "./ablation-scores.js";
import type { CardsState } from "./cards/cards.js";
import type { DrawingState } from "./drawing.js";
import type { ImagesState } from "./images.js";
import type { LogState } from "./log/log.js";
import type { NetworksState } from "./networks.js";
import type { ViewState } from "./sections.js";
import type { SettingsState } from "./settings.js";
import type { SnapshotsState } from "./snapshots.js";
import type { StudyState } from "./study.js";
import type { TestedState } from "./tested.js";
import type { TrainingState } from "./training.js";

export interface App {
  /** Which parts of it are seen. */
  readonly view: ViewState;
  readonly study: StudyState;
  readonly settings: SettingsState;
  readonly images: ImagesState;
  readonly drawing: DrawingState;
  readonly networks: NetworksState;
  readonly snapshots: SnapshotsState;
  readonly training: TrainingState;
  /** Parts of custom layers that are taken away, and how networks do without them. */
  readonly ablation: Ablation;
  readonly ablated: AblatedState;
  readonly tested: TestedState;
  /** Experiments to try. */
  readonly cards: CardsState;
  /** Experiments that were done. */
  readonly log: LogState;
  /** Whether what is on the pad is the page's own. */
  readonly demonstration: { readonly isShown: ReadonlySignal<boolean> };
}
