// Takes two pictures in headless Chromium: of the stage, with which a link to the page is shown (www/public/preview.png),
// and of the page after a training, for the README (.github/page.png). Run by `cargo xtask preview`, which builds the site
// that SITE names.

import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { Browser } from "../page/harness/browsers.js";
import { Page } from "../page/harness/page.js";
import { serve } from "../page/harness/server.js";

const PICTURE = join(import.meta.dirname, "../../www/public/preview.png");
const README_PICTURE = join(import.meta.dirname, "../../.github/page.png");
/** As those ask for who show it. */
const WIDTH = 1200;
const HEIGHT = 630;
/** What is left free under the stage, in CSS pixels. */
const MARGIN = 24;
const MOST_BYTES = 120_000;
/** The digit on the pad draws itself, in ms. */
const DRAWING = 4000;

const server = await serve({ site: process.env.SITE });
const browser = await Browser.start("chromium");
try {
  await browser.setScheme("light");
  await browser.driver.sendDevToolsCommand("Emulation.setScrollbarsHidden", { hidden: true });
  const page = new Page(browser, server.url);
  await page.openNew();
  await page.until("every answer", () => [...document.querySelectorAll("output[id$=-prediction]")].every((one) => one.textContent));
  await page.pass(DRAWING);
  // From the title to the button, as large as that may be.
  const { height: buttonHeight, y } = await (await page.control("Train")).getRect();
  const height = y + buttonHeight + MARGIN;
  const clip = { x: 0, y: 0, width: (WIDTH / HEIGHT) * height, height, scale: HEIGHT / height };
  await browser.setViewport(Math.ceil(clip.width), Math.ceil(height));
  const { data } = await browser.driver.sendAndGetDevToolsCommand("Page.captureScreenshot", { format: "png", clip });
  const picture = Buffer.from(data, "base64");
  if (picture.length > MOST_BYTES) throw new Error(`The picture has ${picture.length} bytes, ${MOST_BYTES} at most.`);
  writeFileSync(PICTURE, picture);
  console.log(`${PICTURE}: ${picture.length} bytes`);

  await browser.setViewport(1280, 1500);
  await page.click("Train");
  await page.reach("finished");
  await page.until("the replay's end", () => /After 50.epochs of your run/.test(document.querySelector("#verdict .moment")?.textContent ?? ""));
  await page.click("Next image");
  await page.pass(DRAWING);
  await page.run(() => scrollTo(0, 0));
  writeFileSync(README_PICTURE, await browser.driver.takeScreenshot(), "base64");
} finally {
  await browser.stop();
  await server.close();
}
