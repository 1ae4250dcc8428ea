// Puts the page together: the state, and the views of it.

import { openApp } from "./app.js";
import { mountDraw } from "./draw/draw.js";
import { workOffline } from "./offline.js";
import { mountCurves } from "./views/curves.js";
import { byId } from "./views/dom.js";
import { mountHistory } from "./views/history.js";
import { mountImages } from "./views/images.js";
import { mountRun } from "./views/run.js";
import { mountSettings } from "./views/settings.js";
import { mountTakeaway } from "./views/takeaway.js";
import { mountVerdict } from "./views/verdict.js";

/** Rejects with a sentence where the page cannot work. */
export async function mountPage() {
  const meta = document.querySelector("meta[name=data]")?.getAttribute("content") ?? "data/";
  const app = await openApp(new URL(meta, document.baseURI));
  mountSettings(app);
  mountImages(app);
  mountCurves(app);
  mountHistory(app);
  mountVerdict(app);
  mountTakeaway(app);
  mountRun(app);
  mountDraw(byId("draw-root"), app);
  // The page can be used; what it needs next comes meanwhile. First what answers drawings: the
  // images are ten times as large. Train does not wait for its turn.
  await app.wantFirstWeights();
  // Unless Train has asked for them, and failed: that stands until somebody retries.
  if (!app.failure) await app.wantImages();
  // Last, so that keeping the page for later does not hold up the page.
  await workOffline();
}
