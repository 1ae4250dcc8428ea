// The functions of the experiment's custom layers beside relu, with a point to drag along them.

import { useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";

import type { App } from "../../state/app.js";
import { functionsText, LARGEST, pointText, short, TWICE } from "../../words/layer.js";
import { networkClass } from "../canvas-colours.js";
import { type CustomLayer, functionsOf } from "./anatomy.js";
import { GRID, SIZE, X, across, isSeen, labelPlace, pathOf, up, xAfter, xAt } from "./geometry.js";

/** Any functions up to this number fit side by side. */
const ROOM = 3;
const SCROLLS = { tabIndex: 0, role: "region", "aria-label": "Values at the point" } as const;

interface Curve {
  readonly name: string;
  readonly class: string;
  readonly at: (x: number) => number;
  readonly path: string;
  readonly label: { readonly x: number; readonly y: number };
}

export function Curves({ app, layers }: { app: App; layers: readonly CustomLayer[] }) {
  const functions = functionsOf(layers);
  const key = functions.map(({ word }) => word).join();
  const curves = useMemo(
    () => [
      curveOf(app, "relu", "relu", "plain"),
      ...functions.map(({ word, formula, slot }) =>
        curveOf(app, word, formula, networkClass(slot)),
      ),
    ],
    [app, key],
  );
  const x = useSignal<number>(X.start);
  return (
    <div class="curves">
      <p class="quiet">{functionsText(functions.map(({ word }) => word))}</p>
      <Figure curves={curves} x={x.value} onMove={(to) => (x.value = to)} />
      {/* Of many functions there may not be room for all. */}
      <div class="scroll" {...(curves.length > ROOM && SCROLLS)}>
        <Values curves={curves} x={x.value} largest={largestInput(app, layers[0])} />
      </div>
    </div>
  );
}

function curveOf({ study: { study } }: App, word: string, name: string, kind: string): Curve {
  const values = study.function_values(word, GRID);
  return {
    name,
    class: kind,
    at: (x) => study.function_values(word, new Float32Array([x]))[0] ?? NaN,
    path: pathOf(values),
    label: labelPlace(values),
  };
}

interface FigureProps {
  readonly curves: readonly Curve[];
  readonly x: number;
  readonly onMove: (x: number) => void;
}

function Figure({ curves, x, onMove }: FigureProps) {
  const dragged = useRef<number | null>(null);
  const follow = (event: PointerEvent & { currentTarget: Element }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onMove(xAt((event.clientX - left) / width));
  };
  return (
    <svg
      class="functions"
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      role="slider"
      tabindex={0}
      aria-label="x"
      aria-valuemin={X.least}
      aria-valuemax={X.most}
      aria-valuenow={x}
      aria-valuetext={pointText(
        x,
        curves.map(({ name, at }) => [name, at(x)] as const),
      )}
      onPointerDown={(event) => {
        if (!event.isPrimary || event.button !== 0) return;
        dragged.current = event.pointerId;
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={(event) => {
        if (dragged.current === event.pointerId) follow(event);
      }}
      onPointerUp={() => (dragged.current = null)}
      onPointerCancel={() => (dragged.current = null)}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const to = xAfter(event.key, x);
        if (to === null) return;
        event.preventDefault();
        onMove(to);
      }}
    >
      <clipPath id="functions-frame">
        <rect width={SIZE.width} height={SIZE.height} />
      </clipPath>
      <path class="axes" d={`M0 ${up(0)}H${SIZE.width}M${across(0)} 0V${SIZE.height}`} />
      <text class="axis-name" x={SIZE.width - 4} y={up(0) + 14} text-anchor="end">
        x
      </text>
      <path class="at" d={`M${across(x)} 0V${SIZE.height}`} />
      <g clip-path="url(#functions-frame)">
        {curves.map((curve) => (
          <path key={curve.name} class={`curve ${curve.class}`} d={curve.path} />
        ))}
      </g>
      {curves.map(({ name, label }) => (
        <text key={name} x={label.x - 6} y={Math.max(label.y - 6, 14)} text-anchor="end">
          {name}
        </text>
      ))}
      {curves.map((curve) => {
        const y = curve.at(x);
        return isSeen(y) ? (
          <circle key={curve.name} class={curve.class} cx={across(x)} cy={up(y)} r="6" />
        ) : null;
      })}
    </svg>
  );
}

interface ValuesProps {
  readonly curves: readonly Curve[];
  readonly x: number;
  /** What the drawing sends into a layer; undefined where there is none, null where there is no drawing. */
  readonly largest: number | null | undefined;
}

/** At the point, at twice as much, and where the drawing is. */
function Values({ curves, x, largest }: ValuesProps) {
  const rows: readonly (readonly [string, number | null])[] = [
    ["", x],
    [TWICE, 2 * x],
    ...(largest === undefined ? [] : [[LARGEST, largest] as const]),
  ];
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Values at the point">
      <table class="point-values">
        <thead>
          <tr>
            <th scope="col">x</th>
            {curves.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([before, at]) => (
            <tr key={before}>
              <th scope="row">
                {before}
                {at === null ? "–" : short(at, 1)}
              </th>
              {curves.map(({ name, at: valueAt }) => (
                <td key={name}>{at === null ? "–" : short(valueAt(at))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The largest of the numbers that the drawing sends into a layer. */
function largestInput(app: App, layer: CustomLayer | undefined): number | null | undefined {
  if (!layer) return undefined;
  const { slot, place } = layer;
  const received = app.drawing.received.value;
  const activations = app.networks.activations(slot);
  if (!activations || received.type !== "image") return null;
  const inputs = place === 0 ? received.image : activations[place - 1];
  return inputs?.reduce((a, b) => (Math.abs(b) <= Math.abs(a) ? a : b), 0) ?? null;
}
