// What the small pictures are made of.

const SAMPLES = 48;

type Place = readonly [x: number, y: number];

/** The path of a curve, sampled from one value to another. */
export function path(from: number, to: number, place: (value: number) => Place): string {
  const places = Array.from({ length: SAMPLES + 1 }, (_, at) => {
    const [x, y] = place(from + ((to - from) * at) / SAMPLES);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${places.join("L")}`;
}

export function dots(places: readonly Place[], radius = 3.5) {
  return places.map(([x, y]) => <circle key={`${x} ${y}`} class="full" cx={x} cy={y} r={radius} />);
}

/** A row of squares with a digit each. */
export function digitPatches(count: number, left: number, top: number, side: number) {
  return Array.from({ length: count }, (_, at) => (
    <g key={at}>
      <rect class="rule" x={left + (side + 2) * at} y={top} width={side} height={side} />
      <text x={left + (side + 2) * at + side / 2} y={top + side - 3.5} text-anchor="middle">
        {"025205"[at]}
      </text>
    </g>
  ));
}
