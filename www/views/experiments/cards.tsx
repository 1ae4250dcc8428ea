// Experiments as cards: a title and a question each. One that is pressed opens beneath its row.

import { Fragment } from "preact";

import type { App } from "../../state/app.js";
import type { Dealt } from "../../state/cards/cards.js";
import { CARD_WORDS, INTRO } from "../../words/cards.js";
import { CardPanel } from "./card-panel.js";

export function Cards({ app }: { app: App }) {
  const { dealt, open } = app.cards;
  return (
    <>
      <p class="quiet">{INTRO}</p>
      <div class="cards">
        {dealt.map((card) => (
          <Fragment key={card.id}>
            <CardFace app={app} card={card} isOpen={open.value === card.id} />
            {open.value === card.id && <CardPanel app={app} card={card} />}
          </Fragment>
        ))}
      </div>
    </>
  );
}

function CardFace({ app, card: { id }, isOpen }: { app: App; card: Dealt; isOpen: boolean }) {
  const { title, question } = CARD_WORDS[id];
  return (
    <div class={isOpen ? "card open" : "card"} data-card={id}>
      <h3>
        <button
          type="button"
          id={`card-${id}`}
          aria-expanded={isOpen}
          aria-controls={isOpen ? `panel-${id}` : undefined}
          onClick={() => app.cards.toggle(id)}
        >
          {title}
        </button>
      </h3>
      <p>{question}</p>
    </div>
  );
}
