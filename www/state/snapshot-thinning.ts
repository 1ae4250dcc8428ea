// Which moment of a training can best be spared.

/** How far a moment is along, as the chart shows it: by doublings at first, then by epochs. */
export type Scale = (moment: number) => number;

/** `step` and `epoch` are the images of a batch and of an epoch. */
export function scaleOf(step: number, epoch: number): Scale {
  return (moment) => Math.log2(1 + moment / step) + moment / epoch;
}

/**
 * The moment whose neighbours are nearest to each other, so that the widest gap stays as narrow as can be; never the
 * first or last. Null where there is none.
 */
export function mostSpareable(moments: readonly number[], scale: Scale): number | null {
  let spared: number | null = null;
  let least = Infinity;
  for (let index = 1; index + 1 < moments.length; index++) {
    const gap = scale(moments[index + 1] ?? 0) - scale(moments[index - 1] ?? 0);
    if (gap >= least) continue;
    least = gap;
    spared = moments[index] ?? null;
  }
  return spared;
}
