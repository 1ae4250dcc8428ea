// Beneath the rows: what the scale says.

import { AGAINST, ON } from "../../words/sure.js";
import { placer, type Range, ticksOf } from "./scale.js";

export function Axis({ range }: { range: Range }) {
  const zero = percentage(placer(range)(0));
  return (
    <svg class="sure-axis" aria-hidden="true">
      {ticksOf(range).map(({ place, label, isMajor }) => (
        <text key={place} class={isMajor ? "" : "minor"} x={percentage(place)} y="14">
          {label}
        </text>
      ))}
      <svg x={zero} class="sides">
        <text x="-8" y="32" text-anchor="end">
          {AGAINST}
        </text>
        <text x="8" y="32">
          {ON}
        </text>
      </svg>
    </svg>
  );
}

const percentage = (place: number): string => `${(100 * place).toFixed(2)}%`;
