// The fastest that one core multiplies and adds in this browser's WebAssembly: twelve independent
// f32x4 accumulators, so that no instruction waits for another. The module is written out byte by
// byte, as no compiler keeps to such a loop.

const ACCUMULATORS = 12;
/** Multiplications and additions in a turn of the loop. */
export const FLOP_PER_TURN = ACCUMULATORS * 4 * 2;

const V128 = 0x7b;
const SPLAT = [0xfd, 0x13];
const MUL = [0xfd, 0xe6, 0x01];
const ADD = [0xfd, 0xe4, 0x01];
const RELAXED_MADD = [0xfd, 0x85, 0x02];
const FACTOR = ACCUMULATORS + 1;
const TERM = ACCUMULATORS + 2;

const get = (/** @type {number} */ local) => [0x20, local];
const set = (/** @type {number} */ local) => [0x21, local];
const constant = (/** @type {number} */ value) => [0x43, ...new Uint8Array(new Float32Array([value]).buffer)];

/** @param {number} value */
function leb128(value) {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>= 7;
  } while (value > 0);
  return bytes;
}

/**
 * @param {number} id
 * @param {number[]} contents
 */
const section = (id, contents) => [id, ...leb128(contents.length), ...contents];

/**
 * A module that exports `run(turns: i32) -> f32`.
 * @param {boolean} relaxed Whether it multiplies and adds in one relaxed instruction.
 */
export function peakModule(relaxed) {
  const accumulators = Array.from({ length: ACCUMULATORS }, (_, i) => i + 1);
  const step = relaxed
    ? [...get(FACTOR), ...get(TERM), ...RELAXED_MADD]
    : [...get(FACTOR), ...MUL, ...get(TERM), ...ADD];
  const body = [
    ...[1, ACCUMULATORS + 2, V128],
    ...[...constant(0.999999), ...SPLAT, ...set(FACTOR)],
    ...[...constant(1e-6), ...SPLAT, ...set(TERM)],
    ...[0x03, 0x40], // loop
    ...accumulators.flatMap((local) => [...get(local), ...step, ...set(local)]),
    ...[...get(0), 0x41, 0x01, 0x6b, 0x22, 0x00, 0x0d, 0x00], // until no turns are left
    0x0b,
    ...accumulators.flatMap((local) => [...get(local), ...(local > 1 ? ADD : [])]),
    ...[0xfd, 0x1f, 0x00, 0x0b], // the first lane
  ];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 1, 0x7f, 1, 0x7d]),
    ...section(3, [1, 0]),
    ...section(7, [1, 3, 0x72, 0x75, 0x6e, 0, 0]),
    ...section(10, [1, ...leb128(body.length), ...body]),
  ]);
}

/**
 * GFLOP/s, the best of several tries; `null` where the browser lacks the instruction.
 * @param {boolean} relaxed
 */
export function measurePeak(relaxed) {
  const bytes = peakModule(relaxed);
  if (!WebAssembly.validate(bytes)) return null;
  const { run } = /** @type {{ run: (turns: number) => number }} */ (
    /** @type {unknown} */ (new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports)
  );
  const turns = 3_000_000;
  let best = 0;
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const start = performance.now();
    run(turns);
    const seconds = (performance.now() - start) / 1000;
    best = Math.max(best, (turns * FLOP_PER_TURN) / seconds / 1e9);
  }
  return best;
}
