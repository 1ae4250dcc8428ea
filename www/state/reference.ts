// The ten runs of the notebook's settings that `cargo xtask runs` made.

import { download } from "../lib/download.js";
import runs from "../ready-made/runs.json?url";
import type { StudyKeeper } from "./study.js";

/** Never rejects: without the file, there are no ghosts in the charts, and one run can tell nothing. */
export async function fetchReference(study: StudyKeeper): Promise<void> {
  try {
    const file = await download(new URL(runs, document.baseURI));
    const json = new TextDecoder().decode(file);
    study.change((it) => it.set_reference(json));
  } catch {
    // As above.
  }
}
