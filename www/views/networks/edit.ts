// Networks as lists of layers, edited and written as text. The core validates them.

import type { LayerWord, NetworkText } from "../../pkg/mnist_cubic.js";

export interface Layer {
  readonly word: string;
  /** As it is typed. */
  readonly units: string;
}

export interface Network {
  readonly name: string;
  readonly layers: readonly Layer[];
  /** As it is typed; empty where it is everybody's. */
  readonly rate: string;
}

/** A layer as a new one begins. */
const PLAIN: Layer = { word: "relu", units: "50" };

export function networkOf({ name, text }: NetworkText): Network {
  const [layers = "", rate = ""] = text.slice(name.length + 1).split("@");
  const read = (layer: string): Layer => {
    const units = layer.replace(/^[a-z]+/i, "");
    return { word: layer.slice(0, layer.length - units.length), units };
  };
  return { name, layers: layers.split(",").map(read), rate };
}

/** The text of a network. Typed separators can't split a part. */
export function textOf({ name, layers, rate }: Network): string {
  const whole = (typed: string): string => typed.replace(/[:;,@]/g, " ");
  // Letters would be taken for a part of the word.
  const apart = (units: string): string => (/^[a-z]/i.test(units) ? ` ${units}` : units);
  const all = layers.map(({ word, units }) => `${word}${apart(whole(units))}`).join(",");
  return `${whole(name)}:${all}${rate === "" ? "" : `@${whole(rate)}`}`;
}

export function withLayer(network: Network, place: number, layer: Layer): Network {
  return { ...network, layers: network.layers.map((old, at) => (at === place ? layer : old)) };
}

/** Adds a plain layer of equal width after `place`. */
export function withLayerAfter(network: Network, place: number): Network {
  const { units } = network.layers[place] ?? PLAIN;
  return inserted(network, place + 1, { ...PLAIN, units });
}

export function withoutLayer(network: Network, place: number): Network {
  return { ...network, layers: network.layers.filter((_, at) => at !== place) };
}

/** With the layer at a place moved so many places on. */
export function withMoved(network: Network, place: number, by: number): Network {
  const layer = network.layers[place];
  return layer ? inserted(withoutLayer(network, place), place + by, layer) : network;
}

function inserted(network: Network, place: number, layer: Layer): Network {
  const { layers } = network;
  return { ...network, layers: [...layers.slice(0, place), layer, ...layers.slice(place)] };
}

export function hasCustomLayer({ layers }: Network, words: readonly LayerWord[]): boolean {
  return layers.some((layer) => familyOf(layer, words) === "custom");
}

export function familyOf({ word }: Layer, words: readonly LayerWord[]): LayerWord["family"] {
  return words.find((one) => one.word === word)?.family ?? "dense";
}

/** As wide, with plain layers in place of custom ones. */
export function controlOf(
  network: Network,
  words: readonly LayerWord[],
  others: readonly Network[],
): Network {
  const layers = network.layers.map((layer) =>
    familyOf(layer, words) === "custom" ? { ...layer, word: PLAIN.word } : layer,
  );
  return { ...network, layers, name: freeName("control", others) };
}

export function copyOf(network: Network, others: readonly Network[]): Network {
  return { ...network, name: freeName(network.name, others) };
}

export function emptyOne(others: readonly Network[]): Network {
  return { name: freeName("plain", others), layers: [PLAIN], rate: "" };
}

/** The longest name, as src/network/text.rs has it. */
const LONGEST_NAME = 16;

/** The name, or with a number where another has it. */
function freeName(name: string, others: readonly Network[]): string {
  const taken = new Set(others.map((other) => other.name.toLowerCase()));
  const stem = name.replace(/-\d+$/, "");
  const numbered = (number: number): string => {
    const end = `-${number}`;
    return `${stem.slice(0, LONGEST_NAME - end.length)}${end}`;
  };
  if (!taken.has(name.toLowerCase())) return name;
  for (let number = 2; ; number++)
    if (!taken.has(numbered(number).toLowerCase())) return numbered(number);
}
