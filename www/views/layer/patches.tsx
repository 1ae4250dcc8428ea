// What each network looks for first: the weights into the first units of its first layer, as pictures of 28 by 28.

import { useMemo } from "preact/hooks";

import type { App } from "../../state/app.js";
import type { Answerer } from "../../state/networks.js";
import { PATCHES_HINT, PATCHES_TITLE, patchesTwin } from "../../words/layer.js";
import { Canvas, contextOf } from "../canvas.js";
import { colour } from "../canvas-colours.js";
import { NetworkName } from "../network-name.js";
import { canvasOf, fullOf, pictureOf, rgb } from "./paint-weights.js";

const SIDE = 28;
/** As many as the style sheet has room for where there is most. */
const MOST = 15;
/** Between two, in CSS pixels. */
const GAP = 4;

export function Patches({ app }: { app: App }) {
  return (
    <div class="patches">
      <h3>{PATCHES_TITLE}</h3>
      <p class="quiet">{PATCHES_HINT}</p>
      {app.networks.list.value.map((answerer) => (
        <Row key={answerer.name} app={app} answerer={answerer} />
      ))}
    </div>
  );
}

function Row({ app, answerer }: { app: App; answerer: Answerer }) {
  const { slot, name, weights } = answerer;
  const values = useMemo(
    () => (weights ? app.study.study.patches(slot, MOST) : new Float32Array()),
    [app, slot, weights],
  );
  const paint = useMemo(
    () => (canvas: HTMLCanvasElement) => {
      void app.networks.list.value; // follows the weights
      paintPatches(canvas, app.study.study.patches(slot, MOST));
    },
    [app, slot],
  );
  return (
    <div data-model={name}>
      <p class="patches-name">
        <NetworkName place={slot} name={name} />
      </p>
      <Canvas
        paint={paint}
        when="seen"
        role="img"
        aria-label={patchesTwin(name, values.length / SIDE ** 2, values)}
      />
    </div>
  );
}

/** As many as there is room for, each as high as the canvas. */
function paintPatches(canvas: HTMLCanvasElement, values: Float32Array): void {
  const made = contextOf(canvas);
  if (!made) return;
  const { context, width, height } = made;
  const room = Math.round((width + GAP) / (height + GAP));
  const count = Math.min(room, values.length / SIDE ** 2);
  const inks = { positive: rgb(colour("positive")), negative: rgb(colour("negative")) };
  if (count === 0) return;
  // One below another.
  const all = canvasOf(pictureOf(values, SIDE, fullOf(values), inks));
  context.imageSmoothingEnabled = false;
  context.strokeStyle = colour("rule");
  for (let unit = 0; unit < count; unit++) {
    const left = unit * (height + GAP);
    context.drawImage(all, 0, unit * SIDE, SIDE, SIDE, left, 0, height, height);
    context.strokeRect(left + 0.5, 0.5, height - 1, height - 1);
  }
}
