// A network: its layers, each a button, and beneath them what changes the one that is pressed.

import type { LayerWord, NetworkText } from "../../pkg/mnist_cubic.js";
import { networkClass } from "../canvas-colours.js";
import { NetworkName } from "../network-name.js";
import { thousands } from "../numbers.js";
import { familyOf, type Network } from "./edit.js";
import { Editor } from "./editor.js";
import { LayerText } from "./layer-text.js";
import type { Selected } from "./networks.js";

export interface RowProps {
  place: number;
  text: NetworkText;
  networks: readonly Network[];
  words: readonly LayerWord[];
  /** The learning rate that it is trained with. */
  rate: string;
  /** Which of its layers is open. */
  selected: number | null;
  select: (layer: number | null) => void;
  /** Sets the networks as somebody types; returns the sentence that refuses them. */
  take: (networks: readonly Network[]) => string | null;
  /** Sets the networks at a press. */
  press: (networks: readonly Network[], next: Selected | null) => void;
  generation: number;
}

export function Row(props: RowProps) {
  const { place, text, networks, words, rate, selected, select } = props;
  const network = networks[place];
  const layers = network?.layers ?? [];
  const id = `network-editor-${place}`;
  return (
    <li class={networkClass(place)}>
      <div class="network-line">
        <NetworkName place={place} name={text.name} />
        <div class="layers" role="group" aria-label={`Layers of ${text.name}`}>
          {layers.map((layer, at) => (
            <button
              key={at}
              type="button"
              class={familyOf(layer, words) === "custom" ? "layer custom" : "layer"}
              aria-expanded={selected === at}
              aria-controls={selected === at ? id : undefined}
              onClick={() => select(selected === at ? null : at)}
            >
              <LayerText layer={layer} words={words} />
            </button>
          ))}
        </div>
        <span class="quiet size">
          {thousands(text.parameters)} weights · rate {rate}
        </span>
      </div>
      {network && selected !== null && (
        <div id={id}>
          <Editor {...props} network={network} at={selected} />
        </div>
      )}
    </li>
  );
}
