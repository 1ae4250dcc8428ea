// Weights from a safetensors file, and forward passes from their formulas, independent of the page's code.

import { readFileSync } from "node:fs";

/** @typedef {Record<string, { shape: number[], values: Float64Array }>} Tensors */

/** The bytes of a value, and how they are read. @type {Record<string, [number, (bytes: Buffer, at: number) => number]>} */
const TYPES = {
  I8: [1, (bytes, at) => bytes.readInt8(at)],
  F16: [2, (bytes, at) => half(bytes.readUInt16LE(at))],
  F32: [4, (bytes, at) => bytes.readFloatLE(at)],
};

/**
 * Reads the tensors of a file in 8, 16 or 32 bits; 8-bit ones have a scale per column.
 * @param {string} path
 * @returns {Tensors}
 */
export function readTensors(path) {
  const file = readFileSync(path);
  const length = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.subarray(8, 8 + length).toString());
  const entries = Object.entries(header).filter(([name]) => name !== "__metadata__");
  /** @type {Tensors} */
  const tensors = Object.fromEntries(entries.map(([name, { dtype, shape, data_offsets: [from, to] }]) => {
    const bytes = file.subarray(8 + length + from, 8 + length + to);
    if (!(dtype in TYPES)) throw new Error(`${name} is of ${dtype}.`);
    const [size, read] = TYPES[dtype];
    const values = Float64Array.from({ length: bytes.length / size }, (_, at) => read(bytes, size * at));
    return [name, { shape, values }];
  }));
  for (const [name, { shape: [, columns], values }] of Object.entries(tensors)) {
    const scales = tensors[`${name}.scale`]?.values;
    if (scales) for (const at of values.keys()) values[at] = Math.fround(values[at] * scales[at % columns]);
  }
  return tensors;
}

/** @param {number} bits */
function half(bits) {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * The logits of the notebook's custom network: 784 → relu → relu → x³·V − x·W + b → output.
 * @param {Tensors} tensors
 * @param {ArrayLike<number>} image Values 0 to 1.
 */
export function customLogits(tensors, image) {
  const first = dense(tensors, "dense1", image).map(relu);
  const x = dense(tensors, "dense2", first).map(relu);
  const cubes = times(x.map((one) => one ** 3), tensors["cubic.v"]);
  const lines = times(x, tensors["cubic.w"]);
  const y = cubes.map((cube, unit) => cube - lines[unit] + tensors["cubic.b"].values[unit]);
  return dense(tensors, "output", y);
}

/** @param {number[]} logits */
export function softmax(logits) {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((all, power) => all + power);
  return powers.map((power) => power / sum);
}

/** @param {number} x */
const relu = (x) => Math.max(0, x);

/**
 * @param {Tensors} tensors
 * @param {string} layer
 * @param {ArrayLike<number>} x
 */
function dense(tensors, layer, x) {
  return times(x, tensors[`${layer}.weight`]).map((sum, unit) => sum + tensors[`${layer}.bias`].values[unit]);
}

/**
 * @param {ArrayLike<number>} x
 * @param {Tensors[string]} matrix Of a row for each x.
 */
function times(x, { shape: [, units], values }) {
  const sums = new Array(units).fill(0);
  for (let row = 0; row < x.length; row++) {
    if (x[row] === 0) continue;
    for (let unit = 0; unit < units; unit++) sums[unit] += x[row] * values[row * units + unit];
  }
  return sums;
}
