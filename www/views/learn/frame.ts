// Where a chart's plot lies in its picture, and what lies where in it; in CSS pixels.

import { placeOn, valueOn } from "./axes.js";
import type { Plan } from "./chart-plan.js";

const LEFT = 46;
const TOP = 10;
const BOTTOM = 36;
/** About as wide as a letter of a name. */
const LETTER = 7;
/** From a line's end to its name. */
export const LEADER = 14;

export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: (moment: number) => number;
  readonly y: (value: number) => number;
  /** The moment, in epochs, at a place. */
  readonly momentAt: (x: number) => number;
}

/** What stands at a line's end. */
export function endText({ name, hasDiverged }: Plan["lines"][number]): string {
  return hasDiverged ? `${name} ∞` : name;
}

export function frameOf(plan: Plan, width: number, height: number): Frame {
  const texts = [...plan.lines.map(endText), ...plan.overlays.map(({ name }) => name)];
  const letters = Math.max(6, ...texts.map(({ length }) => length));
  const right = LEADER + 6 + Math.min(LETTER * letters, width / 4);
  const [across, down] = [Math.max(40, width - LEFT - right), height - TOP - BOTTOM];
  return {
    left: LEFT,
    top: TOP,
    width: across,
    height: down,
    x: (moment) => LEFT + across * placeOn(plan.x, moment),
    y: (value) => TOP + down * (1 - placeOn(plan.y, value)),
    momentAt: (x) => valueOn(plan.x, (x - LEFT) / across),
  };
}
