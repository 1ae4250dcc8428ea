// Which network leads at the moment read, over several runs: for each pair by how much, with its interval.

import type { App } from "../../state/app.js";
import { leadNote, leadText, longestLead } from "../../words/differences.js";
import { pairsOf } from "../pairs.js";
import { Slot } from "../verdict/slot.js";

interface LeadsProps {
  readonly app: App;
  readonly names: readonly string[];
  /** In epochs; null where there is nothing to read. */
  readonly moment: number | null;
}

export function Leads({ app: { study, training, settings }, names, moment }: LeadsProps) {
  const experiment = training.experiment.value;
  const runs = experiment?.seeds.length ?? Number(settings.texts.value.get("runs"));
  if (runs < 2 || names.length < 2) return null;
  // Between epochs, only the run shown is known.
  const isEpoch = experiment !== null && moment !== null && moment >= 1 && Number.isInteger(moment);
  const told = isEpoch ? study.read((it) => it.differences(moment)) : null;
  return (
    <div id="leads">
      {pairsOf(names.length).map(([a, b], pair) => {
        const theirs = [names[a] ?? "", names[b] ?? ""] as const;
        const measures = told && told.epoch === moment ? told.pairs[pair]?.measures : [];
        return (
          <Slot key={theirs.join()} longest={longestLead(theirs, names.length > 2)}>
            {leadText(measures?.slice(0, 2) ?? [], theirs, names.length > 2)}
          </Slot>
        );
      })}
      <p class="quiet">{told ? leadNote(told.significance) : "\u00a0"}</p>
    </div>
  );
}
