// How the drawing flows through a network: a row of squares a layer, one a unit, the brighter the more it is active.

import { useMemo } from "preact/hooks";

import type { LayerWord } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import type { Answerer } from "../../state/networks.js";
import { layersText } from "../../words/flow.js";
import { Canvas } from "../canvas.js";
import { colour, networkClass } from "../canvas-colours.js";
import { thousands } from "../numbers.js";
import { layersOf, paintRows, rowsText } from "./rows.js";

export function Flow({ app, answerer }: { app: App; answerer: Answerer }) {
  const { slot, name } = answerer;
  const layers = layersOf(answerer.layers);
  const words = useMemo(() => app.study.study.layer_words(), [app]);
  const paint = useMemo(
    () => (canvas: HTMLCanvasElement) => {
      const its = app.networks.list.value[slot];
      // What is not shown here costs nothing.
      if (!its || canvas.clientWidth === 0) return;
      paintRows(
        canvas,
        layersOf(its.layers).map(({ units }) => units),
        app.networks.activations(slot),
        colour(networkClass(slot)),
      );
    },
    [app, slot],
  );
  return (
    <div class={`flow ${networkClass(slot)}`}>
      <p class="flow-head">
        <b>{name}</b> <span>{architecture(answerer, app, words)}</span>
      </p>
      <div class={`flow-rows layers-${layers.length}`}>
        <ul>
          {layers.map(({ word, units }, place) => (
            <li key={place}>
              {units} {word}
            </li>
          ))}
        </ul>
        <Canvas
          role="img"
          aria-label={rowsText(name, layers, app.networks.activations(slot))}
          paint={paint}
        />
      </div>
    </div>
  );
}

/** 784 → 150 → 100 → x³ 50 → 3 · 143,053 weights */
function architecture(answerer: Answerer, app: App, words: readonly LayerWord[]): string {
  const { slot, digits, weights } = answerer;
  const planned = (app.training.experiment.value ?? { networks: app.settings.networks.value })
    .networks[slot];
  const steps = layersOf(answerer.layers).map(({ word, units }) => {
    const kind = words.find((one) => one.word === word);
    return kind?.family === "custom" ? `${kind.formula} ${units}` : String(units);
  });
  const classes = digits.length || app.settings.digits.value.length;
  return layersText(steps, classes, thousands(weights?.length ?? planned?.parameters ?? 0));
}
