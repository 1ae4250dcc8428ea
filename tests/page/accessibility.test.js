// axe-core's check of the whole page, in both widths and schemes, before, during and after training.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

import { DIGITS, draw } from "./harness/pointer.js";
import { inEachBrowser, test } from "./harness/suite.js";

const { source } = createRequire(import.meta.url)("axe-core");

/**
 * What axe-core finds, a line for each place.
 * @param {import("./harness/page.js").Page} page
 */
async function violations(page) {
  if (!(await page.run(() => "axe" in window))) await page.driver.executeScript(source);
  return page.driver.executeAsyncScript(`
    const done = arguments[0];
    axe.run(document, { resultTypes: ["violations"] }).then(
      ({ violations }) => done(violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => id + " at " + target.join(" ") + ": " + failureSummary))),
      (error) => done([String(error)]),
    );
  `);
}

/** @param {import("./harness/suite.js").Bench} bench */
async function expectAccessible({ browser, page }, when) {
  for (const scheme of /** @type {const} */ (["light", "dark"])) {
    for (const width of [1280, 375]) {
      await browser.setViewport(width, 900);
      await browser.setScheme(scheme);
      assert.deepEqual(await violations(page), [], `${when}, ${scheme}, ${width} pixels wide`);
      const overflow = await page.run(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 0, `${when}: the page is ${overflow} pixels wider than ${width}`);
    }
  }
}

inEachBrowser("Accessibility", (bench) => {
  test("before training", async () => {
    await bench.page.openNew("epochs=1000"); // more than the checks take
    await expectAccessible(bench, "untouched");
  });

  test("during training", async () => {
    const { page } = bench;
    await page.unfold();
    await draw(page, DIGITS[5]);
    await page.click("Train");
    await page.epochs(1);
    await expectAccessible(bench, "training");
    await page.click("Pause");
    await page.reach("paused");
    assert.deepEqual(await violations(page), [], "paused");
  });

  test("after training", async () => {
    const { page } = bench;
    await page.click("Stop");
    await page.reach("finished");
    await page.unfold();
    await expectAccessible(bench, "finished");
  });

  test("with several runs, the control network, a network that blows up and bad settings", async () => {
    const page = bench.small;
    await page.open("epochs=2&runs=2&lr=1&control=1&batch=0");
    await page.click("Train");
    await page.reach("finished");
    await page.unfold();
    assert.deepEqual(await violations(page), []);
  });
});
