// What paper says beyond what is seen: the settings, the link that gives the same numbers, and room for notes.

import { useSignal, useSignalEffect } from "@preact/signals";

import type { App } from "../state/app.js";
import { NOTES, SAME_AGAIN } from "../words/share.js";
import { linkOf } from "./keep/linked.js";

const LINES = 4;
/** The answers of more networks need the room. */
const MOST_NETWORKS = 2;

export function Printed({ app }: { app: App }) {
  const link = useSignal("");
  // Not before the page is in a browser: only there has it an address.
  useSignalEffect(() => {
    link.value = linkOf(app).address;
  });
  const { training, settings } = app;
  const { hash, networks } = training.experiment.value ?? {
    hash: settings.hash.value,
    networks: settings.networks.value,
  };
  const texts = networks.map(({ name, layers }) => `${name}: ${layers.replaceAll(",", " → ")}`);
  return (
    <div class="printed" aria-hidden="true">
      <p>
        {settingsText(hash)}
        <br />
        {texts.join(" · ")}
      </p>
      <p>
        {SAME_AGAIN} {link}
      </p>
      {networks.length <= MOST_NETWORKS && <Notes />}
    </div>
  );
}

/** The networks stand beneath. */
function settingsText(hash: string): string {
  const settings = hash.split("&").filter((one) => !one.startsWith("networks="));
  return settings.join(" · ").replaceAll("=", " ").replaceAll(",", ", ");
}

function Notes() {
  return (
    <>
      <p>{NOTES}</p>
      {Array.from({ length: LINES }, (_, at) => (
        <div key={at} class="note-line" />
      ))}
    </>
  );
}
