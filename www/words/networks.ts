// What the list of networks says.

import { list } from "../views/numbers.js";

export const TITLE = "The networks";
export const LEAD = "Press a layer to change it.";
export const AS_TEXT = "The same as text";

/** "custom, as a control: plain layers" */
export const NEW_NETWORK = {
  control: (name: string) => `As ${name}, with plain layers`,
  copy: (name: string) => `A copy of ${name}`,
  empty: "One plain layer",
} as const;

/** What can be written as text. */
export function textHint(words: readonly { word: string; formula: string }[]): string {
  const kinds = list(words.map(({ word, formula }) => `${word} (${formula})`));
  return `A name, a colon, then the hidden layers, each a word and its units; a semicolon before the next network. “@0.1” gives a network a learning rate of its own. Words: ${kinds}.`;
}
