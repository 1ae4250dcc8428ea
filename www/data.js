// The images: fetched digit by digit, checked, unpacked, and kept for later choices.

import { download } from "./download.js";
import { sentenceOf } from "./errors.js";
import { keep } from "./offline.js";

/** @import { Part } from "./messages.d.ts" */

/**
 * @typedef {{ file: string, bytes: number, sha256: string }} File
 * @typedef {{ images: File, positions: File, count: number }} Entry
 * @typedef {{ source: "mnist" | "synthetic", digits: Record<string, Record<Part, Entry>> }} Manifest
 * @typedef {{ part: Part, digit: number, images: Uint8Array<ArrayBuffer>, positions: Uint8Array<ArrayBuffer> }} DigitFiles
 */

/** @type {Part[]} */
const PARTS = ["train", "test"];
const SIDE = 28;

/** The site's images. Says `change` when something arrives, comes on, or fails. */
export class Images extends EventTarget {
  /** A sentence, when the last loading failed. @type {string | null} */
  problem = null;
  /** @type {Manifest["source"] | null} */
  source = null;
  /** Bytes of the files that were asked for so far, and how many of them are there. */
  bytes = { loaded: 0, total: 0 };
  #base;
  /** @type {Promise<Manifest> | null} */
  #manifest = null;
  /** @type {Map<string, DigitFiles>} */
  #digits = new Map();
  /** @type {Map<string, Promise<void>>} */
  #loading = new Map();

  /** @param {URL} base Where the manifest lies. */
  constructor(base) {
    super();
    this.#base = base;
  }

  /** Whether files are on their way. */
  get loading() {
    return this.#loading.size > 0;
  }

  /** All that is there. */
  get all() {
    return [...this.#digits.values()];
  }

  /**
   * Fetches what is not there yet; rejects with a sentence, which is also in `problem`.
   * @param {number[]} digits
   * @param {Part[]} [parts]
   */
  async want(digits, parts = PARTS) {
    try {
      this.problem = null;
      const manifest = await this.#readManifest();
      await Promise.all(digits.flatMap((digit) => parts.map((part) => this.#load(manifest, part, digit))));
    } catch (error) {
      this.problem = sentenceOf(error);
      throw error;
    } finally {
      this.#changed();
    }
  }

  /**
   * Forgets a digit's files, which turned out to be bad, so that they can be fetched again.
   * @param {DigitFiles} files
   */
  forget({ part, digit }) {
    this.#digits.delete(key(part, digit));
  }

  /**
   * The positions of a digit's test images in MNIST's file, ascending.
   * @param {number} digit
   * @returns {number[]}
   */
  testPositions(digit) {
    const files = this.#digits.get(key("test", digit));
    return files ? positionsOf(files) : [];
  }

  /**
   * @param {number} position
   * @returns {Uint8Array | null} 28×28 bytes, row by row.
   */
  testImage(position) {
    for (let digit = 0; digit < 10; digit++) {
      const files = this.#digits.get(key("test", digit));
      const index = files ? positionsOf(files).indexOf(position) : -1;
      if (files && index >= 0) {
        const start = 16 + index * SIDE * SIDE; // after the IDX header: magic and three sizes
        return files.images.subarray(start, start + SIDE * SIDE);
      }
    }
    return null;
  }

  #readManifest() {
    this.#manifest ??= this.#fetchManifest();
    this.#manifest.catch(() => (this.#manifest = null));
    return this.#manifest;
  }

  async #fetchManifest() {
    const url = new URL("manifest.json", this.#base);
    const bytes = await download(url, { valid: (file) => parseManifest(file) !== null });
    keep(url, bytes);
    const manifest = /** @type {Manifest} */ (parseManifest(bytes));
    this.source = manifest.source;
    return manifest;
  }

  /**
   * @param {Manifest} manifest
   * @param {Part} part
   * @param {number} digit
   */
  #load(manifest, part, digit) {
    const name = key(part, digit);
    if (this.#digits.has(name)) return Promise.resolve();
    let loading = this.#loading.get(name);
    if (!loading) {
      loading = this.#fetchDigit(manifest, part, digit).finally(() => this.#loading.delete(name));
      this.#loading.set(name, loading);
    }
    return loading;
  }

  /**
   * @param {Manifest} manifest
   * @param {Part} part
   * @param {number} digit
   */
  async #fetchDigit(manifest, part, digit) {
    const entry = manifest.digits[digit]?.[part];
    if (!entry) throw new Error(`This site has no images of the digit ${digit}.`);
    const [images, positions] = await Promise.all([
      this.#fetchFile(entry.images),
      this.#fetchFile(entry.positions),
    ]);
    this.#digits.set(key(part, digit), { part, digit, images, positions });
    this.#changed();
  }

  /** @param {File} file */
  async #fetchFile(file) {
    this.bytes.total += file.bytes;
    let loaded = 0;
    try {
      const url = new URL(file.file, this.#base);
      const packed = await download(url, file, (bytes) => {
        this.bytes.loaded += bytes - loaded;
        loaded = bytes;
        this.#changed();
      });
      const unpacked = await unzip(packed, file.file);
      keep(url, packed);
      return unpacked;
    } catch (error) {
      this.bytes.total -= file.bytes;
      this.bytes.loaded -= loaded;
      throw error;
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * @param {Part} part
 * @param {number} digit
 */
const key = (part, digit) => `${part} ${digit}`;

/** @type {WeakMap<DigitFiles, number[]>} */
const decoded = new WeakMap();

/** @param {DigitFiles} files */
function positionsOf(files) {
  let positions = decoded.get(files);
  if (!positions) {
    const { buffer, byteOffset, byteLength } = files.positions;
    const view = new DataView(buffer, byteOffset, byteLength);
    const header = 8; // magic and size
    const count = Math.max(0, (byteLength - header) >> 2);
    positions = Array.from({ length: count }, (_, index) => view.getInt32(header + 4 * index));
    decoded.set(files, positions);
  }
  return positions;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Manifest | null}
 */
function parseManifest(bytes) {
  try {
    const manifest = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof manifest.digits === "object" && ["mnist", "synthetic"].includes(manifest.source))
      return manifest;
  } catch {
    // It is none.
  }
  return null;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} name
 */
async function unzip(bytes, name) {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new Error(`${name} cannot be unpacked.`, { cause: error });
  }
}
