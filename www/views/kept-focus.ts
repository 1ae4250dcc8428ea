// Buttons come and go, and may be pressed or not; the keyboard's focus is never lost with one.

import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** A button in this box that goes or gets disabled passes its focus to the first enabled one. */
export function useKeptFocus(box: RefObject<HTMLElement | null>): void {
  const focused = useRef<Element | null>(null);
  // Now, before this rendering changes what there is.
  const activeElement = box.current?.ownerDocument.activeElement ?? null;
  focused.current = box.current?.contains(activeElement) ? activeElement : null;
  useLayoutEffect(() => {
    const before = focused.current;
    if (!before || (before.isConnected && !before.matches(":disabled"))) return;
    // A box within this one may have seen to it.
    const now = box.current?.ownerDocument.activeElement ?? null;
    if (now !== before && box.current?.contains(now)) return;
    // Whoever has scrolled on meanwhile stays there.
    box.current
      ?.querySelector<HTMLElement>("button:not(:disabled)")
      ?.focus({ preventScroll: true });
  });
}
