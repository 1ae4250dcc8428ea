// The link to the experiment that is shown.

import { linkTo } from "../../lib/link.js";
import type { App } from "../../state/app.js";
import type { Linked } from "../../words/share.js";

export interface ExperimentLink {
  readonly address: string;
  readonly linked: Linked;
}

/** To the run that is shown, or before there is one, to the settings. A stopped run's link has the epochs it had. */
export function linkOf({ training, settings, study }: App): ExperimentLink {
  const phase = training.phase.value;
  const experiment = training.experiment.value;
  if (!experiment) return { address: settings.link.value, linked: { type: "settings" } };
  const { hash } = experiment;
  const epochs = phase.type === "finished" ? phase.stoppedAfter : null;
  if (epochs === null || epochs === 0) return { address: linkTo(hash), linked: { type: "run" } };
  const shorter = study.study.with_value(hash, "epochs", String(epochs));
  return { address: linkTo(shorter), linked: { type: "stopped", epochs } };
}
