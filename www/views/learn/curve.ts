// A curve: values at moments.

export interface Curve {
  /** When, in epochs, ascending. */
  readonly x: Float64Array;
  /** NaN where there is none. */
  readonly y: Float64Array;
}

export const NO_CURVE: Curve = { x: new Float64Array(), y: new Float64Array() };

/** 1, 2, 3, …: shared by all curves that have a value an epoch, and as long as the longest. */
let counted = new Float64Array();

/** The curve of a value an epoch, from the first on. */
export function byEpoch(values: Float64Array): Curve {
  if (counted.length < values.length)
    counted = Float64Array.from({ length: 2 * values.length }, (_, at) => at + 1);
  return { x: counted.subarray(0, values.length), y: values };
}

/** Two curves as one. */
export function merged(a: Curve, b: Curve): Curve {
  if (a.x.length === 0) return b;
  const x = new Float64Array(a.x.length + b.x.length);
  const y = new Float64Array(x.length);
  for (let at = 0, ofA = 0, ofB = 0; at < x.length; at++) {
    const isA = ofB >= b.x.length || (a.x[ofA] ?? Infinity) < (b.x[ofB] ?? Infinity);
    const [from, place] = isA ? [a, ofA++] : [b, ofB++];
    x[at] = from.x[place] ?? NaN;
    y[at] = from.y[place] ?? NaN;
  }
  return { x, y };
}

/** What of a curve lies in the first so many epochs. */
export function upTo({ x, y }: Curve, epochs: number): Curve {
  const end = x.findIndex((at) => at > epochs);
  return end < 0 ? { x, y } : { x: x.subarray(0, end), y: y.subarray(0, end) };
}

/** The value at a moment; undefined where the curve does not come to it. */
export function valueAt({ x, y }: Curve, moment: number): number | undefined {
  // Moments are quotients, which differ in their last bits.
  const place = x.findIndex((at) => at > moment - 1e-9);
  return place >= 0 && Math.abs((x[place] ?? NaN) - moment) < 1e-9 ? y[place] : undefined;
}

/** The index of the last finite value; −1 if there is none. */
export function lastPlace({ y }: Curve): number {
  let last = y.length - 1;
  while (last >= 0 && !Number.isFinite(y[last])) last--;
  return last;
}

/** A curve thinned to at most `most` points: the first, the last, and the least and greatest of each stretch. */
export function thinned(curve: Curve, most: number): Curve {
  const { x, y } = curve;
  if (x.length <= most) return curve;
  const kept: number[] = [0];
  const stretches = Math.floor((most - 2) / 2);
  const inner = x.length - 2;
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = 1 + Math.floor((stretch * inner) / stretches);
    const to = 1 + Math.floor(((stretch + 1) * inner) / stretches);
    const [least, greatest] = extremes(y, from, to);
    kept.push(...new Set([Math.min(least, greatest), Math.max(least, greatest)]));
  }
  kept.push(x.length - 1);
  const pick = (values: Float64Array) => Float64Array.from(kept, (at) => values[at] ?? NaN);
  return { x: pick(x), y: pick(y) };
}

/** The places of the least and the greatest value in a stretch. */
function extremes(y: Float64Array, from: number, to: number): [number, number] {
  let [least, greatest] = [from, from];
  for (let at = from; at < to; at++) {
    const value = y[at] ?? NaN;
    if (!(value >= (y[least] ?? NaN))) least = at;
    if (!(value <= (y[greatest] ?? NaN))) greatest = at;
  }
  return [least, greatest];
}
