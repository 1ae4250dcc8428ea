// A throttled signal.

import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

/** A throttled `computed` of `read`: updates at once, then at most every `pace` ms. */
export function useSlowly<T>(read: () => T, pace: number): ReadonlySignal<T> {
  const [{ source, shown }] = useState(() => {
    const from = computed(read);
    return { source: from, shown: signal(from.peek()) };
  });
  useEffect(() => {
    let [timer, changedAt]: [ReturnType<typeof setTimeout> | undefined, number] = [undefined, 0];
    const show = (): void => {
      timer = undefined;
      changedAt = performance.now();
      shown.value = source.peek();
    };
    const stop = effect(() => {
      void source.value;
      if (timer !== undefined) return;
      const rest = pace - (performance.now() - changedAt);
      if (rest <= 0) untracked(show);
      else timer = setTimeout(show, rest);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [source, shown, pace]);
  return shown;
}
