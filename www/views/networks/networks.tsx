// The networks of the next training: a list of layers each, to change, to add and to remove.

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { LayerWord, SettingRow } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import { AS_TEXT, LEAD, textHint, TITLE } from "../../words/networks.js";
import { useKeptFocus } from "../kept-focus.js";
import { inAddress, TextInput, useDraft } from "../settings/field.js";
import { useForm } from "../settings/form.js";
import { AddNetwork } from "./add-network.js";
import { networkOf, textOf, type Network } from "./edit.js";
import { Row } from "./row.js";

/** The layer whose editor is open. */
export interface Selected {
  readonly network: number;
  readonly layer: number;
}

export function Networks({ app: { settings, study } }: { app: App }) {
  const row = settings.rows.find(({ input }) => input.type === "networks");
  const box = useRef<HTMLDivElement>(null);
  /** Whether another network's layer is to be opened. */
  const comes = useRef(false);
  useKeptFocus(box);
  const selected = useSignal<Selected | null>(null);
  /** What a press could not do. */
  const refused = useSignal("");
  const { set, generation, forget } = useForm(settings);
  const texts = settings.networks.value;
  const networks = texts.map(networkOf);
  const words = study.study.layer_words();
  const id = `set-${row?.key ?? ""}`;
  /** Sets the networks; returns the sentence that refuses them. */
  const take = (now: readonly Network[]) => {
    refused.value = "";
    return set(row?.key ?? "", now.map(textOf).join(";"));
  };
  /** Does what a press asks for, which makes a new list; says why where that cannot be. */
  const press = (now: readonly Network[], next: Selected | null) => {
    const problem = take(now);
    refused.value = problem ?? "";
    if (problem !== null) return;
    forget();
    comes.current = next !== null && next.network !== selected.peek()?.network;
    selected.value = next;
  };
  // Moves the focus to an added network.
  useLayoutEffect(() => {
    if (!comes.current) return;
    comes.current = false;
    box.current?.querySelector<HTMLElement>("[aria-expanded=true].layer")?.focus();
  });
  const problem = refused.value || inAddress(settings, (key) => key === row?.key);
  return (
    <div id="networks" ref={box}>
      <h3 id="networks-title">{TITLE}</h3>
      <p class="quiet">{LEAD}</p>
      <ul class="network-list" aria-labelledby="networks-title">
        {texts.map((text, place) => (
          <Row
            key={place}
            {...{ place, text, networks, words, take, press }}
            rate={text.learning_rate?.toString() ?? settings.texts.value.get("lr") ?? ""}
            selected={selected.value?.network === place ? selected.value.layer : null}
            select={(layer) => {
              refused.value = "";
              selected.value = layer === null ? null : { network: place, layer };
            }}
            generation={generation.value}
          />
        ))}
      </ul>
      <AddNetwork
        {...{ networks, words }}
        add={(one) => press([...networks, one], { network: networks.length, layer: 0 })}
      />
      <p class="problem" id={`${id}-problem`} aria-live="polite">
        {problem}
      </p>
      {row && (
        <AsText
          key={generation.value}
          {...{ row, id, words }}
          text={texts.map((one) => one.text).join(";")}
          set={(text) => set(row.key, text)}
        />
      )}
    </div>
  );
}

interface AsTextProps {
  row: SettingRow;
  id: string;
  words: readonly LayerWord[];
  text: string;
  set: (text: string) => string | null;
}

function AsText({ row, id, words, text, set }: AsTextProps) {
  const draft = useDraft(text, set);
  const own = `${id}-text`;
  return (
    <details class="as-text">
      <summary>{AS_TEXT}</summary>
      <div class="field">
        <label for={own}>{row.label}</label>
        <TextInput id={own} draft={draft} problem={draft.problem} name={row.key} />
        <p class="hint" id={`${own}-hint`}>
          {textHint(words)}
        </p>
        <p class="problem" id={`${own}-problem`} aria-live="polite">
          {draft.problem}
        </p>
      </div>
    </details>
  );
}
