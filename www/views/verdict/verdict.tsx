// The answer: the strip, what is to be said beyond it, and the scores on the test images.

import { useMemo } from "preact/hooks";

import type { App } from "../../state/app.js";
import { creditText, LOOKING_BACK, type Rates } from "../../words/comparison.js";
import { networkTexts, tooEarlyText } from "../../words/diagnosis.js";
import { type Moment, momentText, summaryText, ticksText } from "../../words/moment.js";
import { longestCredit, longestMoment, longestOfNetwork } from "./longest-texts.js";
import { followShown, type Shown } from "./shown.js";
import { Slot } from "./slot.js";
import { epochOf, Strip } from "./strip.js";
import { testedOf, Tests } from "./tests.js";

/** How often the answer is spoken while networks train, in epochs. */
const SPOKEN = 10;

export function Verdict({ app }: { app: App }) {
  const { training, settings, study } = app;
  const follow = useMemo(() => followShown(app), [app]);
  const shown = follow.value;
  const experiment = training.experiment.value;
  const networks = experiment?.networks ?? settings.networks.value;
  const names = networks.map(({ name }) => name);
  const runs = experiment?.seeds.length ?? Number(settings.texts.value.get("runs"));
  const rates =
    new Set(networks.map((one) => one.learning_rate)).size > 1 ? "own rates" : "one rate";
  const { findings, moment } = shown;
  const isBack = moment.type === "moment" && app.snapshots.playhead.value !== "now";
  // The test scores are of the end, wherever the playhead is.
  const end = experiment ? study.findings.value : findings;
  const images = experiment?.validationImages ?? findings?.validation_images ?? 0;
  return (
    <section id="verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title" class="spoken">
        The answer
      </h2>
      <Slot class="moment" longest={longestMoment(runs)}>
        {momentText(moment)} {ticks(shown)}
      </Slot>
      <Strip shown={shown} names={names} rates={rates} runs={runs} images={images} />
      <div class="verdict-rest">
        <div id="verdict-text" class={`of-${names.length}`}>
          {names.length > 1 && (
            <Slot class="credit" longest={longestCredit(names)}>
              {isBack ? LOOKING_BACK : findings ? creditText(findings) : ""}
            </Slot>
          )}
          {names.map((name, place) => {
            const network = findings?.networks[place];
            return (
              <div key={name} class="diagnosis" data-model={name}>
                <Slot longest={longestOfNetwork(name, runs)}>
                  {network ? networkTexts(network, findings).join(" ") : early(name, moment)}
                </Slot>
              </div>
            );
          })}
        </div>
        <Tests
          names={names}
          tests={end?.tests ?? []}
          tested={end ? testedOf(end, experiment, training.phase.value) : { type: "not yet" }}
          runs={runs}
        />
      </div>
      <Spoken app={app} rates={rates} />
    </section>
  );
}

/** Of a moment later than the first epochs, and earlier than now, nothing is known but values. */
function early(name: string, moment: Moment): string {
  return moment.type === "moment" && moment.epoch === 0 ? tooEarlyText(name) : "";
}

function ticks({ moment, findings, reference }: Shown): string {
  if (!reference) return "";
  const { runs, epoch } = reference.at(epochOf({ moment, findings })).findings;
  return ticksText(moment, runs, epoch);
}

/** The answer in speech: every tenth epoch, and in the end. */
function Spoken({ app: { training, study }, rates }: { app: App; rates: Rates }) {
  const isFinished = training.phase.value.type === "finished";
  const findings = study.findings.value;
  const epoch = findings?.epoch ?? 0;
  const turn = isFinished ? "end" : Math.floor(epoch / SPOKEN);
  const said = useMemo(
    () => (findings && epoch > 0 && turn !== 0 ? summaryText(findings, rates) : ""),
    [turn, epoch === 0],
  );
  return (
    <p class="spoken" aria-live="polite">
      {said}
    </p>
  );
}
