// Puts the page's state together, part by part. It fetches nothing, and asks the browser for nothing by itself: the
// page is prerendered from it, too.

import { computed } from "@preact/signals";

import type { Study } from "../pkg/mnist_cubic.js";
import { keepAblation } from "./ablation.js";
import { openAblated } from "./ablation-scores.js";
import type { Address } from "./address.js";
import type { App } from "./app.js";
import { openCards } from "./cards/cards.js";
import { openDrawing } from "./drawing.js";
import type { ImagesState } from "./images.js";
import { keepLog, type LogKeeper } from "./log/log.js";
import { type NetworksKeeper, openNetworks } from "./networks.js";
import { openView } from "./sections.js";
import { openSettings } from "./settings.js";
import { keepSnapshots } from "./snapshots.js";
import { keepStudy, type StudyKeeper } from "./study.js";
import { openTested } from "./tested.js";
import { openTraining, type TrainingKeeper, type TrainingParts } from "./training.js";
import type { Machine } from "./worker-count.js";

/** What the state is made of. */
export interface Parts {
  readonly study: Study;
  readonly address: Address;
  readonly images: ImagesState;
  readonly pool: TrainingParts["pool"];
  readonly machine: Machine;
}

/** The state, with what only the state itself may do. */
export interface Assembled extends App {
  readonly study: StudyKeeper;
  readonly networks: NetworksKeeper;
  readonly training: TrainingKeeper;
  readonly log: LogKeeper;
}

export function assemble({ study: compiled, address, images, pool, machine }: Parts): Assembled {
  const view = openView(address);
  const study = keepStudy(compiled);
  const settings = openSettings(compiled, address);
  const drawing = openDrawing(compiled, images);
  const snapshots = keepSnapshots();
  const ablation = keepAblation(compiled);

  // Each of the two asks the other, but not before both are there.
  let networks: NetworksKeeper | null = null;
  const training = openTraining({
    study,
    settings,
    images,
    snapshots,
    pool,
    machine,
    onFreshWeights: () => networks?.forgetFiles(),
  });
  const isActive = (): boolean => training.isActive.peek();
  networks = openNetworks(
    study,
    settings,
    drawing,
    snapshots,
    training.experiment,
    isActive,
    ablation,
  );
  const cards = openCards({ study, settings, images, training });
  const log = keepLog({ study, settings, images, snapshots, training });
  const tested = openTested({ networks, images, snapshots, training, pool });
  const ablated = openAblated({ ablation, networks, images, snapshots, training, pool });
  const demonstration = {
    isShown: computed(() => drawing.content.value.type === "demonstration"),
  };
  return {
    ablation,
    ablated,
    view,
    study,
    settings,
    images,
    drawing,
    networks,
    snapshots,
    training,
    tested,
    demonstration,
    cards,
    log,
  };
}
