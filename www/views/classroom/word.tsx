// A word of the field in a sentence: pressed, it is explained on the spot.

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { WORDS, type WordName } from "../../words/classroom.js";
import { Explanation } from "./explanation.js";

export function Word({ name, children }: { name: WordName; children: ComponentChildren }) {
  const isOpen = useSignal(false);
  return (
    <>
      {/* Without the program, it leads to the list of words. */}
      <a
        class="word"
        href={`#word-${name}`}
        aria-haspopup="dialog"
        onClick={(event) => {
          event.preventDefault();
          isOpen.value = true;
        }}
      >
        {children}
      </a>
      {isOpen.value && <Explained name={name} onClose={() => (isOpen.value = false)} />}
    </>
  );
}

function Explained({ name, onClose }: { name: WordName; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="word-dialog"
      aria-labelledby={`word-dialog-${name}`}
      onClose={onClose}
      onClick={(event) => {
        // On the backdrop.
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div>
        <h2 id={`word-dialog-${name}`}>{WORDS.find((one) => one.name === name)?.word}</h2>
        <Explanation name={name} />
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
    </dialog>
  );
}
