// The experiments that the page offers as cards: what is changed in the notebook's settings, and what is asked.

import type { Criterion as Measure } from "../../pkg/mnist_cubic.js";

export type CardId =
  | "luck"
  | "width"
  | "curve"
  | "ten-epochs"
  | "rate"
  | "own-rates"
  | "ten-digits"
  | "four-nine"
  | "break";

/** What the visitor is to guess. */
export type Ask =
  /** Which of the two networks is better by a measure. */
  | { readonly type: "better"; readonly by: Measure }
  /** Whether the third network leaves the truth as much as the first or as the second. */
  | { readonly type: "alike" }
  /** Which networks bet everything on their mistakes. */
  | { readonly type: "bets" }
  /** Which networks make fewer mistakes than in any of the ten runs, which were made at a tenth of the rate. */
  | { readonly type: "gain" }
  /** Which networks diverge. */
  | { readonly type: "break" };

export interface Card {
  readonly id: CardId;
  /** As in the address's hash; what is left out is the notebook's. */
  readonly settings: string;
  readonly ask: Ask;
}

/** A network whose mistakes leave the truth a median below this counts as betting everything on them: over the ten
 * runs, the cubic network's leave 1 in 87 at most, the dense one's 1 in 17 at least. */
export const EVERYTHING = 0.02;

/** The same network with another curve each, beside the cubic one; "zero" has none. */
const CURVES = ["cubic", "square", "sine", "zero"]
  .map((word) => `${word}:relu150,relu100,${word}50`)
  .join(";");

/** Of the rates 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2 and 0.3, that at which each network came to the lowest
 * validation loss within 15 epochs, in the mean of the seeds 1001 to 1003, and at which it diverged in none. */
const OWN_RATES = "custom:relu150,relu100,cubic50@0.05;dense:relu100,relu50@0.2";

export const CARDS: readonly Card[] = [
  { id: "luck", settings: "runs=10", ask: { type: "better", by: "loss" } },
  { id: "width", settings: "control=1", ask: { type: "alike" } },
  { id: "curve", settings: `networks=${CURVES}`, ask: { type: "bets" } },
  { id: "ten-epochs", settings: "epochs=10", ask: { type: "better", by: "mistakes" } },
  { id: "rate", settings: "epochs=10&lr=0.1", ask: { type: "gain" } },
  {
    id: "own-rates",
    settings: `epochs=10&networks=${OWN_RATES}`,
    ask: { type: "better", by: "first_epoch" },
  },
  {
    id: "ten-digits",
    settings: "digits=0,1,2,3,4,5,6,7,8,9&epochs=20",
    ask: { type: "better", by: "mistakes" },
  },
  { id: "four-nine", settings: "digits=4,9&epochs=30", ask: { type: "better", by: "truth" } },
  { id: "break", settings: "epochs=3&lr=10", ask: { type: "break" } },
];
