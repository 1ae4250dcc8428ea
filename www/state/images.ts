// The images: fetched digit by digit, checked, unpacked, and kept as long as the page is open.

import { computed, type ReadonlySignal, signal } from "@preact/signals";

import { download } from "../lib/download.js";
import { sentenceOf } from "../lib/sentence.js";
import { keepImages } from "../offline/image-cache.js";

const PARTS: readonly Part[] = ["train", "test"];
const PIXELS = 28 * 28;
/** An IDX file of images begins with its kind and three sizes, in bytes. */
const HEADER = 16;

/** What xtask/src/data.rs writes. */
interface Manifest {
  readonly source: "mnist" | "synthetic";
  readonly digits: Readonly<Record<string, Readonly<Record<Part, Entry>>>>;
}
interface Entry {
  readonly images: PackedFile;
  readonly positions: PackedFile;
  readonly count: number;
}
interface PackedFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export type Part = "train" | "test";

/** One digit's images in one part, as two IDX files. */
export interface DigitFiles {
  readonly part: Part;
  readonly digit: number;
  readonly images: Uint8Array<ArrayBuffer>;
  readonly fileIndices: Uint8Array<ArrayBuffer>;
  readonly count: number;
}

export type ImagesState = ReturnType<typeof openImages>;

/** `base` is where the manifest lies. */
export function openImages(base: URL) {
  const source = signal<Manifest["source"] | null>(null);
  const problem = signal<string | null>(null);
  const revision = signal(0);
  /** Bytes loaded and total, by file. */
  const onTheirWay = signal<ReadonlyMap<string, readonly [number, number]>>(new Map());
  const there = new Map<string, DigitFiles>();
  const loading = new Map<string, Promise<void>>();
  let manifest: Promise<Manifest> | null = null;

  const readManifest = (): Promise<Manifest> => {
    manifest ??= fetchManifest(base);
    manifest.then(
      (read) => (source.value = read.source),
      () => (manifest = null),
    );
    return manifest;
  };

  const load = async (list: Manifest, part: Part, digit: number): Promise<void> => {
    const key = keyOf(part, digit);
    if (there.has(key)) return;
    const begun = loading.get(key);
    const files = begun ?? fetchDigit(list, part, digit).finally(() => loading.delete(key));
    loading.set(key, files);
    await files;
  };

  const fetchDigit = async (list: Manifest, part: Part, digit: number): Promise<void> => {
    const entry = list.digits[digit]?.[part];
    if (!entry) throw new Error(`This site has no images of the digit ${digit}.`);
    const [images, fileIndices] = await Promise.all([
      fetchFile(entry.images),
      fetchFile(entry.positions),
    ]);
    there.set(keyOf(part, digit), { part, digit, images, fileIndices, count: entry.count });
    revision.value += 1;
  };

  const fetchFile = async (file: PackedFile): Promise<Uint8Array<ArrayBuffer>> => {
    // Named by its contents, so that no cache has another file under that name.
    const url = new URL(`${file.file}?${file.sha256.slice(0, 16)}`, base);
    const note = (bytes: number): void => {
      onTheirWay.value = new Map(onTheirWay.peek()).set(file.file, [bytes, file.bytes]);
    };
    note(0);
    try {
      const packed = await download(url, { bytes: file.bytes, sha256: file.sha256 }, note);
      const unpacked = await unzip(packed, file.file);
      void keepImages(scope(), url, packed);
      return unpacked;
    } catch (error) {
      const others = new Map(onTheirWay.peek());
      others.delete(file.file);
      onTheirWay.value = others;
      throw error;
    }
  };

  const want = async (digits: readonly number[]): Promise<void> => {
    problem.value = null;
    try {
      const list = await readManifest();
      await Promise.all(digits.flatMap((digit) => PARTS.map((part) => load(list, part, digit))));
    } catch (error) {
      problem.value = sentenceOf(error);
      throw error;
    } finally {
      if (loading.size === 0) onTheirWay.value = new Map();
    }
  };

  return {
    /** Null until the list of files is there. */
    source: source as ReadonlySignal<Manifest["source"] | null>,
    /** The sentence of the last fetch that failed; null again when the next begins. */
    problem: problem as ReadonlySignal<string | null>,
    /** Grows when images arrive. */
    revision: revision as ReadonlySignal<number>,
    /** Bytes of the files that were asked for; null while none is on its way. */
    progress: computed(() => {
      const files = [...onTheirWay.value.values()];
      if (files.length === 0) return null;
      const sum = (which: 0 | 1): number => files.reduce((all, sizes) => all + sizes[which], 0);
      return { loaded: sum(0), total: sum(1) };
    }),
    /** Fetches what is not there yet, training and test images. Rejects with a sentence; `abort` ends the waiting only. */
    want: (digits: readonly number[], abort?: AbortSignal) => untilAborted(want(digits), abort),
    /** A digit's images where they are there. */
    files: (part: Part, digit: number) => there.get(keyOf(part, digit)) ?? null,
    /** How many images there are of these digits; 0 where one is missing. */
    count(part: Part, digits: readonly number[]): number {
      const counts = digits.map((digit) => there.get(keyOf(part, digit))?.count ?? 0);
      return counts.includes(0) ? 0 : counts.reduce((sum, count) => sum + count, 0);
    },
    /** The pixels (0 to 255, row by row) of a digit's image; null where there is none. */
    pixels(part: Part, digit: number, index: number): Uint8Array | null {
      const files = there.get(keyOf(part, digit));
      if (!files || index < 0 || index >= files.count) return null;
      const start = HEADER + index * PIXELS;
      return files.images.subarray(start, start + PIXELS);
    },
  };
}

/** What the service worker answers for: the page’s folder. */
const scope = (): string => new URL("./", document.baseURI).href;

const keyOf = (part: Part, digit: number): string => `${part} ${digit}`;

async function fetchManifest(base: URL): Promise<Manifest> {
  const url = new URL("manifest.json", base);
  // Its name has no content hash, so a cache may hold a stale one.
  const bytes = await download(url, { cache: "no-cache", isValid: isManifest });
  void keepImages(scope(), url, bytes);
  return parse(bytes) as Manifest;
}

const parse = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

function isManifest(bytes: Uint8Array): boolean {
  try {
    const { source, digits } = parse(bytes) as Partial<Manifest>;
    return (source === "mnist" || source === "synthetic") && typeof digits === "object";
  } catch {
    return false;
  }
}

async function unzip(bytes: Uint8Array<ArrayBuffer>, name: string) {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new Error(`${name} cannot be unpacked.`, { cause: error });
  }
}

/** Rejects when waiting is called off; what was waited for goes on. */
function untilAborted(wanted: Promise<void>, abort: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    wanted.then(resolve, reject);
    abort?.addEventListener("abort", () => reject(abort.reason as Error), { once: true });
  });
}
