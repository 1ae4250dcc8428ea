// A paragraph that reserves room for its longest text, so that nothing below moves when it changes.

import type { ComponentChildren } from "preact";

interface SlotProps {
  /** The style sheet lays it out unseen, where the paragraph stands. */
  readonly longest: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function Slot({ longest, class: kind = "", children }: SlotProps) {
  return (
    <p class={`slot ${kind}`} data-longest={longest}>
      <span>{children}</span>
    </p>
  );
}
