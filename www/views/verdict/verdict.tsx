// The answer: three criteria, two numbers each and what can be said of them; each network by itself; test scores apart.

import type { Comparison, Findings } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import {
  CRITERIA,
  comparisonText,
  creditText,
  criterionTitle,
  detailsText,
  momentText,
  namesOf,
  networkTexts,
  valueText,
  type Criterion,
} from "../../words.js";
import { NetworkName } from "../network-name.js";
import { capital, chance, counted, decimal, thousands } from "../numbers.js";

export function Verdict({ app }: { app: App }) {
  const names = app.networks.list.value.map(({ name }) => name);
  // All has its place from the start, so that nothing below moves while training goes on.
  const findings = app.study.findings.value ?? nothingYet(names);
  return (
    <section id="verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title">The answer</h2>
      <p>{momentText(findings)}</p>
      <div class="criteria">
        {CRITERIA.map((criterion) => (
          <OneCriterion key={criterion} criterion={criterion} findings={findings} />
        ))}
      </div>
      <div id="verdict-text">
        {findings.pairs.map((pair) => (
          <p key={pair.networks.join()} class="credit">
            {creditText(pair, findings)}
          </p>
        ))}
        {findings.networks.map((network) => (
          <p key={network.name} class="ailments" data-model={network.name}>
            {networkTexts(network, findings).join(" ")}
          </p>
        ))}
      </div>
      <Tests findings={findings} />
    </section>
  );
}

function OneCriterion({ criterion, findings }: { criterion: Criterion; findings: Findings }) {
  return (
    <section class="criterion" data-criterion={criterion}>
      <h3>{criterionTitle(criterion, findings)}</h3>
      <dl>
        {findings.networks.map(({ name, values }, place) => (
          <div key={name} data-model={name}>
            <dt>
              <NetworkName place={place} name={name} />
            </dt>
            <dd>{valueText(criterion, values[criterion])}</dd>
          </div>
        ))}
      </dl>
      {findings.pairs.map((pair) => (
        <div key={pair.networks.join()} class="said">
          <p>
            {/* With two networks, everybody knows which. */}
            {findings.pairs.length > 1 && (
              <span class="quiet">{capital(namesOf(pair, findings).join(" and "))}: </span>
            )}
            <strong>{comparisonText(criterion, pair, findings)}</strong>
          </p>
          <p class="quiet">{detailsText(criterion, pair, findings) || "\u00a0"}</p>
        </div>
      ))}
    </section>
  );
}

function Tests({ findings }: { findings: Findings }) {
  const { networks, tests } = findings;
  const runs = Math.max(0, ...tests.map((test) => test?.runs ?? 0));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Test scores">
      <table id="test-scores">
        <caption>
          Test images: never used for training or tuning.
          {runs > 1 ? ` Means of ${counted(runs, "run")}.` : ""}
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">mistakes</th>
            <th scope="col">accuracy</th>
            <th scope="col">loss</th>
            <th scope="col">when wrong, left for the truth</th>
          </tr>
        </thead>
        <tbody>
          {tests.map((test, place) => (
            <tr key={place} data-model={networks[place]?.name}>
              <th scope="row">
                <NetworkName place={place} name={networks[place]?.name ?? ""} />
              </th>
              <td data-metric="mistakes">{test ? thousands(test.mistakes) : "–"}</td>
              <td data-metric="test_accuracy">{test ? decimal(test.accuracy) : "–"}</td>
              <td data-metric="test_loss">{test ? decimal(test.loss) : "–"}</td>
              <td data-metric="truth">{test?.truth ? chance(test.truth) : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The findings before the first epoch. */
function nothingYet(names: readonly string[]): Findings {
  const value = { kind: "not_yet" } as const;
  const all = <T,>(one: T) => ({ mistakes: one, truth: one, first_epoch: one });
  const comparison: Comparison = {
    values: [value, value],
    runs: 0,
    wins: [0, 0],
    ties: 0,
    interval: null,
    verdict: value,
    seeds_needed: null,
  };
  const pairs = names.flatMap((_, a) =>
    names.slice(a + 1).map((__, b) => ({
      networks: [a, a + 1 + b] as [number, number],
      differ_in_one_layer: null,
      criteria: all(comparison),
    })),
  );
  const nothing = { loss_share: null, divergence: null, guessing: null, overfitting: null };
  return {
    epoch: 0,
    runs: 0,
    validation_images: 0,
    significance: 0,
    networks: names.map((name) => ({ name, values: all(value), ...nothing })),
    pairs,
    tests: names.map(() => null),
  };
}
