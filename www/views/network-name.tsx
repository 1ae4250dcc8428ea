// A network's name with a mark of its colour.

import { networkClass } from "./canvas-colours.js";

export function NetworkName({ place, name }: { place: number; name: string }) {
  return (
    <span class={`name ${networkClass(place)}`}>
      <span class="mark" aria-hidden="true" />
      {name}
    </span>
  );
}
