// The question, by the networks that are to answer it.

import type { LayerWord } from "../pkg/mnist_cubic.js";
import type { App } from "../state/app.js";

export function Header({ app: { networks, study } }: { app: App }) {
  const custom = study.study.layer_words().filter(({ family }) => family === "custom");
  // Of each network, its custom layers.
  const found = networks.list.value.map(({ layers }) => {
    const words: readonly string[] = layers.match(/[a-z]+/g) ?? [];
    return custom.filter(({ word }) => words.includes(word));
  });
  const layers = custom.filter((layer) => found.some((its) => its.includes(layer)));
  return (
    <header>
      <h1>{question(layers)}</h1>
      <p>
        <Difference
          layers={layers}
          having={found.filter((its) => its.length > 0).length}
          all={found.length}
        />
      </p>
    </header>
  );
}

function question(layers: readonly LayerWord[]): string {
  const [first, second] = layers;
  if (!first) return "Which network learns better?";
  return `Does a ${second ? "custom" : first.word} layer help?`;
}

interface DifferenceProps {
  layers: readonly LayerWord[];
  /** How many networks have such a layer, of `all`. */
  having: number;
  all: number;
}

function Difference({ layers, having, all }: DifferenceProps) {
  const [layer] = layers;
  const isOneKind = layers.length === 1;
  const claim = isOneKind && layer?.word === "cubic" && having < all;
  return (
    <>
      {subject(all)} to read handwritten digits, right here in your browser.{" "}
      {layer && (
        <>
          {who(having, all)} a custom layer,{" "}
          <span class="formula">y = {isOneKind ? factor(layer.formula) : "f(x)"}·V − x·W + b</span>
          {isOneKind ? "" : ", with more than one f"}
          {others(all - having)}.{" "}
        </>
      )}
      {claim && "A class notebook says the custom layer wins. "}
      {task(all)}
    </>
  );
}

function subject(all: number): string {
  const number = ["", "Two", "Three", "Four"][all - 1] ?? "Some";
  return all === 1 ? "A small network learns" : `${number} small networks learn`;
}

function who(having: number, all: number): string {
  if (having < all) return ["One has", "Two have", "Three have"][having - 1] ?? "Some have";
  return ["It has", "Both have"][all - 1] ?? "All have";
}

function others(without: number): string {
  return ["", "; the other doesn’t"][without] ?? "; the others don’t";
}

function task(all: number): string {
  if (all === 1) return "Train it, and see whether you’d trust it.";
  return `Train ${all === 2 ? "both" : "them all"}, and see which one you’d trust.`;
}

/** "sin x" → "(sin x)", as it stands before "·V". */
export function factor(formula: string): string {
  return formula.includes(" ") ? `(${formula})` : formula;
}
