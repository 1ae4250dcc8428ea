// Place of the lazily loaded second half; its prerendered markup stays until then.

import { useSignalEffect } from "@preact/signals";
import { type ComponentType, render } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { Later } from "../lib/lazy.js";
import { endWaiting } from "../prerender/waiting.js";
import type { App } from "../state/app.js";
import { HALF_FAILED } from "../words/second-half.js";

export type Half = Later<{ readonly SecondHalf: ComponentType<{ app: App }> }>;

/** Left alone, whatever it is. */
const AS_IT_IS = { __html: "" };

export function SecondPlace({ app, half }: { app: App; half: Half }) {
  // On prerendering, or if it was loaded before this mounts.
  const first = useRef(half.coming.peek()).current;
  if (first.type !== "there") return <EmptyPlace app={app} half={half} />;
  return (
    <div class="second-half">
      <first.part.SecondHalf app={app} />
    </div>
  );
}

function EmptyPlace({ app, half }: { app: App; half: Half }) {
  const place = useRef<HTMLDivElement>(null);
  const coming = half.coming.value;
  useEffect(() => askWhenWanted(half, place.current), [half]);
  useSignalEffect(() => {
    // Only some parts are shown, or there are curves to see.
    if (!app.view.isWhole.value || app.training.isActive.value) void half.ask();
  });
  useEffect(() => {
    const element = place.current;
    if (coming.type !== "there" || !element) return;
    endWaiting(element);
    // A root of its own: it takes over the prerendered markup, whatever has happened since.
    render(<coming.part.SecondHalf app={app} />, element);
    return () => render(null, element);
  }, [app, coming]);
  return (
    <>
      {coming.type === "failed" && <Failure />}
      <div class="second-half" ref={place} dangerouslySetInnerHTML={AS_IT_IS} />
    </>
  );
}

/** When it is in sight, or may soon be: when the page is scrolled, a key is pressed, or it is printed. */
function askWhenWanted(half: Half, place: HTMLElement | null): () => void {
  const ask = (): void => void half.ask();
  const observer = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) ask();
  });
  if (place) observer.observe(place);
  const events = ["scroll", "keydown", "beforeprint"] as const;
  for (const event of events) addEventListener(event, ask);
  return () => {
    observer.disconnect();
    for (const event of events) removeEventListener(event, ask);
  };
}

function Failure() {
  return (
    <p class="notice" id="half-failed">
      {HALF_FAILED}{" "}
      <button type="button" onClick={() => location.reload()}>
        Reload
      </button>
    </p>
  );
}
