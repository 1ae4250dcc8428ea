// What experiments are called: by what they changed.

import { useMemo } from "preact/hooks";

import type { Entry } from "../../../state/log/entry.js";
import type { StudyState } from "../../../state/study.js";
import { experimentText } from "../../../words/log.js";

export function useTitles({ study }: StudyState): (entry: Entry) => string {
  return useMemo(() => {
    const defaults = new Map(study.read_hash("").values.map(({ key, text }) => [key, text]));
    // The notebook's, and the control.
    const known = study.read_hash("control=1").networks.map(({ text }) => text);
    return (entry) => experimentText(entry, defaults, known);
  }, [study]);
}
