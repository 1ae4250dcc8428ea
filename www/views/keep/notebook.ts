// The experiment as a notebook for Keras. Its text is notebook.py, in cells marked "# %%".

import type { App } from "../../state/app.js";
import { METRICS } from "../learn/lines.js";
import { counted, fromSuperscript, list } from "../numbers.js";
import template from "./notebook.py?raw";

type Contents = ReturnType<typeof contentsOf>;
type Network = Contents["networks"][number];

/** What the notebook holds: the experiment shown, or else the one that would be trained. */
export function contentsOf({ settings, study: { study }, training }: App) {
  const experiment = training.experiment.peek();
  const { hash, values, networks } = study.read_hash(experiment?.hash ?? settings.hash.peek());
  const textOf = (key: string) => values.find((value) => value.key === key)?.text ?? "";
  const digits = textOf("digits").split(",").map(Number);
  const seed = experiment?.seeds[0] ?? Number(textOf("seed"));
  return {
    title: `${list(networks.map(({ name }) => name))} on the digits ${list(digits)}, ${counted(Number(textOf("epochs")), "epoch")}, seed ${seed}`,
    address: new URL(`#${hash}`, location.href).href,
    values: values.map(({ key, text }) => ({ key, text: key === "seed" ? String(seed) : text })),
    networks: networks.map(({ name, layers, learning_rate }, network) => ({
      name,
      layers,
      learning_rate,
      start: study.start_weights(layers, Uint8Array.from(digits), seed),
      history: experiment ? study.history(0, network) : [],
    })),
    words: study.layer_words(),
    split: study.validation_split(),
  };
}

/** The notebook as the text of an .ipynb file. */
export function notebook({ title, address, values, networks, words, split }: Contents): string {
  const parts: Record<string, string> = {
    "{{title}}": title,
    "{{address}}": address,
    "{{settings}}": JSON.stringify({
      ...Object.fromEntries(values.map(({ key, text }) => [key, text])),
      networks: networks.map(({ name, layers, learning_rate }) => ({
        name,
        layers,
        learning_rate,
      })),
    }),
    "{{split}}": String(split),
    // What is not a number is null in JSON.
    "{{history}}": JSON.stringify(
      byName(networks, ({ history }) =>
        Object.fromEntries(METRICS.map((metric) => [metric, history.map((it) => it[metric])])),
      ),
    ),
    "{{start}}": JSON.stringify(byName(networks, ({ start }) => base64(start))),
    '"{{functions}}": None,': words
      .filter(({ family }) => family === "custom")
      .map(({ word, formula }) => `"${word}": lambda x: ${python(formula)},`)
      .join("\n    "),
  };
  const filled = Object.entries(parts).reduce(
    (text, [mark, part]) => text.replaceAll(mark, () => part), // A function, as "$" has a meaning in strings.
    template,
  );
  return JSON.stringify({
    cells: cells(filled),
    metadata: {
      kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
      language_info: { name: "python" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

function byName<T>(networks: readonly Network[], of: (network: Network) => T) {
  return Object.fromEntries(networks.map((network) => [network.name, of(network)]));
}

/**
 * The formula of a function of x in Python, with Keras's operations: "x / (1 + |x|)" →
 * "x / (1 + keras.ops.abs(x))".
 */
export function python(formula: string): string {
  const translated = formula
    .replace(/\|([^|]+)\|/g, "keras.ops.abs($1)")
    .replace(/\b([a-z]{2,}) x\b/g, "keras.ops.$1(x)")
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (power) => ` ** ${fromSuperscript(power)}`)
    .replaceAll("·", " * ")
    .replaceAll("−", "-");
  return translated.includes("x") ? translated : `${translated} * x`; // a constant, in the shape of x
}

/** Base64 of the numbers as little-endian float32. */
function base64(values: Float32Array): string {
  // Whatever runs browsers is little-endian.
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = "";
  const part = 0x8000; // as many as a call takes
  for (let at = 0; at < bytes.length; at += part)
    text += String.fromCharCode(...bytes.subarray(at, at + part));
  return btoa(text);
}

/** The cells of a text that marks them with "# %%". */
function cells(text: string) {
  const [, ...parts] = text.split(/^# %%/m);
  return parts.map((part, at) => {
    const [kind = "", ...lines] = part.trimEnd().split("\n");
    const isText = kind.includes("[markdown]");
    const kept = isText ? lines.map((line) => line.replace(/^# ?/, "")) : lines;
    const cell = {
      id: `cell-${String(at + 1)}`,
      source: kept.map((line, i) => (i < kept.length - 1 ? `${line}\n` : line)),
    };
    if (isText) return { ...cell, cell_type: "markdown", metadata: {} };
    const metadata = kind.includes("hidden") ? { jupyter: { source_hidden: true } } : {};
    return { ...cell, cell_type: "code", execution_count: null, metadata, outputs: [] };
  });
}
