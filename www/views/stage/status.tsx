// The state of training in words that are spoken, and the way on where something has failed.

import type { App } from "../../state/app.js";
import type { Phase } from "../../state/phase.js";
import { statusText } from "../../words/training.js";

export function Status({ app }: { app: App }) {
  const phase = app.training.phase.value;
  return (
    <>
      <p id="status" class="spoken" role="status">
        {statusText(phase, app.training.progress.value, app.study.findings.value)}
      </p>
      <WayOn phase={phase} />
    </>
  );
}

function WayOn({ phase }: { phase: Phase }) {
  if (phase.type !== "failed") return null;
  const { action, act } = phase.failure;
  return (
    <p id="way-on">
      <button
        type="button"
        onClick={() => {
          act();
        }}
      >
        {action}
      </button>
    </p>
  );
}
