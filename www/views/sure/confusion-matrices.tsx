// Confusion matrices, one a network, and McNemar's test: folded.

import { type Signal, useSignal } from "@preact/signals";

import type { App } from "../../state/app.js";
import { costText, MATRICES, MATRICES_HINT, MCNEMAR_LATER, mcnemarText } from "../../words/sure.js";
import { NetworkName } from "../network-name.js";
import { pairsOf } from "../pairs.js";
import { Slot } from "../verdict/slot.js";
import { Matrix } from "./confusion-matrix.js";
import type { Cell } from "./gallery-images.js";
import type { Look } from "./look.js";

interface MatricesProps {
  readonly app: App;
  readonly look: Look;
  readonly cell: Signal<Cell | null>;
}

export function Matrices({ app, look, cell }: MatricesProps) {
  const isOpen = useSignal(false);
  return (
    <details id="matrices" onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
      <summary>{MATRICES}</summary>
      {isOpen.value && (
        <>
          <p class="quiet">{MATRICES_HINT}</p>
          <div class="matrices">
            {look.names.map((name, network) => {
              const read = look.reads[network] ?? null;
              return read === null || read === "diverged" ? (
                <p key={name} class="no-matrix" data-model={name}>
                  <NetworkName place={network} name={name} /> {costText(read)}
                </p>
              ) : (
                <Matrix key={name} look={look} network={network} reading={read} cell={cell} />
              );
            })}
          </div>
          <OneAloneRight app={app} look={look} />
        </>
      )}
    </details>
  );
}

/** McNemar's test of each pair: test images that only one of them gets right. */
function OneAloneRight({
  app,
  look: { names, reads, images },
}: Pick<MatricesProps, "app" | "look">) {
  const pairs = pairsOf(names.length);
  const sentences = pairs.flatMap(([a, b]) => {
    const [first, second] = [reads[a], reads[b]];
    if (images?.part !== "test" || !first || first === "diverged") return [];
    if (!second || second === "diverged") return [];
    const { answers } = second;
    const found = app.study.study.mcnemar(images.classes, first.answers, answers, pairs.length);
    return [mcnemarText([names[a] ?? "", names[b] ?? ""], found)];
  });
  if (pairs.length === 0) return null;
  const longest = pairs.map(([a, b]) =>
    mcnemarText([names[a] ?? "", names[b] ?? ""], {
      only: [9999, 9999],
      neither: 0,
      p: 0,
      is_clear: true,
    }),
  );
  return (
    <div id="mcnemar" class="quiet">
      {longest.map((text, at) => (
        <Slot key={at} longest={text}>
          {sentences[at] ?? (at === 0 && MCNEMAR_LATER)}
        </Slot>
      ))}
    </div>
  );
}
