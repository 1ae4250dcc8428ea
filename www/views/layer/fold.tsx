// What is looked for seldom: it is made when it is unfolded.

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

interface FoldProps {
  readonly title: string;
  readonly children: () => ComponentChildren;
}

export function Fold({ title, children }: FoldProps) {
  const isOpen = useSignal(false);
  return (
    <details onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen.value && children()}
    </details>
  );
}
