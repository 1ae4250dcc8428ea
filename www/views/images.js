// What is known of the images: where they come from, and how their loading goes.

import { byId, setText } from "./dom.js";

/** @import { PageApp } from "../app.js" */

/** @param {PageApp} app */
export function mountImages(app) {
  const line = byId("images");

  function show() {
    const { loading, bytes, source, problem } = app.images;
    byId("synthetic").hidden = source !== "synthetic";
    if (loading) {
      setText(line, `Loading images: ${megabytes(bytes.loaded)} of ${megabytes(bytes.total)} MB`);
    } else if (problem && !(app.state === "failed" && app.failure?.about === "images")) {
      setText(line, problem);
    } else {
      setText(line, "");
    }
    line.hidden = line.textContent === "";
  }

  app.addEventListener("data", show);
  app.addEventListener("state", show);
  show();
}

/** @param {number} bytes */
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
