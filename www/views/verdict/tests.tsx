// The scores on the test images, which stand apart: a table, and what they are of.

import type { Findings, TestFindings } from "../../pkg/mnist_cubic.js";
import type { Phase } from "../../state/phase.js";
import type { Experiment } from "../../state/plan.js";
import { TEST_IMAGES, type Tested, testedText } from "../../words/test-images.js";
import { NetworkName } from "../network-name.js";
import { chance, decimal, thousands } from "../numbers.js";
import { longestTested } from "./longest-texts.js";

interface TestsProps {
  readonly names: readonly string[];
  readonly tests: readonly (TestFindings | null)[];
  readonly tested: Tested;
  /** The runs that the settings ask for. */
  readonly runs: number;
}

export function Tests({ names, tests, tested, runs }: TestsProps) {
  return (
    <div class="scroll tests" tabIndex={0} role="region" aria-label="Test scores">
      <table id="test-scores">
        <caption>
          <span>{TEST_IMAGES}</span>
          <span class="slot" data-longest={longestTested(runs)}>
            <span>{testedText(tested)}</span>
          </span>
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">mistakes</th>
            <th scope="col">accuracy</th>
            <th scope="col">loss</th>
            <th scope="col">
              left for
              <br />
              the truth
            </th>
          </tr>
        </thead>
        <tbody>
          {names.map((name, place) => (
            <Row key={name} name={name} place={place} test={tests[place] ?? null} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ name, place, test }: { name: string; place: number; test: TestFindings | null }) {
  return (
    <tr data-model={name}>
      <th scope="row">
        <NetworkName place={place} name={name} />
      </th>
      <td data-metric="mistakes">{test ? thousands(test.mistakes) : "–"}</td>
      <td data-metric="test_accuracy">{test ? decimal(test.accuracy) : "–"}</td>
      <td data-metric="test_loss">{test ? decimal(test.loss) : "–"}</td>
      <td data-metric="truth">{test?.truth ? chance(test.truth) : "–"}</td>
    </tr>
  );
}

/** What the scores are of. `findings` are the experiment's, where there is one, or else those of the ten runs. */
export function testedOf(
  { tests, epoch, networks }: Findings,
  experiment: Experiment | null,
  phase: Phase,
): Tested {
  const tested = Math.max(0, ...tests.map((test) => test?.runs ?? 0));
  const isFinished = phase.type === "finished";
  const isHopeless = epoch === 0 || networks.every(({ divergence }) => divergence);
  if (tested === 0) return { type: isFinished && isHopeless ? "never" : "not yet" };
  if (!experiment) return { type: "reference", runs: tested };
  const { seeds } = experiment;
  const isOneOfSeveral = seeds.length > 1;
  // Stop has the run that is shown tested, and no other.
  if (!isOneOfSeveral || (isFinished && phase.stoppedAfter !== null))
    return { type: "one", epoch, seed: isOneOfSeveral ? (seeds[0] ?? null) : null };
  return { type: "several", tested, runs: seeds.length };
}
