// When the page opens, a digit draws itself: the networks answer before anybody has done anything.

import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";

import type { App } from "../../state/app.js";
import { demonstrationOf, partOf } from "./demonstration-strokes.js";

/** It takes so long, in ms. */
const DURATION = 1200;
/** And waits no longer than this for a network that answers, in ms. */
const PATIENCE = 700;

/** The visitor's first stroke, or whatever else comes onto the pad, ends it for this visit. */
export function useDemonstration({ drawing, networks, settings }: App): void {
  useEffect(() => {
    let frame: number | null = null;
    const begin = (): void => {
      if (frame !== null) return;
      const strokes = demonstrationOf(settings.digits.peek());
      const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
      let begun: number | null = null;
      const draw = (now: number): void => {
        begun ??= now;
        const share = isStill ? 1 : Math.min(1, (now - begun) / DURATION);
        const goesOn = drawing.demonstrate(partOf(strokes, share)) && share < 1;
        if (goesOn) frame = requestAnimationFrame(draw);
      };
      frame = requestAnimationFrame(draw);
    };
    const timer = setTimeout(begin, PATIENCE);
    const stop = effect(() => {
      if (networks.list.value.some(({ weights }) => weights)) begin();
    });
    return () => {
      clearTimeout(timer);
      stop();
      if (frame !== null) cancelAnimationFrame(frame);
    };
  }, [drawing, networks, settings]);
}
