// Changes a layer, and the network that it is of.

import { useRef } from "preact/hooks";

import { useKeptFocus } from "../kept-focus.js";
import {
  copyOf,
  withLayer,
  withLayerAfter,
  withMoved,
  withoutLayer,
  type Layer,
  type Network,
} from "./edit.js";
import { customText } from "./layer-text.js";
import type { RowProps } from "./row.js";
import { TextField } from "./text-field.js";

interface EditorProps extends RowProps {
  network: Network;
  /** The layer's place. */
  at: number;
}

export function Editor(props: EditorProps) {
  const { network, at, select } = props;
  const box = useRef<HTMLDivElement>(null);
  useKeptFocus(box);
  const close = () => {
    // Returns the focus to its opener.
    const row = box.current?.closest("li");
    row?.querySelector<HTMLElement>("[aria-expanded=true]")?.focus({ preventScroll: true });
    select(null);
  };
  return (
    <div
      ref={box}
      class="editor"
      role="group"
      aria-label={`Layer ${at + 1} of ${network.name}`}
      onKeyDown={({ key }) => {
        if (key === "Escape") close();
      }}
    >
      <LayerEditor {...props} />
      <NetworkEditor {...props} close={close} />
    </div>
  );
}

/** The networks with another one in this place. */
const among = ({ networks, place }: RowProps, network: Network): Network[] =>
  networks.map((old, at) => (at === place ? network : old));

function LayerEditor(props: EditorProps) {
  const { place, network, at, words, take, press, generation } = props;
  const layer = network.layers[at];
  if (!layer) return null;
  const id = `set-network-${place}`;
  const change = (changed: Partial<Layer>) =>
    take(among(props, withLayer(network, at, { ...layer, ...changed })));
  const act = (now: Network, next: number) =>
    press(among(props, now), { network: place, layer: next });
  const move = (label: string, by: number) => (
    <button
      type="button"
      disabled={network.layers[at + by] === undefined}
      onClick={() => act(withMoved(network, at, by), at + by)}
    >
      {label}
    </button>
  );
  return (
    <div class="editor-row">
      <div class="field kind">
        <label for={`${id}-kind`}>Kind of layer</label>
        <select
          id={`${id}-kind`}
          value={layer.word}
          onChange={({ currentTarget: { value } }) => void change({ word: value })}
        >
          {words.map(({ word, formula, family }) => (
            <option key={word} value={word}>
              {word}: {family === "custom" ? customText(word, words) : formula}
            </option>
          ))}
        </select>
      </div>
      <TextField
        key={`${generation} ${at}`}
        id={`${id}-units`}
        label="Units"
        value={layer.units}
        inputMode="numeric"
        set={(units) => change({ units })}
      />
      <div class="buttons">
        {move("Earlier", -1)}
        {move("Later", 1)}
        <button type="button" onClick={() => act(withLayerAfter(network, at), at + 1)}>
          Add a layer
        </button>
        <button type="button" onClick={() => act(withoutLayer(network, at), Math.max(0, at - 1))}>
          Remove the layer
        </button>
      </div>
    </div>
  );
}

function NetworkEditor(props: EditorProps & { close: () => void }) {
  const { place, network, networks, take, press, generation, close } = props;
  const id = `set-network-${place}`;
  return (
    <div class="editor-row">
      <TextField
        key={`name ${generation}`}
        id={`${id}-name`}
        label="Name"
        value={network.name}
        inputMode="text"
        set={(name) => take(among(props, { ...network, name }))}
      />
      <TextField
        key={`rate ${generation}`}
        id={`${id}-rate`}
        label="Rate of its own"
        value={network.rate}
        inputMode="decimal"
        set={(rate) => take(among(props, { ...network, rate }))}
      />
      <div class="buttons">
        <button
          type="button"
          onClick={() =>
            press([...networks, copyOf(network, networks)], { network: networks.length, layer: 0 })
          }
        >
          Copy {network.name}
        </button>
        <button
          type="button"
          disabled={networks.length === 1}
          onClick={() =>
            press(
              networks.filter((_, other) => other !== place),
              null,
            )
          }
        >
          Remove {network.name}
        </button>
        <button type="button" onClick={close}>
          Done
        </button>
      </div>
    </div>
  );
}
