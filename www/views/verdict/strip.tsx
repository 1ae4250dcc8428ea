// The answer strip: three criteria, a number for each network, and what can be said of them.

import type { PairFindings, Value } from "../../pkg/mnist_cubic.js";
import {
  type Named,
  type Rates,
  apartText,
  comparisonText,
  detailsText,
  namesOf,
} from "../../words/comparison.js";
import { CRITERIA, type Criterion, criterionTitle, valueText } from "../../words/criteria.js";
import { networkClass } from "../canvas-colours.js";
import { capital } from "../numbers.js";
import { Axis } from "./axis.js";
import { longestComparison, longestDetails } from "./longest-texts.js";
import { type Shown, silentPairs } from "./shown.js";
import { Slot } from "./slot.js";

interface StripProps {
  readonly shown: Shown;
  readonly names: readonly string[];
  readonly rates: Rates;
  /** The runs that the settings ask for. */
  readonly runs: number;
  /** On how many images the networks are validated; 0 where that is not known. */
  readonly images: number;
}

/** Room for a title with as many images as there can be. */
const MOST_IMAGES = 12000;

export function Strip(props: StripProps) {
  return (
    <div class={`criteria${props.names.length > 2 ? " many" : ""}`}>
      {CRITERIA.map((criterion) => (
        <OneCriterion key={criterion} criterion={criterion} {...props} />
      ))}
    </div>
  );
}

function OneCriterion(props: StripProps & { criterion: Criterion }) {
  const { criterion, shown, names, images } = props;
  const { values, reference } = shown;
  return (
    <section class="criterion" data-criterion={criterion}>
      <h3 class="slot" data-longest={criterionTitle(criterion, MOST_IMAGES)}>
        <span>{criterionTitle(criterion, images)}</span>
      </h3>
      <dl>
        {names.map((name, place) => (
          <div key={name} data-model={name}>
            <dt>{name}</dt>
            <Number
              criterion={criterion}
              place={place}
              value={values[place]?.[criterion] ?? null}
            />
          </div>
        ))}
      </dl>
      <Axis
        criterion={criterion}
        range={reference?.ranges[criterion] ?? null}
        rows={names.map((name, place) => ({
          name,
          runs: reference?.at(epochOf(shown)).values[place]?.[criterion] ?? [],
          value: values[place]?.[criterion] ?? null,
        }))}
      />
      {(shown.findings?.pairs ?? silentPairs(names.length)).map((pair) => (
        <Pair key={pair.networks.join()} {...props} pair={pair} />
      ))}
    </section>
  );
}

interface NumberProps {
  readonly criterion: Criterion;
  readonly place: number;
  readonly value: Value | null;
}

function Number({ criterion, place, value }: NumberProps) {
  const isNumber = value === null || value.kind === "measured" || value.kind === "not_yet";
  return (
    <dd class={isNumber ? "number" : "words"}>
      <span class={`mark ${networkClass(place)}`} aria-hidden="true" />
      {value ? valueText(criterion, value) : "\u00a0"}
    </dd>
  );
}

function Pair({
  criterion,
  pair,
  shown,
  names,
  rates,
  runs,
}: StripProps & { criterion: Criterion; pair: PairFindings }) {
  const { moment, findings, values } = shown;
  const named: Named = {
    networks: names.map((name) => ({ name })),
    validation_images: findings?.validation_images ?? 0,
  };
  const theirs = namesOf(pair, named);
  // With two networks, everybody knows which.
  const who = names.length > 2 ? `${capital(theirs.join(" and "))}: ` : "";
  return (
    <div class="said">
      <Slot longest={who + longestComparison(theirs, runs)}>
        {who !== "" && <span class="quiet">{who}</span>}
        <strong>{sentence(criterion, pair, { findings, values, moment }, named, rates)}</strong>
      </Slot>
      {runs > 1 && (
        <Slot class="quiet" longest={longestDetails(criterion, theirs, runs)}>
          {moment.type === "epoch" && findings ? detailsText(criterion, pair, findings) : ""}
        </Slot>
      )}
    </div>
  );
}

/** What can be said of two networks by a criterion. */
export function sentence(
  criterion: Criterion,
  pair: PairFindings,
  { findings, values, moment }: Pick<Shown, "findings" | "values" | "moment">,
  named: Named,
  rates: Rates,
): string {
  switch (moment.type) {
    case "unknown":
      return "";
    case "untried":
      return "Train to see.";
    case "reference":
    case "epoch":
      return comparisonText(criterion, pair, findings ?? named, rates);
    case "moment": {
      const [a, b] = pair.networks.map((network) => values[network]?.[criterion]);
      return a && b ? apartText(criterion, a, b, moment.epoch) : "";
    }
  }
}

/** After which epoch the ten runs are compared: in the first, after it. */
export function epochOf({ moment, findings }: Pick<Shown, "moment" | "findings">): number {
  return moment.type === "moment" ? moment.epoch : (findings?.epoch ?? 0);
}
