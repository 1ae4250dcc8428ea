// V and W of every custom layer as pictures: a column an input, a row a unit.

import { useMemo } from "preact/hooks";

import type { TensorSummary } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import type { Answerer } from "../../state/networks.js";
import { matrixText, NO_MATRICES } from "../../words/layer.js";
import { Canvas } from "../canvas.js";
import { colour, networkClass } from "../canvas-colours.js";
import { fullOf, pictureOf, rgb } from "./paint-weights.js";

export function Matrices({ app }: { app: App }) {
  const matrices = app.networks.list.value.flatMap((answerer) =>
    matricesOf(app, answerer).map((tensor) => ({ answerer, tensor })),
  );
  if (matrices.length === 0) return <p class="quiet">{NO_MATRICES}</p>;
  return (
    <div class="weight-matrices">
      {matrices.map(({ answerer, tensor }) => (
        <Matrix
          key={`${answerer.name} ${tensor.name}`}
          app={app}
          slot={answerer.slot}
          name={answerer.name}
          tensor={tensor}
        />
      ))}
    </div>
  );
}

function matricesOf({ study: { study } }: App, { layers, digits, weights }: Answerer) {
  if (!weights) return [];
  const tensors = study.tensors(layers, new Uint8Array(digits), weights);
  return tensors.filter(({ name }) => /\.[vw]$/.test(name));
}

interface MatrixProps {
  readonly app: App;
  readonly slot: number;
  readonly name: string;
  readonly tensor: TensorSummary;
}

function Matrix({ app, slot, name, tensor }: MatrixProps) {
  const { start, shape } = tensor;
  const [inputs = 1, units = 1] = shape;
  const paint = useMemo(
    () => (canvas: HTMLCanvasElement) => {
      const weights = app.networks.list.value[slot]?.weights;
      const context = canvas.getContext("2d");
      if (!weights || !context) return;
      const stored = weights.subarray(start, start + inputs * units);
      // They are stored input by input.
      const values = Float32Array.from(
        stored,
        (_, at) => stored[(at % inputs) * units + Math.floor(at / inputs)] ?? 0,
      );
      const inks = { positive: rgb(colour("positive")), negative: rgb(colour("negative")) };
      const picture = pictureOf(values, inputs, fullOf(values), inks);
      // A pixel a weight, which the style sheet enlarges.
      canvas.width = inputs;
      canvas.height = units;
      context.putImageData(picture, 0, 0);
    },
    [app, slot, start, inputs, units],
  );
  const [layer = "", letter = ""] = tensor.name.split(".");
  const title = `${letter.toUpperCase()} of ${name}’s ${layer} layer`;
  return (
    <figure
      class={`weight-matrix ${networkClass(slot)}`}
      data-tensor={tensor.name}
      data-model={name}
    >
      <Canvas
        paint={paint}
        when="seen"
        role="img"
        aria-label={title}
        width={inputs}
        height={units}
      />
      <figcaption>
        <b>{title}</b> {matrixText(tensor)}
      </figcaption>
    </figure>
  );
}
