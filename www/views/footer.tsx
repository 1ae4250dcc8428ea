// What stands behind the page: the claim, the method, the data, the program and its speed here, and the licence.

import type { App } from "../state/app.js";
import { counted, duration } from "./numbers.js";

/** Where the source is, from the build's environment; empty where that is not known. */
declare const __SOURCE_URL__: string;

export function Footer({ app: { images, training } }: { app: App }) {
  const isSynthetic = images.source.value === "synthetic";
  return (
    <footer>
      <dl>
        <dt>The claim</dt>
        <dd>
          A notebook, “MNIST Custom Layer Classification”, says its cubic layer gives “better
          accuracy over time” and a validation loss that “decreased significantly”.
        </dd>
        <dt>The method</dt>
        <dd>
          Same seed, same numbers, in every browser. The last fifth of the training digits is kept
          aside to judge by. What you see before you train comes from ten runs, with ten seeds.
        </dd>
        <dt>The digits</dt>
        <dd>
          {isSynthetic
            ? "Synthetic, drawn by this program: not MNIST."
            : "MNIST (LeCun, Cortes and Burges, 1998), under CC BY-SA 3.0 as far as we know."}
        </dd>
        <dt>The program</dt>
        <dd>
          Rust, with burn, as WebAssembly. It all runs on this machine, and nothing leaves it.{" "}
          {speed(training)}
        </dd>
        <dt>The licence</dt>
        <dd>
          <a href="./LICENSE.txt">MIT</a>
          {__SOURCE_URL__ && (
            <>
              {" · "}
              <a href={__SOURCE_URL__}>Source</a>
            </>
          )}
        </dd>
      </dl>
    </footer>
  );
}

/** What an epoch takes here, once one was measured. */
function speed({ experiment, progress }: App["training"]): string {
  const { secondsPerEpoch, workers } = progress.value ?? { secondsPerEpoch: null, workers: 0 };
  if (secondsPerEpoch === null) return "";
  const networks = counted(experiment.value?.networks.length ?? 0, "network");
  const shared = workers > 1 ? `, shared by ${counted(workers, "core")}` : "";
  return `An epoch of ${networks} takes ${duration(secondsPerEpoch)} of computing${shared}.`;
}
