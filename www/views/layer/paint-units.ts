// Bars of what units add, a row a part, all on one scale.

export interface Bars {
  /** Of each part, what each unit adds; null where there is nothing yet. */
  readonly rows: readonly (readonly number[] | null)[];
  readonly units: number;
  /** What fills half of a row. */
  readonly most: number;
  /** The unit pointed at, counted from 0. */
  readonly pointed: number | null;
}

export interface Inks {
  readonly bar: string;
  readonly line: string;
  readonly pointed: string;
}

export function paintUnits(
  context: CanvasRenderingContext2D,
  { width, height }: { readonly width: number; readonly height: number },
  { rows, units, most, pointed }: Bars,
  inks: Inks,
): void {
  const high = height / Math.max(1, rows.length);
  const step = width / Math.max(1, units);
  const wide = Math.max(1 / devicePixelRatio, step > 3 ? step * 0.7 : step);
  for (const [row, values] of rows.entries()) {
    const zero = high * (row + 0.5);
    if (pointed !== null) {
      context.fillStyle = inks.pointed;
      context.fillRect(pointed * step - 1, row * high + 1, step + 2, high - 2);
    }
    context.fillStyle = inks.line;
    context.fillRect(0, zero - 0.5, width, 1);
    context.fillStyle = inks.bar;
    for (const [unit, value] of (values ?? []).entries()) {
      if (!Number.isFinite(value) || !(most > 0)) continue;
      const tall = (value / most) * (high / 2 - 2);
      context.fillRect(unit * step + (step - wide) / 2, zero - tall, wide, tall);
    }
  }
}
