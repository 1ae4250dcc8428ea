// Which images the gallery shows.

import type { Look } from "./look.js";
import { costOf, type Reading } from "./reading.js";

/** A cell of a network's matrix, by places: of the network, the right class, and the answered one. */
export interface Cell {
  readonly network: number;
  readonly truth: number;
  readonly answer: number;
}

/** A cell's images; without one, those that any network misreads, as where they disagree. The costliest first. */
export function chosenImages({ images, reads }: Look, cell: Cell | null): number[] {
  if (!images) return [];
  const { classes } = images;
  const sound = reads.map((read) => (read === "diverged" ? null : read));
  const readings = sound.filter((read) => read !== null);
  const its = cell && sound[cell.network];
  if (cell && !its) return [];
  const isChosen = (image: number): boolean => {
    if (cell) return classes[image] === cell.truth && its?.answers[image] === cell.answer;
    return readings.some(({ answers }) => answers[image] !== classes[image]);
  };
  const judges = its ? [its] : readings;
  const chosen = [...classes.keys()].filter(isChosen);
  const costs = new Map(chosen.map((image) => [image, costOfAll(judges, image)]));
  return chosen.sort((a, b) => (costs.get(b) ?? 0) - (costs.get(a) ?? 0));
}

function costOfAll(readings: readonly Reading[], image: number): number {
  return readings.reduce((sum, { logOdds }) => sum + costOf(logOdds[image] ?? 0), 0);
}
