// The pad's keys.

import { useEffect } from "preact/hooks";

import type { App } from "../../state/app.js";

/** Ctrl+Z, anywhere but in a field that has its own. */
export function useUndoKey({ drawing }: App): void {
  useEffect(() => {
    const undo = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!isUndo || event.key.toLowerCase() !== "z") return;
      if (
        event.target instanceof Element &&
        event.target.closest("input:not([type=checkbox]), textarea")
      )
        return;
      event.preventDefault();
      drawing.undo();
    };
    addEventListener("keydown", undo);
    return () => {
      removeEventListener("keydown", undo);
    };
  }, [drawing]);
}
