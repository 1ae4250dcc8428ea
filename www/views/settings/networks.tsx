// The networks: a text each, checked as it is typed.

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import type { LayerWord, NetworkText } from "../../pkg/mnist_cubic.js";
import { SETTING_HINTS } from "../../words.js";
import { useKeptFocus } from "../kept-focus.js";
import { NetworkName } from "../network-name.js";
import { thousands } from "../numbers.js";
import { Notes, TextInput, described, inAddress, useDraft, type FieldProps } from "./field.js";

const MOST = 4;

export function Networks({
  row,
  settings,
  set,
  words,
}: FieldProps & { words: readonly LayerWord[] }) {
  const id = `set-${row.key}`;
  // A network that is removed takes what was typed for it along.
  const removed = useSignal(0);
  const fieldset = useRef<HTMLFieldSetElement>(null);
  useKeptFocus(fieldset);
  const networks = settings.networks.value;
  const texts = networks.map(({ text }) => text);
  /** Sets the networks to these texts; returns the sentence that refuses them. */
  const setAll = (now: readonly string[]) => set(row.key, now.join(";"));
  return (
    <fieldset ref={fieldset} {...described(id)}>
      <legend>{row.label}</legend>
      {networks.map((network, place) => (
        <Network
          key={`${removed.value} ${place}`}
          place={place}
          network={network}
          set={(text) => setAll(texts.map((old, at) => (at === place ? text : old)))}
          isOnly={networks.length === 1}
          remove={() => {
            setAll(texts.filter((_, at) => at !== place));
            removed.value++;
          }}
        />
      ))}
      <div class="buttons">
        <button
          type="button"
          disabled={networks.length >= MOST}
          onClick={() => setAll([...texts, another(networks)])}
        >
          Add a network
        </button>
      </div>
      <Notes id={id} problem={inAddress(settings, (key) => key === row.key)}>
        {SETTING_HINTS[row.key]} Words:{" "}
        {words.map(({ word, formula }) => `${word} (${formula})`).join(", ")}.
      </Notes>
    </fieldset>
  );
}

interface NetworkProps {
  place: number;
  network: NetworkText;
  set: (text: string) => string | null;
  isOnly: boolean;
  remove: () => void;
}

function Network({ place, network, set, isOnly, remove }: NetworkProps) {
  const id = `set-network-${place}`;
  // A semicolon would make two of it.
  const draft = useDraft(network.text, (text) => set(text.replaceAll(";", " ")));
  return (
    <div class="field network">
      <label for={id}>
        <span class="spoken">Network </span>
        <NetworkName place={place} name={network.name} />
      </label>
      <div class="network-row">
        <TextInput id={id} draft={draft} problem={draft.problem} />
        <button type="button" disabled={isOnly} onClick={remove}>
          Remove<span class="spoken"> {network.name}</span>
        </button>
      </div>
      <Notes id={id} problem={draft.problem}>
        {thousands(network.parameters)} weights
      </Notes>
    </div>
  );
}

/** A copy of the last network under a name that is free. */
function another(networks: readonly NetworkText[]): string {
  const last = networks.at(-1);
  const names = networks.map(({ name }) => name.toLowerCase());
  const name = ["third", "fourth", "another", "second"].find((one) => !names.includes(one));
  return `${name ?? "another"}:${last?.layers ?? ""}`;
}
