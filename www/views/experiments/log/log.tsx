// What you have tried: the experiments done, the newest first.

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";

import { save } from "../../../lib/save.js";
import type { App } from "../../../state/app.js";
import { exported } from "../../../state/log/export-json.js";
import type { LogEvent } from "../../../state/log/log.js";
import {
  COLUMNS,
  eventText,
  EXPORTED,
  NOTHING,
  storageText,
  TITLE,
  unreadableText,
} from "../../../words/log.js";
import { useKeptFocus } from "../../kept-focus.js";
import { Row } from "./row.js";
import { useTitles } from "./titles.js";

/** So many rows are in sight at a desk, as the style sheet has it; more are scrolled to. */
const IN_SIGHT = 3;

export function Log({ app }: { app: App }) {
  const { entries, storage, shown, overlaid, last } = app.log;
  const isWhole = useSignal(false);
  /** What was saved, until something else is done. */
  const saved = useSignal<LogEvent | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useKeptFocus(box);
  const titleOf = useTitles(app.study);
  const isEmpty = entries.value.length === 0;
  const isBusy = ["waiting", "training", "paused"].includes(app.training.phase.value.type);
  const saveAll = async () => {
    const file = exported(await app.log.contents());
    save("experiments.json", new Blob([file], { type: "application/json" }));
    saved.value = last.peek();
  };
  return (
    <div id="log" ref={box}>
      <div class="log-head">
        <h3 id="log-title">{TITLE}</h3>
        <p class="quiet">{storageText(storage.value)}</p>
        {!isEmpty && (
          <div class="acts">
            {entries.value.length > IN_SIGHT && (
              <button
                type="button"
                class="quiet"
                aria-expanded={isWhole.value}
                onClick={() => (isWhole.value = !isWhole.value)}
              >
                All {entries.value.length} at once
              </button>
            )}
            <button type="button" class="quiet" onClick={() => void saveAll()}>
              Save all as JSON
            </button>
          </div>
        )}
      </div>
      <div class={isEmpty ? "log-columns nothing" : "log-columns"} aria-hidden="true">
        <span />
        <span>{COLUMNS.experiment}</span>
        <span>{COLUMNS.losses}</span>
        <span>{COLUMNS.mistakes}</span>
        <span>{COLUMNS.truth}</span>
      </div>
      <ol class={isWhole.value ? "log-rows whole" : "log-rows"} aria-labelledby="log-title">
        {isEmpty && <li class="quiet">{NOTHING}</li>}
        {entries.value.map((entry) => (
          <Row
            key={entry.id}
            {...{ app, entry, isBusy }}
            title={titleOf(entry)}
            isShown={shown.value === entry.id}
            isDrawn={overlaid.value.some((one) => one.entry.id === entry.id)}
          />
        ))}
      </ol>
      <Note app={app} event={last.value} said={saved.value === last.value ? EXPORTED : ""} />
    </div>
  );
}

/** What was done last, and what can be done about it. */
function Note({ app: { log }, event, said }: { app: App; event: LogEvent; said: string }) {
  const { type } = event;
  const isOnPage = type === "shown" || type === "drawn";
  return (
    <div id="log-note" class="quiet">
      <span role="status">{said || eventText(event)}</span>
      {isOnPage && (
        <button type="button" class="quiet" onClick={goToCurves}>
          Go to the curves
        </button>
      )}
      {log.canReturn.value && type === "deleted" && (
        <button type="button" class="quiet" onClick={() => void log.bringBack()}>
          Bring it back
        </button>
      )}
      {log.unreadable.value > 0 && (
        <span class="unreadable">
          {unreadableText(log.unreadable.value)}
          <button type="button" class="quiet" onClick={() => void log.removeUnreadable()}>
            Delete what can’t be read
          </button>
        </span>
      )}
    </div>
  );
}

function goToCurves(): void {
  const curves = document.querySelector<HTMLElement>("#curves");
  curves?.scrollIntoView({ block: "start", behavior: "instant" });
  curves?.querySelector<HTMLElement>("[role=slider]")?.focus({ preventScroll: true });
}
