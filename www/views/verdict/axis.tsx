// A criterion's axis: of each network a row with the ten runs as thin marks, and the value that stands above as a thick one.

import type { Value } from "../../pkg/mnist_cubic.js";
import { type Criterion, valueText } from "../../words/criteria.js";
import { ticksTwin } from "../../words/moment.js";
import { networkClass } from "../canvas-colours.js";
import { BEFORE, BEYOND, placeOf } from "./scale.js";

/** In CSS pixels. */
const ROW = 11;
const TICK = 3.5;
const MARK = 4;

interface AxisProps {
  readonly criterion: Criterion;
  /** Null where there is nothing to stand beside: the room stays empty. */
  readonly range: readonly [number, number] | null;
  readonly rows: readonly AxisRow[];
}

export interface AxisRow {
  readonly name: string;
  /** Of each of the ten runs. */
  readonly runs: readonly Value[];
  readonly value: Value | null;
}

export function Axis({ criterion, range, rows }: AxisProps) {
  const end = (at: 0 | 1): string =>
    range ? valueText(criterion, { kind: "measured", value: range[at] }) : "";
  return (
    <div class="axis">
      <span aria-hidden="true">{end(0)}</span>
      <svg height={ROW * rows.length} aria-hidden="true">
        {range &&
          rows.map((row, place) => (
            <Row key={row.name} criterion={criterion} range={range} row={row} place={place} />
          ))}
      </svg>
      <span aria-hidden="true">{end(1)}</span>
      {rows.map(
        ({ name, runs }) =>
          runs.length > 0 && (
            <span key={name} class="spoken">
              {ticksTwin(criterion, name, runs)}
            </span>
          ),
      )}
    </div>
  );
}

interface RowProps {
  readonly criterion: Criterion;
  readonly range: readonly [number, number];
  readonly row: AxisRow;
  readonly place: number;
}

function Row({ criterion, range, row: { runs, value }, place }: RowProps) {
  const middle = ROW * (place + 0.5);
  const places = runs.flatMap((run) => placeOf(criterion, run, range) ?? []);
  const own = value && placeOf(criterion, value, range);
  return (
    <g class={networkClass(place)}>
      <line class="rule" x1="0" x2="100%" y1={middle} y2={middle} />
      {places.map((at, run) => (
        <line
          key={run}
          class="tick"
          x1={percentage(at)}
          x2={percentage(at)}
          y1={middle - TICK}
          y2={middle + TICK}
        />
      ))}
      {own !== null && <Mark at={own} middle={middle} />}
    </g>
  );
}

/** A dot, or at an end, for what lies beyond it, an arrow. */
function Mark({ at, middle }: { at: number; middle: number }) {
  if (at !== BEFORE && at !== BEYOND)
    return <circle class="own" cx={percentage(at)} cy={middle} r={MARK} />;
  const tip = at === BEFORE ? -2 * MARK : 2 * MARK;
  return (
    <svg class="beyond" x={percentage(at)} y={middle}>
      <path class="own" d={`M0 ${-MARK}L${tip} 0L0 ${MARK}Z`} />
    </svg>
  );
}

const percentage = (place: number): string =>
  `${(100 * Math.min(1, Math.max(0, place))).toFixed(2)}%`;
