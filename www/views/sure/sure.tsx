// Equally often wrong, not equally sure: a dot a digit, the confusion matrices, and the digits themselves.

import { useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";

import type { App } from "../../state/app.js";
import { costText, INTRODUCTION, lookText, TITLE } from "../../words/sure.js";
import { NetworkName } from "../network-name.js";
import { useImagesInSight } from "../want-images.js";
import { Axis } from "./axis.js";
import { Matrices } from "./confusion-matrices.js";
import { Gallery } from "./gallery.js";
import type { Cell } from "./gallery-images.js";
import { type Look, lookOf } from "./look.js";
import { putOnPad } from "./pixels.js";
import { Pointed } from "./pointed.js";
import { Row } from "./row.js";
import { type Range, SMALLEST, widened } from "./scale.js";
import { useSlowly } from "./throttled.js";

/** Snapshots come up to 20 times a second; nobody can read so fast. In ms. */
const PACE = 200;

export function Sure({ app }: { app: App }) {
  const look = useSlowly(() => lookOf(app), PACE).value;
  const range = useRange(look);
  /** The image pointed at, and its data set. */
  const pointing = useSignal<{ images: Look["images"]; image: number } | null>(null);
  const pointed = pointing.value?.images === look.images ? pointing.value.image : null;
  const point = (image: number | null): void => {
    pointing.value = image === null ? null : { images: look.images, image };
  };
  const press = (image: number): void => {
    point(image);
    putOnPad(app, look.images, image);
  };
  const cell = useSignal<Cell | null>(null);
  const section = useRef<HTMLElement>(null);
  useImagesInSight(app, section);
  return (
    <section id="sure" aria-labelledby="sure-title" ref={section}>
      <h2 id="sure-title">{TITLE}</h2>
      <p class="quiet">{INTRODUCTION}</p>
      <p class="sure-when">{lookText(look)}</p>
      <div class="sure-rows">
        {look.names.map((name, network) => (
          <div key={name} class="sure-network" data-model={name}>
            <p class="sure-label">
              <NetworkName place={network} name={name} />{" "}
              <span class="quiet">{costText(look.reads[network] ?? null)}</span>
            </p>
            <Row
              look={look}
              network={network}
              range={range}
              pointed={pointed}
              onPoint={point}
              onPress={press}
            />
          </div>
        ))}
        <Axis range={range} />
      </div>
      <Pointed app={app} look={look} image={pointed} />
      <Matrices app={app} look={look} cell={cell} />
      <Gallery app={app} look={look} cell={cell} onPress={press} />
    </section>
  );
}

/** The range of all that this experiment has shown: it never shrinks, so that going back in time moves no scale. */
function useRange({ reads, experiment }: Look): Range {
  const kept = useRef<{ of: object | null; range: Range }>({ of: experiment, range: SMALLEST });
  return useMemo(() => {
    const before = kept.current.of === experiment ? kept.current.range : SMALLEST;
    const sound = reads.filter((read) => read !== null && read !== "diverged");
    const range = widened(
      before,
      sound.map(({ logOdds }) => logOdds),
    );
    const isSame = range.every((end, at) => end === before[at]);
    kept.current = { of: experiment, range: isSame ? before : range };
    return kept.current.range;
  }, [reads, experiment]);
}
