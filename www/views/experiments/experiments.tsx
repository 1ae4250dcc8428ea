// Try it another way: experiments as cards, those that were done, and the networks of the next.

import type { App } from "../../state/app.js";
import { TITLE } from "../../words/cards.js";
import { Networks } from "../networks/networks.js";
import { Seeds } from "../seeds/seeds.js";
import { Cards } from "./cards.js";
import { Log } from "./log/log.js";

export function Experiments({ app }: { app: App }) {
  return (
    <section id="experiments" aria-labelledby="experiments-title">
      <h2 id="experiments-title">{TITLE}</h2>
      <Cards app={app} />
      <Seeds app={app} />
      <Log app={app} />
      <Networks app={app} />
    </section>
  );
}
