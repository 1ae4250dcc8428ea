// What one run of a card says: a row a network.

import type { Findings } from "../../pkg/mnist_cubic.js";
import type { Ask } from "../../state/cards/catalogue.js";
import { guessLabel, VALUE_TITLES, VALUES_CAPTION } from "../../words/cards.js";
import { CRITERIA, valueText } from "../../words/criteria.js";
import { NetworkName } from "../network-name.js";

interface ValuesProps {
  readonly ask: Ask;
  readonly names: readonly string[];
  /** Null before there is anything. */
  readonly findings: Findings | null;
}

export function CardValues({ ask, names, findings }: ValuesProps) {
  return (
    <table class="card-values">
      <caption class="spoken">{VALUES_CAPTION}</caption>
      <thead>
        <tr>
          <td />
          {CRITERIA.map((criterion) => (
            <th key={criterion} scope="col">
              {VALUE_TITLES[criterion]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((name, place) => {
          const values = findings?.networks[place]?.values;
          return (
            <tr key={name} data-model={name}>
              <th scope="row">
                <NetworkName place={place} name={guessLabel(ask, name)} />
              </th>
              {CRITERIA.map((criterion) => (
                <td key={criterion} data-criterion={criterion}>
                  {values ? valueText(criterion, values[criterion]) : "–"}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
