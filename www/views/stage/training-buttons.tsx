// The buttons of training. One place trains, pauses and goes on.

import { useRef } from "preact/hooks";

import type { App } from "../../state/app.js";
import { BUTTONS, SLOW_MOTION, trainText } from "../../words/training.js";
import { useKeptFocus } from "../kept-focus.js";

export function TrainingButtons({ app: { training, settings } }: { app: App }) {
  const { stop, reset, step } = training.pressable.value;
  const buttons = useRef<HTMLDivElement>(null);
  useKeptFocus(buttons);
  return (
    <div class="buttons" ref={buttons}>
      <Primary app={{ training, settings }} />
      <button type="button" disabled={!step} onClick={() => training.step()}>
        {BUTTONS.step}
      </button>
      <button type="button" class="quiet" disabled={!stop} onClick={() => training.stop()}>
        {BUTTONS.stop}
      </button>
      <button type="button" class="quiet" disabled={!reset} onClick={() => training.reset()}>
        {BUTTONS.reset}
      </button>
      <label class="check">
        <input
          type="checkbox"
          checked={training.pace.value === "slow"}
          onChange={({ currentTarget: { checked } }) => {
            training.setPace(checked ? "slow" : "full");
          }}
        />
        {SLOW_MOTION}
      </label>
    </div>
  );
}

/** Each is drawn in a square of 16. */
const ICONS = {
  play: "M3 1.5v13l11-6.5z",
  pause: "M3 2h3.5v12H3zM9.5 2H13v12H9.5z",
};

function Primary({ app: { training, settings } }: { app: Pick<App, "training" | "settings"> }) {
  const { train, pause, resume } = training.pressable.value;
  const [name, icon, press] = pause
    ? ([BUTTONS.pause, ICONS.pause, () => training.pause()] as const)
    : resume
      ? ([BUTTONS.resume, ICONS.play, () => training.resume()] as const)
      : ([trainText(settings.networks.value.length), ICONS.play, () => training.train()] as const);
  return (
    <button
      type="button"
      class="primary"
      disabled={!(train || pause || resume)}
      // Pressed twice or held down, it trains: the second press is not one of Pause.
      onClick={({ detail }) => {
        if (detail < 2) press();
      }}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault();
      }}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={icon} />
      </svg>
      {name}
    </button>
  );
}
