// Each network's weights, to save and to load.

import { useRef } from "preact/hooks";

import type { App } from "../../state/app.js";
import type { Answerer } from "../../state/networks.js";
import { originText } from "../../words/drawing.js";
import { NetworkName } from "../network-name.js";
import { list } from "../numbers.js";

interface WeightsProps {
  app: App;
  /** Does what may fail, and says how it went. */
  say: (act: () => Promise<string>) => Promise<void>;
  save: (file: string, type: string, contents: () => BlobPart) => void;
}

export function Weights(props: WeightsProps) {
  return (
    <ul class="weights">
      {props.app.networks.list.value.map((answerer) => (
        <Row key={answerer.name} answerer={answerer} {...props} />
      ))}
    </ul>
  );
}

function Row({ answerer, app, say, save }: WeightsProps & { answerer: Answerer }) {
  const { name, slot, origin } = answerer;
  const { networks, training } = app;
  const input = useRef<HTMLInputElement>(null);
  // While training goes on, it decides who answers.
  const isBusy = ["waiting", "training", "paused"].includes(training.phase.value.type);

  const load = async (file: File) => {
    const digits = await networks.load(slot, file);
    return `${file.name} is loaded. The ${name} network now knows the digits ${list(digits)}.`;
  };
  return (
    <li>
      <span>
        <NetworkName place={slot} name={name} />:{" "}
        <span class="quiet">
          {originText(origin, training.experiment.value?.trainingImages ?? 0)}
        </span>
      </span>
      <span class="buttons">
        <button
          type="button"
          disabled={origin.type === "none"}
          onClick={() =>
            save(`${name}.safetensors`, "application/octet-stream", () => networks.save(slot))
          }
        >
          Save<span class="spoken"> the {name} network’s weights</span>
        </button>
        <button type="button" disabled={isBusy} onClick={() => input.current?.click()}>
          Load<span class="spoken"> weights into the {name} network</span>
        </button>
        <input
          ref={input}
          type="file"
          accept=".safetensors"
          hidden
          id={`load-${name}`}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) void say(() => load(file));
            currentTarget.value = ""; // so that the same file can be chosen again
          }}
        />
      </span>
    </li>
  );
}
