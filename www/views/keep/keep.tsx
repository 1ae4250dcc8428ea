// Keep it, share it: a link, a picture, histories, the notebook, and weights, which can also be loaded back.

import { useSignal } from "@preact/signals";

import { save as saveFile } from "../../lib/save.js";
import { sentenceOf } from "../../lib/sentence.js";
import type { App } from "../../state/app.js";
import { KEEP_TITLE, SHARE_HINT } from "../../words/share.js";
import { contentsOf, notebook } from "./notebook.js";
import { Share } from "./share.js";
import { Weights } from "./weights.js";

export function Keep({ app }: { app: App }) {
  const note = useSignal("");
  /** Does what may fail, and says how it went. */
  const say = async (act: () => string | Promise<string>) => {
    try {
      note.value = await act();
    } catch (error) {
      note.value = sentenceOf(error);
    }
  };
  const save = (file: string, type: string, contents: () => BlobPart) =>
    void say(() => {
      saveFile(file, new Blob([contents()], { type }));
      return `${file} is saved.`;
    });
  const button = (name: string, isDisabled: boolean, press: () => void) => (
    <button type="button" disabled={isDisabled} onClick={press}>
      {name}
    </button>
  );
  const { study } = app.study;
  const isEmpty = (app.study.findings.value?.epoch ?? 0) === 0;
  return (
    <section id="keep" aria-labelledby="keep-title">
      <h2 id="keep-title">{KEEP_TITLE}</h2>
      <p class="quiet">{SHARE_HINT}</p>
      <Share app={app} say={say} />
      <p class="quiet">
        The curves of all runs, as a table or in Keras’s form. A Keras notebook that repeats the run
        shown, from the same first weights, in the same order.
      </p>
      <div class="buttons">
        {button("History as CSV", isEmpty, () =>
          save("history.csv", "text/csv", () => study.csv()),
        )}
        {button("History as JSON", isEmpty, () =>
          save("history.json", "application/json", () => study.json()),
        )}
        {button("Keras notebook", false, () =>
          save("experiment.ipynb", "application/x-ipynb+json", () => notebook(contentsOf(app))),
        )}
      </div>
      <h3>Weights</h3>
      <p class="quiet">
        Each network’s weights as a safetensors file, which can be loaded back here.
      </p>
      <Weights app={app} say={say} save={save} />
      <p id="takeaway-note" role="status">
        {note.value}
      </p>
    </section>
  );
}
