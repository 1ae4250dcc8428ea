// Moving among the moments that can be read.

/** Moments to a press of a key. */
const STEPS: Partial<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

/** The moment nearest to a place, where moments lie as `placeOf` says; null without any. */
export function nearest(
  moments: readonly number[],
  place: number,
  placeOf: (moment: number) => number = (moment) => moment,
): number | null {
  let best: number | null = null;
  let least = Infinity;
  for (const moment of moments) {
    const distance = Math.abs(placeOf(moment) - place);
    if (distance >= least) continue;
    least = distance;
    best = moment;
  }
  return best;
}

/** The moment that a key moves to; null for keys that do not move, or where there is none. */
export function keyTarget(
  key: string,
  from: number | null,
  moments: readonly number[],
): number | null {
  const last = moments.length - 1;
  if (last < 0) return null;
  if (key === "Home") return moments[0] ?? null;
  if (key === "End") return moments[last] ?? null;
  const step = STEPS[key];
  if (step === undefined) return null;
  const start = from === null ? last : moments.indexOf(nearest(moments, from) ?? NaN);
  return moments[Math.min(Math.max(start + step, 0), last)] ?? null;
}
