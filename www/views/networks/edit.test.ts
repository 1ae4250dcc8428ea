// Networks as lists of layers: what the core makes of the texts.

import { readFileSync } from "node:fs";

import { beforeAll, expect, test } from "vitest";

import { initSync, Study, type LayerWord } from "../../pkg/mnist_cubic.js";
import {
  controlOf,
  copyOf,
  emptyOne,
  networkOf,
  textOf,
  withLayer,
  withLayerAfter,
  withMoved,
  withoutLayer,
  type Network,
} from "./edit.js";

let study: Study;
let words: LayerWord[];
beforeAll(() => {
  initSync({ module: readFileSync(new URL("../../pkg/mnist_cubic_bg.wasm", import.meta.url)) });
  study = new Study();
  words = study.layer_words();
});

const read = (text: string) => study.read_hash(`networks=${text}`).networks.map(networkOf);
/** What the core makes of them; it throws where they cannot be. */
const set = (networks: readonly Network[]) => {
  const text = networks.map(textOf).join(";");
  return study.read_hash(study.with_value("", "networks", text)).networks.map((one) => one.text);
};
const one = (text: string): Network => {
  const [network] = read(text);
  if (!network) throw new Error("There is none.");
  return network;
};

test("a network is read and written as the core does", () => {
  for (const text of ["a:relu3", "a:tanh1,linear2,cubic512@0.1", "a-b:relu5,zero7@1e-7"]) {
    expect(textOf(one(text))).toBe(text);
    expect(set([one(text)])).toEqual([text]);
  }
});

test("layers are changed, added, removed and moved", () => {
  const network = one("a:relu150,relu100,cubic50@0.1");
  expect(set([withLayer(network, 1, { word: "sine", units: "7" })])).toEqual([
    "a:relu150,sine7,cubic50@0.1",
  ]);
  expect(set([withLayerAfter(network, 2)])).toEqual(["a:relu150,relu100,cubic50,relu50@0.1"]);
  expect(set([withoutLayer(network, 0)])).toEqual(["a:relu100,cubic50@0.1"]);
  expect(set([withMoved(network, 2, -1)])).toEqual(["a:relu150,cubic50,relu100@0.1"]);
  expect(set([withMoved(network, 0, 1)])).toEqual(["a:relu100,relu150,cubic50@0.1"]);
});

test("what cannot be is refused by the core, in a sentence", () => {
  const network = one("a:relu1,relu2,relu3,relu4,relu5,relu6");
  expect(() => set([withLayerAfter(network, 0)])).toThrow(/7 hidden layers, expected 1 to 6/);
  expect(() => set([withoutLayer(one("a:relu1"), 0)])).toThrow(/a layer is missing/);
  const typed = (units: string) => set([withLayer(network, 0, { word: "relu", units })]);
  for (const units of ["", "0", "513", "2,relu3", "5;b:relu4", "x", "5@1", "-1"])
    expect(() => typed(units)).toThrow(/right number of units/);
  const named = (name: string) => set([{ ...network, name }]);
  for (const name of ["", "params", "1a", "a b", "a:relu3;b", "abcdefghijklmnopq"])
    expect(() => named(name)).toThrow(/name|called/);
  const rated = (rate: string) => set([{ ...network, rate }]);
  for (const rate of ["x", "11", "0.1;b:relu3"]) expect(() => rated(rate)).toThrow(/learning rate/);
  const all = [network, copyOf(network, [network])];
  const four = [...all, emptyOne(all), emptyOne([...all, emptyOne(all)])];
  expect(set(four)).toHaveLength(4);
  expect(() => set([...four, emptyOne(four)])).toThrow(/5 networks, expected at most 4/);
});

test("the control of the notebook's networks is the one that the settings know", () => {
  const notebook = study.read_hash("").networks.map(networkOf);
  const [custom] = notebook;
  if (!custom) throw new Error("There is none.");
  const control = controlOf(custom, words, notebook);
  const text = [...notebook, control].map(textOf).join(";");
  expect(study.with_value("", "networks", text)).toBe(study.read_hash("control=1").hash);
});

test("names of new networks are free, and short enough", () => {
  const long = one("abcdefghijklmnop:relu1@0.1");
  const again = copyOf(long, [long]);
  const third = copyOf(again, [long, again]);
  expect(set([long, again, third])).toEqual([
    "abcdefghijklmnop:relu1@0.1",
    "abcdefghijklmn-2:relu1@0.1",
    "abcdefghijklmn-3:relu1@0.1",
  ]);
});
