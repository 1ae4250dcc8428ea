// What each unit of the layer before the output adds to a digit's score: a row of bars a part, which is also a slider.

import type { ReadonlySignal } from "@preact/signals";
import { useMemo } from "preact/hooks";

import type { App } from "../../state/app.js";
import type { Answerer } from "../../state/networks.js";
import { scoreText, signed, unitsTwin, unitText } from "../../words/layer.js";
import { partName } from "../../words/layer-parts.js";
import { Canvas, contextOf } from "../canvas.js";
import { colour, networkClass } from "../canvas-colours.js";
import { NetworkName } from "../network-name.js";
import type { LastLayer } from "./anatomy.js";
import { paintUnits } from "./paint-units.js";
import { type Scores, sum, unitAfter } from "./scores.js";

/** A unit of a network, counted from 0. */
export interface Pointed {
  readonly slot: number;
  readonly unit: number;
}

interface UnitsProps {
  readonly app: App;
  readonly answerer: Answerer;
  readonly layer: LastLayer;
  readonly digit: number;
  /** Of all networks, for that digit. */
  readonly scores: ReadonlySignal<readonly (Scores | null)[]>;
  /** What fills half of a row. */
  readonly most: ReadonlySignal<number>;
  readonly pointed: ReadonlySignal<Pointed | null>;
  readonly onPoint: (to: Pointed | null) => void;
}

export function Units(props: UnitsProps) {
  const { answerer, layer, digit, scores, most, pointed, onPoint } = props;
  const { slot, name } = answerer;
  const { units, formula, word, parts } = layer;
  const its = scores.value[slot] ?? null;
  const names = parts.map((by) => partName(by, formula, word));
  const sums = its ? its.parts.map((values, at) => [names[at] ?? "", sum(values)] as const) : [];
  const unit = pointed.value?.slot === slot ? pointed.value.unit : null;
  const paint = useMemo(
    () => (canvas: HTMLCanvasElement) => {
      const made = contextOf(canvas);
      if (!made) return;
      const point = pointed.value?.slot === slot ? pointed.value.unit : null;
      const values = scores.value[slot]?.parts;
      const rows = parts.map((_, at) => values?.[at] ?? null);
      const inks = {
        bar: colour(networkClass(slot)),
        line: colour("control-border"),
        pointed: colour("rule"),
      };
      paintUnits(made.context, made, { rows, units, most: most.value, pointed: point }, inks);
    },
    [scores, most, pointed, slot, units, parts.length],
  );
  const pointAt = (event: PointerEvent & { currentTarget: Element }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - left) / width) * units);
    onPoint({ slot, unit: Math.min(Math.max(at, 0), units - 1) });
  };
  return (
    <div class={`units ${networkClass(slot)} parts-${parts.length}`} data-model={name}>
      <p class="units-head">
        <NetworkName place={slot} name={name} />
        <span class="score">{scoreText(its && its.score)}</span>
      </p>
      <ul class="units-parts">
        {names.map((part, at) => (
          <li key={part}>
            <span class={layer.parts[at] === "activation" ? "" : "formula"}>{part}</span>
            <span>{sums[at] ? signed(sums[at][1]) : "–"}</span>
          </li>
        ))}
      </ul>
      <div
        class="units-bars"
        role="slider"
        tabIndex={0}
        aria-label={`Units of ${name}`}
        aria-valuemin={1}
        aria-valuemax={units}
        aria-valuenow={(unit ?? 0) + 1}
        aria-valuetext={
          unit === null
            ? unitsTwin(name, units, sums, digit)
            : unitText(name, unit + 1, addedBy(its, names, unit), digit)
        }
        onPointerDown={pointAt}
        onPointerMove={(event) => {
          if (event.pointerType !== "touch") pointAt(event);
        }}
        onPointerLeave={(event) => {
          if (event.pointerType !== "touch") onPoint(null);
        }}
        onBlur={() => onPoint(null)}
        onKeyDown={(event) => {
          if (event.altKey || event.ctrlKey || event.metaKey) return;
          if (event.key === "Escape" && unit !== null) return onPoint(null);
          const to = unitAfter(event.key, unit, units);
          if (to === null) return;
          event.preventDefault();
          onPoint({ slot, unit: to });
        }}
      >
        <Canvas paint={paint} when="seen" aria-hidden="true" />
      </div>
    </div>
  );
}

/** What a unit's parts add. */
export function addedBy(scores: Scores | null, names: readonly string[], unit: number) {
  if (!scores) return [];
  return scores.parts.map((values, at) => [names[at] ?? "", values[unit] ?? NaN] as const);
}
