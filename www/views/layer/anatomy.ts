// What there is to see in a network's layers, by its text: known before it has weights.

import type { AddedBy, LayerWord } from "../../pkg/mnist_cubic.js";
import { layersOf } from "../stage/rows.js";

/** The layer before the output. */
export interface LastLayer {
  readonly word: string;
  readonly formula: string;
  readonly units: number;
  /** What its units' outputs are made of. */
  readonly parts: readonly AddedBy[];
}

export function lastLayerOf(layers: string, words: readonly LayerWord[]): LastLayer {
  const { word, units } = layersOf(layers).at(-1) ?? { word: "", units: 0 };
  const kind = words.find((one) => one.word === word);
  const isCustom = kind?.family === "custom";
  return {
    word,
    formula: kind?.formula ?? word,
    units,
    parts: isCustom ? ["function", "linear"] : ["activation"],
  };
}

/** A custom layer of a network. */
export interface CustomLayer {
  /** Its network's. */
  readonly slot: number;
  readonly word: string;
  readonly formula: string;
  /** Its place among the layers. */
  readonly place: number;
}

export function customLayersOf(
  networks: readonly { readonly layers: string }[],
  words: readonly LayerWord[],
): readonly CustomLayer[] {
  return networks.flatMap(({ layers }, slot) =>
    layersOf(layers).flatMap(({ word }, place) => {
      const kind = words.find((one) => one.word === word);
      return kind?.family === "custom" ? [{ slot, word, formula: kind.formula, place }] : [];
    }),
  );
}

/** The functions of these layers, each once. */
export function functionsOf(layers: readonly CustomLayer[]): readonly CustomLayer[] {
  return layers.filter((one, at) => layers.findIndex(({ word }) => word === one.word) === at);
}

/** What f is called where all of them are meant. */
export function formulaOfAll(layers: readonly CustomLayer[]): string {
  const [only, ...others] = functionsOf(layers);
  return only && others.length === 0 ? only.formula : "f(x)";
}
