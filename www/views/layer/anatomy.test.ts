import { expect, test } from "vitest";

import type { LayerWord } from "../../pkg/mnist_cubic.js";
import { customLayersOf, formulaOfAll, functionsOf, lastLayerOf } from "./anatomy.js";

const WORDS: readonly LayerWord[] = [
  { word: "relu", formula: "max(0, x)", family: "dense" },
  { word: "cubic", formula: "x³", family: "custom" },
  { word: "sine", formula: "sin x", family: "custom" },
];

test("a custom layer before the output has two parts, a dense one has one", () => {
  expect(lastLayerOf("relu150,cubic50", WORDS)).toEqual({
    word: "cubic",
    formula: "x³",
    units: 50,
    parts: ["function", "linear"],
  });
  expect(lastLayerOf("cubic50,relu20", WORDS).parts).toEqual(["activation"]);
});

test("custom layers are found wherever they are", () => {
  const networks = ["relu5,cubic4,cubic3", "relu5", "sine2,relu3"].map((layers) => ({ layers }));
  const found = customLayersOf(networks, WORDS);
  expect(found.map(({ slot, word, place }) => [slot, word, place])).toEqual([
    [0, "cubic", 1],
    [0, "cubic", 2],
    [2, "sine", 0],
  ]);
  expect(functionsOf(found).map(({ word }) => word)).toEqual(["cubic", "sine"]);
  expect(formulaOfAll(found)).toBe("f(x)");
  expect(formulaOfAll(found.slice(0, 2))).toBe("x³");
});
