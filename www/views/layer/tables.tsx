// The scores in numbers: by class, and for one digit by unit.

import type { ReadonlySignal } from "@preact/signals";

import { softmax } from "../../lib/softmax.js";
import type { App } from "../../state/app.js";
import type { Answerer } from "../../state/networks.js";
import { SCORES_HINT, signed } from "../../words/layer.js";
import { partName } from "../../words/layer-parts.js";
import { NetworkName } from "../network-name.js";
import { percent } from "../numbers.js";
import { type LastLayer } from "./anatomy.js";
import { type Scores, scoresOf, sum } from "./scores.js";

interface TablesProps {
  readonly app: App;
  /** The layer before the output, of each network. */
  readonly layers: readonly LastLayer[];
  readonly digit: number;
  readonly scores: ReadonlySignal<readonly (Scores | null)[]>;
}

export function Tables({ app, layers, digit, scores }: TablesProps) {
  return (
    <>
      <p class="quiet">{SCORES_HINT}</p>
      {app.networks.list.value.map((answerer) => {
        const layer = layers[answerer.slot];
        if (!layer) return null;
        const names = layer.parts.map((by) => partName(by, layer.formula, layer.word));
        return (
          <div key={answerer.name} class="scores" data-model={answerer.name}>
            <ByClass app={app} answerer={answerer} names={names} />
            <ByUnit
              name={answerer.name}
              names={names}
              digit={digit}
              scores={scores.value[answerer.slot] ?? null}
            />
          </div>
        );
      })}
    </>
  );
}

function Cell({ value, part }: { value: number; part: string }) {
  return (
    <td data-part={part} data-value={value}>
      {signed(value)}
    </td>
  );
}

interface ByClassProps {
  readonly app: App;
  readonly answerer: Answerer;
  readonly names: readonly string[];
}

function ByClass({ app, answerer: { slot, name, digits }, names }: ByClassProps) {
  const contributions = app.networks.contributions(slot);
  const rows = digits.map((_, place) => (contributions ? scoresOf(contributions, place) : null));
  const chances = softmax(rows.map((row) => row?.score ?? NaN));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`Scores of ${name}`}>
      <table class="by-class">
        <caption>
          <NetworkName place={slot} name={name} />
        </caption>
        <thead>
          <tr>
            <th scope="col">digit</th>
            {[...names, "biases", "score", "chance"].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {digits.map((digit, place) => {
            const row = rows[place];
            return (
              <tr key={digit} data-digit={digit}>
                <th scope="row">{digit}</th>
                {row &&
                  row.parts.map((values, at) => (
                    <Cell key={at} part={names[at] ?? ""} value={sum(values)} />
                  ))}
                {row && <Cell part="biases" value={row.bias} />}
                {row && <Cell part="score" value={row.score} />}
                {row && (
                  <td data-part="chance" data-value={chances[place]}>
                    {Number.isFinite(chances[place]) ? percent(chances[place] ?? 0) : "–"}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface ByUnitProps {
  readonly name: string;
  readonly names: readonly string[];
  readonly digit: number;
  readonly scores: Scores | null;
}

function ByUnit({ name, names, digit, scores }: ByUnitProps) {
  const count = scores?.parts[0]?.length ?? 0;
  return (
    <div class="scroll tall" tabIndex={0} role="region" aria-label={`Unit by unit, ${name}`}>
      <table class="by-unit" data-digit={digit}>
        <caption>Unit by unit, for the {digit}</caption>
        <thead>
          <tr>
            <th scope="col">unit</th>
            {names.map((part) => (
              <th key={part} scope="col">
                {part}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: count }, (_, unit) => (
            <tr key={unit}>
              <th scope="row">{unit + 1}</th>
              {names.map((part, at) => (
                <Cell key={part} part={part} value={scores?.parts[at]?.[unit] ?? NaN} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
