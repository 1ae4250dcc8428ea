// A layer in few signs.

import type { LayerWord } from "../../pkg/mnist_cubic.js";
import { factor } from "../header.js";
import { familyOf, type Layer } from "./edit.js";

export function LayerText({ layer, words }: { layer: Layer; words: readonly LayerWord[] }) {
  if (familyOf(layer, words) === "dense") return <>{`${layer.units} ${layer.word}`}</>;
  return (
    <>
      <span class="spoken">{layer.word}: </span>
      <span class="formula">{customText(layer.word, words)}</span> {layer.units}
    </>
  );
}

/** "cubic" → "x³·V − x·W + b" */
export function customText(word: string, words: readonly LayerWord[]): string {
  const formula = words.find((one) => one.word === word)?.formula ?? "f(x)";
  return `${factor(formula)}·V − x·W + b`;
}
