// An experiment of the log: what it changed, what came out, and what can be done with it.

import type { ComponentChildren } from "preact";

import type { App } from "../../../state/app.js";
import type { Entry } from "../../../state/log/entry.js";
import { valueText, type Criterion } from "../../../words/criteria.js";
import { COLUMNS, detailsText } from "../../../words/log.js";
import { networkClass } from "../../canvas-colours.js";
import { Sparkline } from "./sparkline.js";

interface RowProps {
  app: App;
  entry: Entry;
  /** What it changed, in words. */
  title: string;
  /** Whether it is what the page shows. */
  isShown: boolean;
  /** Whether its curves are drawn over those. */
  isDrawn: boolean;
  /** Whether a training goes on. */
  isBusy: boolean;
}

export function Row({ app: { log }, entry, title, isShown, isDrawn, isBusy }: RowProps) {
  const { number } = entry;
  const which = <span class="spoken"> experiment {number}</span>;
  return (
    <li class={isShown ? "log-row shown" : "log-row"}>
      <span class="number">
        <span class="spoken">Experiment </span>
        {number}
      </span>
      <div class="what">
        <p>{title}</p>
        <p class="quiet">
          {detailsText(entry)}
          {isShown && " · shown"}
        </p>
      </div>
      <Sparkline losses={entry.losses} />
      <Values entry={entry} criterion="mistakes" />
      <Values entry={entry} criterion="truth" />
      <div class="acts">
        <button
          type="button"
          class="quiet"
          disabled={isShown || isBusy}
          onClick={() => void log.show(entry)}
        >
          Show{which}
        </button>
        <button
          type="button"
          class="quiet"
          aria-pressed={isDrawn}
          onClick={() => void log.overlay(entry, !isDrawn)}
        >
          Overlay{which}
        </button>
        <button type="button" class="quiet" onClick={() => void log.remove(entry)}>
          Delete{which}
        </button>
      </div>
    </li>
  );
}

/** What each network came to. */
function Values({
  entry,
  criterion,
}: {
  entry: Entry;
  criterion: Criterion & keyof typeof COLUMNS;
}) {
  const values: ComponentChildren[] = entry.networks.map(({ name }, place) => {
    const value = entry.values[place]?.[criterion];
    return (
      <span key={name} class={`value ${networkClass(place)}`}>
        <span class="mark" aria-hidden="true" />
        <span class="spoken">{name} </span>
        {value ? valueText(criterion, value) : "–"}
      </span>
    );
  });
  return (
    <div class={`values ${criterion}`}>
      <span class="label">{COLUMNS[criterion]}: </span>
      {values}
    </div>
  );
}
