// The layer: its function, what its units add to the answer, what is left without a part of it, and the weights.

import { useComputed, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";

import type { App } from "../../state/app.js";
import {
  LAYER_TITLE,
  MATRICES_TITLE,
  scaleText,
  SCORES_TITLE,
  UNITS_HINT,
  UNITS_TITLE,
  unitText,
} from "../../words/layer.js";
import { partName } from "../../words/layer-parts.js";
import { Switch } from "../learn/switch.js";
import { Slot } from "../verdict/slot.js";
import { AblationSwitches } from "./ablation.js";
import { customLayersOf, type LastLayer, lastLayerOf } from "./anatomy.js";
import { Curves } from "./curves.js";
import { Fold } from "./fold.js";
import { Patches } from "./patches.js";
import { largest, scoresOf } from "./scores.js";
import { Tables } from "./tables.js";
import { addedBy, type Pointed, Units } from "./units.js";
import { Matrices } from "./weight-matrices.js";

export function Layer({ app }: { app: App }) {
  const networks = app.networks.list.value;
  const words = useMemo(() => app.study.study.layer_words(), [app]);
  const custom = customLayersOf(networks, words);
  const lasts = networks.map(({ layers }) => lastLayerOf(layers, words));
  /** The digit that the visitor has chosen; null: the answer. */
  const chosen = useSignal<number | null>(null);
  const pointed = useSignal<Pointed | null>(null);

  const digits = [...new Set(networks.flatMap((one) => one.digits))].sort((a, b) => a - b);
  const choices = digits.length > 0 ? digits : app.settings.digits.value;
  const digit = useComputed(() => {
    const known = new Set(app.networks.list.value.flatMap((one) => one.digits));
    if (chosen.value !== null && known.has(chosen.value)) return chosen.value;
    const answer = app.networks.answers.value.find((one) => one && !one.diverged);
    return answer?.digit ?? app.settings.digits.value[0] ?? 0;
  });
  const scores = useComputed(() =>
    app.networks.list.value.map(({ slot, digits: its }) => {
      const contributions = app.networks.contributions(slot);
      return contributions && scoresOf(contributions, its.indexOf(digit.value));
    }),
  );
  const most = useComputed(() =>
    largest(app.networks.list.value.map(({ slot }) => app.networks.contributions(slot))),
  );

  return (
    <section id="layer" aria-labelledby="layer-title">
      <h2 id="layer-title">{LAYER_TITLE}</h2>
      <div class="layer-parts">
        <Curves app={app} layers={custom} />
        <div class="layer-units">
          <div class="units-title">
            {UNITS_TITLE}{" "}
            <Switch
              legend="Digit whose score is taken apart"
              choices={[
                ["answer", "answer"],
                ...choices.map((one) => [String(one), String(one)] as const),
              ]}
              value={String(chosen.value ?? "answer")}
              onChoose={(one) => (chosen.value = one === "answer" ? null : Number(one))}
            />
          </div>
          {networks.map((answerer) => {
            const layer = lasts[answerer.slot];
            return (
              layer && (
                <Units
                  key={answerer.name}
                  app={app}
                  answerer={answerer}
                  layer={layer}
                  digit={digit.value}
                  scores={scores}
                  most={most}
                  pointed={pointed}
                  onPoint={(to) => (pointed.value = to)}
                />
              )
            );
          })}
          <Slot class="units-said quiet" longest={longestSaid(networks, lasts)}>
            {said() ?? `${scaleText(most.value)} ${UNITS_HINT}`}
          </Slot>
        </div>
        <AblationSwitches app={app} layers={custom} />
      </div>
      <Patches app={app} />
      <Fold title={SCORES_TITLE}>
        {() => <Tables app={app} layers={lasts} digit={digit.value} scores={scores} />}
      </Fold>
      <Fold title={MATRICES_TITLE}>{() => <Matrices app={app} />}</Fold>
    </section>
  );

  /** What the unit pointed at adds; null where none is. */
  function said(): string | null {
    const at = pointed.value;
    const [network, layer] = at ? [networks[at.slot], lasts[at.slot]] : [];
    if (!at || !network || !layer) return null;
    const names = layer.parts.map((by) => partName(by, layer.formula, layer.word));
    const added = addedBy(scores.value[at.slot] ?? null, names, at.unit);
    return unitText(network.name, at.unit + 1, added, digit.value);
  }
}

/** As long as what is said of a unit of any of them may become. */
function longestSaid(
  networks: readonly { readonly name: string }[],
  layers: readonly LastLayer[],
): string {
  const texts = layers.map(({ parts, formula, word }, slot) => {
    const added = parts.map((by) => [partName(by, formula, word), -88.88] as const);
    return unitText(networks[slot]?.name ?? "", 888, added, 0);
  });
  return texts.reduce((a, b) => (b.length > a.length ? b : a), `${scaleText(888.8)} ${UNITS_HINT}`);
}
