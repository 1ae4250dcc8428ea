// Puts the page together.

import { createApp } from "./app.js";
import { mountDraw } from "./draw/draw.js";

const app = createApp();
mountDraw(/** @type {HTMLElement} */ (document.querySelector("#draw-root")), app);
