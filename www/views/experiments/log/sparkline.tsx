// The loss of each network by epoch, in the size of a word; on a log scale, as some blow up.

import { networkClass } from "../../canvas-colours.js";

const [WIDTH, HEIGHT, EDGE] = [112, 28, 2];

export function Sparkline({ losses }: { losses: readonly (readonly number[])[] }) {
  const drawn = losses.flat().filter((loss) => loss > 0 && Number.isFinite(loss));
  const [least, most] = [Math.log(Math.min(...drawn)), Math.log(Math.max(...drawn))];
  const height = (loss: number) => {
    const share = most > least ? (Math.log(loss) - least) / (most - least) : 0.5;
    return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE);
  };
  const longest = Math.max(2, ...losses.map(({ length }) => length));
  const across = (at: number) => EDGE + (at * (WIDTH - 2 * EDGE)) / (longest - 1);
  return (
    <svg class="sparkline" width={WIDTH} height={HEIGHT} aria-hidden="true">
      {losses.map((its, network) => {
        const points = its.flatMap((loss, at) =>
          loss > 0 && Number.isFinite(loss) ? [[across(at), height(loss)] as const] : [],
        );
        const [first] = points;
        return points.length === 1 && first ? (
          <circle key={network} class={networkClass(network)} cx={first[0]} cy={first[1]} r="2" />
        ) : (
          <polyline
            key={network}
            class={networkClass(network)}
            points={points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")}
          />
        );
      })}
    </svg>
  );
}
