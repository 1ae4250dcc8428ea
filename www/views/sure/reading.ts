// What a network makes of many images: which it reads wrongly, and what that costs.

/** What is known of one network. */
export interface Reading {
  /** Of each image: the log-odds of the right class, and the class answered. */
  readonly logOdds: Float32Array;
  readonly answers: Uint8Array;
  readonly mistakes: number;
  /** The mistakes' share of the loss on all images. */
  readonly share: number;
}

/** A network that diverged has no reading. */
export type Read = Reading | "diverged";

export function readingOf(
  classes: Uint8Array,
  logOdds: Float32Array,
  answers: Uint8Array,
): Read | null {
  if (logOdds.length !== classes.length) return null; // it tells other digits apart
  let [mistakes, wrong, all] = [0, 0, 0];
  for (let image = 0; image < classes.length; image++) {
    const cost = costOf(logOdds[image] ?? NaN);
    all += cost;
    if (answers[image] === classes[image]) continue;
    mistakes += 1;
    wrong += cost;
  }
  if (!Number.isFinite(all)) return "diverged";
  return { logOdds, answers, mistakes, share: all > 0 ? wrong / all : 0 };
}

/** An image's loss, −ln p, from the log-odds of p: softplus. */
export function costOf(logOdds: number): number {
  return Math.max(0, -logOdds) + Math.log1p(Math.exp(-Math.abs(logOdds)));
}

/** The probability that a network gives the right class. */
export function chanceOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** All images, the costliest first. */
export function byCost({ logOdds }: Reading): Uint32Array {
  const images = Uint32Array.from(logOdds.keys());
  return images.sort((a, b) => (logOdds[a] ?? 0) - (logOdds[b] ?? 0));
}

/** How many images of each class get each answer: a row a class. */
export function countsOf(
  { answers }: Pick<Reading, "answers">,
  classes: Uint8Array,
  digits: number,
): number[][] {
  const counts = Array.from({ length: digits }, () => Array<number>(digits).fill(0));
  for (const [image, place] of classes.entries()) {
    const row = counts[place];
    const answer = answers[image] ?? 0;
    if (row) row[answer] = (row[answer] ?? 0) + 1;
  }
  return counts;
}
