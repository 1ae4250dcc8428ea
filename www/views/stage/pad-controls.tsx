// Under the pad: Undo, Clear, and MNIST's own test digits for those who do not draw.

import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { isMetered } from "../../lib/connection.js";
import type { App } from "../../state/app.js";
import type { Content } from "../../state/drawing.js";
import { follow } from "../follow.js";
import { useKeptFocus } from "../kept-focus.js";
import { wantImages } from "../want-images.js";
import { askedFor } from "./asked-for.js";
import { useUndoKey } from "./pad-keys.js";

export function PadControls({ app }: { app: App }) {
  const { drawing } = app;
  const buttons = useRef<HTMLDivElement>(null);
  useUndoKey(app);
  useKeptFocus(buttons);
  const isEmpty =
    drawing.content.value.type === "strokes" && drawing.content.value.strokes.length === 0;
  return (
    <div class="buttons pad-controls" ref={buttons}>
      <button
        type="button"
        disabled={!drawing.canUndo.value}
        onClick={() => {
          drawing.undo();
        }}
      >
        Undo
      </button>
      <button
        type="button"
        disabled={isEmpty}
        onClick={() => {
          drawing.clear();
        }}
      >
        Clear
      </button>
      <TestDigits app={app} />
    </div>
  );
}

/** A digit to choose, and one test image of it after another. */
function TestDigits({ app }: { app: App }) {
  const { drawing, images } = app;
  const chosen = useSignal<number | null>(null);
  /** One that was chosen before its images were there, and what was on the pad then: it comes unless that changes. */
  const awaited = useSignal<{ digit: number; content: Content } | null>(null);
  /** Whether images come only if they are asked for. */
  const canAsk = useSignal(false);
  useEffect(() => {
    canAsk.value = isMetered();
  }, []);
  // Images arrive later; this view follows.
  follow(images.revision);
  const digits = askedFor(app);
  const content = drawing.content.value;
  const shown = content.type === "digit" && content.part === "test" ? content : null;
  const digit = shown?.digit ?? chosen.value ?? digits[0] ?? 0;

  const show = (wanted: number, index: number) => {
    const count = images.count("test", [wanted]);
    awaited.value = count > 0 ? null : { digit: wanted, content };
    if (count === 0) wantImages(app);
    else drawing.show("test", wanted, index % count);
  };
  useSignalEffect(() => {
    void images.revision.value;
    const wish = awaited.value;
    if (!wish || images.count("test", [wish.digit]) === 0) return;
    const now = drawing.content.peek();
    if (now === wish.content || now.type === "demonstration") show(wish.digit, 0);
  });
  return (
    <>
      <span class="pick">
        <label for="test-digit">Test digit</label>{" "}
        <select
          id="test-digit"
          value={digit}
          onChange={({ currentTarget }) => {
            chosen.value = Number(currentTarget.value);
            show(chosen.value, 0);
          }}
        >
          {digits.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </span>
      <button
        type="button"
        disabled={images.count("test", [digit]) === 0 && !canAsk.value}
        onClick={() => {
          show(digit, shown ? shown.index + 1 : 0);
        }}
      >
        Next image
      </button>
    </>
  );
}
