// The buttons of training. None goes away with the keyboard's focus on it.

import { useRef } from "preact/hooks";

import type { TrainingState } from "../../state/training.js";
import { useKeptFocus } from "../kept-focus.js";

export function Controls({ training }: { training: TrainingState }) {
  const { train, pause, resume, stop, reset } = training.pressable.value;
  const buttons = useRef<HTMLDivElement>(null);
  const button = (name: string, isEnabled: boolean, press: () => void, kind = "") => (
    <button type="button" key={name} class={kind} disabled={!isEnabled} onClick={press}>
      {name}
    </button>
  );
  useKeptFocus(buttons);
  return (
    <div class="buttons" ref={buttons}>
      {button("Train", train, () => training.train(), "primary")}
      {resume
        ? button("Resume", true, () => training.resume())
        : button("Pause", pause, () => training.pause())}
      {button("Stop", stop, () => training.stop())}
      {button("Reset", reset, () => training.reset())}
    </div>
  );
}
