// The experiment's histories, as the study has them.

import { effect, untracked, useComputed, useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import type { App } from "../../state/app.js";
import { follow } from "../follow.js";

export type Histories = ReturnType<typeof histories>;

/** What is trained or was, or else would be. */
function histories({ study, training, settings }: App) {
  const experiment = training.experiment.value;
  const networks = experiment?.networks ?? settings.networks.value;
  const seeds = experiment?.seeds ?? [];
  return study.read((one) => ({
    names: networks.map(({ name }) => name),
    epochs: experiment?.epochs ?? Number(settings.texts.value.get("epochs") ?? 1),
    /** Images seen in an epoch; 0 as long as that is not known. */
    imagesInEpoch: experiment?.trainingImages ?? 0,
    /** By run, the shown one first; in it by network. */
    runs: seeds.map((_, run) => networks.map((__, network) => one.history(run, network))),
    /** The ten runs, by network; null where they were made with other settings. */
    reference: networks.map((_, network) => one.reference_curves(network)),
  }));
}

/** All histories, read once a frame at most: with many runs, epochs come faster than they can be drawn. */
export function useHistories(app: App): ReadonlySignal<Histories> {
  const frame = useSignal(0);
  useEffect(() => {
    let waiting: number | null = null;
    const stop = effect(() => {
      follow(app.study.revision, app.training.experiment, app.settings.hash);
      waiting ??= requestAnimationFrame(() => {
        waiting = null;
        frame.value++;
      });
    });
    return () => {
      stop();
      if (waiting !== null) cancelAnimationFrame(waiting);
    };
  }, [app, frame]);
  return useComputed(() => {
    follow(frame);
    return untracked(() => histories(app));
  });
}
