// Where things lie in the figure of functions, in its own units.

export const SIZE = { width: 280, height: 220 } as const;
export const X = { least: -1.5, most: 2.5, step: 0.1, start: 1.5 } as const;
const Y = { least: -4, most: 9 } as const;
const MARGIN = { left: 4, right: 4, top: 6, bottom: 6 } as const;
const POINTS = 161;

export const across = (x: number): number =>
  MARGIN.left + ((x - X.least) / (X.most - X.least)) * (SIZE.width - MARGIN.left - MARGIN.right);

export const up = (y: number): number =>
  MARGIN.top + ((Y.most - y) / (Y.most - Y.least)) * (SIZE.height - MARGIN.top - MARGIN.bottom);

export const isSeen = (y: number): boolean => y >= Y.least && y <= Y.most;

/** The x at a share of the figure's width, on a whole step. */
export function xAt(share: number): number {
  const inner = SIZE.width - MARGIN.left - MARGIN.right;
  const x = X.least + ((share * SIZE.width - MARGIN.left) / inner) * (X.most - X.least);
  return onStep(x);
}

export function onStep(x: number): number {
  const steps = Math.round(Math.min(Math.max(x, X.least), X.most) / X.step);
  return Number((steps * X.step).toFixed(1));
}

/** Where a key takes the point; null where it does nothing. */
export function xAfter(key: string, x: number): number | null {
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return onStep(x + X.step);
    case "ArrowLeft":
    case "ArrowDown":
      return onStep(x - X.step);
    case "PageUp":
      return onStep(x + 5 * X.step);
    case "PageDown":
      return onStep(x - 5 * X.step);
    case "Home":
      return X.least;
    case "End":
      return X.most;
    default:
      return null;
  }
}

/** All x at which a curve is drawn. */
export const GRID = Float32Array.from(
  { length: POINTS },
  (_, at) => X.least + (at / (POINTS - 1)) * (X.most - X.least),
);

/** The curve through these values; what lies outside is clipped. */
export function pathOf(values: ArrayLike<number>): string {
  return [...GRID]
    .map(
      (x, at) => `${at === 0 ? "M" : "L"}${across(x).toFixed(1)} ${up(values[at] ?? 0).toFixed(1)}`,
    )
    .join("");
}

/** Where a curve's name stands: at its last point that is seen. */
export function labelPlace(values: ArrayLike<number>): { x: number; y: number } {
  for (let at = POINTS - 1; at >= 0; at--) {
    const value = values[at] ?? NaN;
    if (isSeen(value)) return { x: Math.round(across(GRID[at] ?? 0)), y: Math.round(up(value)) };
  }
  return { x: Math.round(across(0)), y: Math.round(up(0)) };
}
