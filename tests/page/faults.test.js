// Files that come wrong, late or not at all, and browsers that lack something: the page says what
// is the matter, and one click goes on when it is over.

import assert from "node:assert/strict";

import { DIGITS, draw } from "./harness/pointer.js";
import { inEachBrowser, test } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */
/** @typedef {import("./harness/server.js").Fault} Fault */

/** What browsers say of such files, beside the page. */
const TROUBLE = new RegExp([
  "[Ff]ailed to (load|fetch)|Load failed|Connection terminated unexpectedly|NetworkError: +A network error occurred",
  "ServiceWorker",
  "disallowed MIME type",
  "integrity|Integrity|bad-precaching", // the offline worker's, which takes a file only as it was built
  "Content-Security-Policy",
].join("|"));
/** Two tries more, after half a second and after two. */
const TRIES = 3;

/**
 * What the page says, and the button that it offers.
 * @param {Page} page
 */
const says = async (page) => ({ status: await page.text("#status"), button: await page.text("#way-on button") });

/**
 * @param {Page} page
 * @param {number} [epochs]
 */
async function train(page, epochs = 1) {
  await page.click("Train");
  await page.reach("finished");
  assert.equal((await page.history()).length, epochs);
}

/**
 * Ends the fault: one click leads on, to a training.
 * @param {Page} page
 * @param {import("./harness/server.js").Server} server
 * @param {string} button
 */
async function mend(page, server, button) {
  server.mend();
  await page.click(button);
  await page.reach("ready");
  await train(page);
}

inEachBrowser("Faulty files", (bench) => {
  const IMAGES = /train-0-images\.bin$/;

  for (const [fault, reason] of /** @type {[Fault, string][]} */ ([
    ["missing", "the server answered 404 Not Found"],
    ["truncated", "\\d+ bytes came instead of \\d+"],
    ["corrupt", "its checksum is wrong"],
    ["page", "\\d+ bytes came instead of \\d+"],
    ["cut", "the network did not bring it"],
  ])) {
    test(`images: ${fault}`, async () => {
      bench.tolerated = TROUBLE;
      const { small: page, smallServer: server } = bench;
      server.spoil(IMAGES, fault);
      server.requests.length = 0;
      await page.openNew("epochs=1", "failed");
      const { status, button } = await says(page);
      assert.match(status, new RegExp(`^train-0-images\\.bin could not be loaded: ${reason}\\.$`));
      assert.equal(button, "Retry");
      assert.equal(server.requests.filter(({ path }) => IMAGES.test(path)).length, TRIES);
      await mend(page, server, "Retry");
    });
  }

  test("images: a fault that passes", async () => {
    bench.tolerated = TROUBLE;
    const { small: page, smallServer: server } = bench;
    server.spoil(/images\.bin$/, "cut", 2);
    server.spoil(/positions\.bin$/, "corrupt", 2);
    await page.openNew("epochs=1");
    await train(page);
    assert.equal(await page.state(), "finished");
  });

  test("images: slow", async () => {
    const { small: page, smallServer: server } = bench;
    server.spoil(/data\//, "slow");
    await page.openNew("epochs=1");
    await page.click("Train");
    assert.match(await page.text("#status"), /^Waiting for the images of (the digits )?0, 2 and 5\.$/);
    server.mend();
    await page.reach("finished");
    assert.equal((await page.history()).length, 1);
  });

  test("images: slow, and other settings are chosen before they come", async () => {
    const { small: page, smallServer: server } = bench;
    await page.openNew("epochs=2&seed=4");
    await train(page, 2);
    server.spoil(/data\//, "slow");
    await page.run(() => (location.hash = "digits=1,7&epochs=1&control=1"));
    await page.until("its switch", () => document.querySelector("#set-control")?.checked);
    await page.click("Train");
    await page.run(() => (location.hash = "digits=3,8&epochs=3"));
    await page.until("the note", () => /other settings/.test(document.querySelector("#settings-note")?.textContent ?? ""));
    assert.match(await page.text("#status"), /^Waiting for the images of (the digits )?1 and 7\.$/);
    assert.equal(await page.text("#progress-text"), "");
    server.mend();
    await page.until("the training that was begun", () =>
      document.querySelector("#status")?.textContent?.replace("\u00a0", " ") === "Finished after 1 epoch.");
    assert.deepEqual(Object.keys((await page.history())[0]).sort(), ["control", "custom", "dense"]);
  });

  test("images: slow, and Stop is pressed before they come", async () => {
    const { small: page, smallServer: server } = bench;
    server.spoil(/(data\/.*|safetensors)$/, "slow");
    await page.openNew("epochs=1");
    await page.click("Train");
    await page.click("Stop");
    await page.reach("finished");
    server.mend();
    await draw(page, DIGITS[2]);
    await page.until("answers of the ready-made weights", () => ["custom", "dense"].every((model) =>
      document.querySelector(`#${model}-prediction`)?.textContent?.startsWith("2")));
    await train(page);
  });

  test("images: missing, after Train was pressed", async () => {
    bench.tolerated = TROUBLE;
    const { small: page, smallServer: server } = bench;
    server.spoil(IMAGES, "missing");
    await page.openNew("epochs=1");
    // At once: after the last try the button is switched off.
    await page.run(() => [...document.querySelectorAll("button")].find(({ textContent }) => textContent?.startsWith("Train"))?.click());
    await page.reach("failed");
    server.mend();
    await page.click("Retry");
    await page.reach("finished");
    assert.equal((await page.history()).length, 1);
  });

  test("the list of images: a page in its place", async () => {
    bench.tolerated = TROUBLE;
    const { small: page, smallServer: server } = bench;
    server.spoil(/manifest\.json$/, "page");
    await page.openNew("epochs=1", "failed");
    const { status, button } = await says(page);
    assert.equal(status, "manifest.json could not be loaded: it is not what it should be.");
    assert.equal(button, "Retry");
    await mend(page, server, "Retry");
  });

  test("images that another setting asks for, while a training is under way", async () => {
    bench.tolerated = TROUBLE;
    const { small: page, smallServer: server } = bench;
    server.spoil(/train-7/, "missing");
    await page.openNew("epochs=1000");
    await page.click("Train");
    await page.epochs(1);
    await page.run(() => (location.hash = "digits=0,7&epochs=1"));
    await page.until("a sentence", () => /train-7.* could not be loaded/.test(document.querySelector("#images")?.textContent ?? ""));
    assert.equal(await page.state(), "training", "which is not concerned");
    await page.click("Stop");
    await page.reach("finished");
    server.mend();
    await page.click("Train"); // asks for them again
    await page.until("the training", () => /^Finished after 1.epoch/.test(document.querySelector("#status")?.textContent ?? ""));
    assert.equal(await page.text("#images"), "");
    assert.equal((await page.history()).length, 1);
  });

  test("first weights: corrupt", async () => {
    bench.tolerated = TROUBLE;
    const { small: page, smallServer: server } = bench;
    server.spoil(/safetensors$/, "corrupt");
    await page.openNew("epochs=1");
    await draw(page, DIGITS[2]);
    await train(page);
    await page.until("answers", () => ["custom", "dense"].every((model) =>
      document.querySelector(`#${model}-prediction`)?.textContent));
  });
});

inEachBrowser("A faulty program", (bench) => {
  const PROGRAM = /mnist_cubic_bg-[^/]*\.wasm$/;
  for (const [what, fault, file, sentence] of /** @type {[string, Fault, RegExp, RegExp][]} */ ([
    ["the networks", "page", PROGRAM, /bg\S*\.wasm could not be loaded: it is not what it should be\.$/],
    ["the networks", "cut", PROGRAM, /bg\S*\.wasm could not be loaded: the network did not bring it\.$/],
    ["the page's script", "missing", /assets\/mount-[^/]*\.js$/, /: .+\.$/],
  ])) {
    // There the script comes all the same, whatever is cleared.
    const skip = bench.name === "webkit" && fault === "missing" && "WebKit may have kept the script";
    test(`${what}: ${fault}`, { skip }, async () => {
      bench.tolerated = TROUBLE;
      const { small: page, smallServer: server } = bench;
      server.spoil(file, fault);
      await page.openNew("epochs=1", "failed");
      const { status, button } = await says(page);
      assert.match(status, /^The page could not start: /);
      assert.match(status, sentence);
      assert.equal(button, "Reload");
      await mend(page, server, "Reload");
    });
  }

  test("the first script: missing", async () => {
    bench.tolerated = TROUBLE;
    const { small: page, smallServer: server } = bench;
    server.spoil(/assets\/index-[^/]*\.js$/, "missing");
    await page.openNew("", "loading");
    const late = () => document.querySelector("#late")?.checkVisibility({ visibilityProperty: true });
    assert.equal(await page.run(late), false);
    await page.run(() => document.getAnimations().forEach((animation) => animation.finish()));
    assert.equal(await page.run(late), true);
  });

  test("the networks: of the type that hosts give to unknown files", async () => {
    const { small: page, smallServer: server } = bench;
    server.spoil(/\.wasm$/, "mistyped");
    await page.openNew("epochs=1");
    await train(page);
  });

  test("WebAssembly is forbidden", async () => {
    bench.tolerated = TROUBLE;
    const { small: page, smallServer: server } = bench;
    server.govern("script-src 'self'");
    await page.openNew("epochs=1", "failed");
    const { status, button } = await says(page);
    assert.match(status, /^The page could not start: The networks.? program cannot be run here: .+\.$/);
    assert.equal(button, "Reload");
    await mend(page, server, "Reload");
  });

  for (const [feature, lack] of /** @type {[string, string][]} */ ([
    ["WebAssembly", "() => { delete globalThis.WebAssembly; }"],
    ["WebAssembly SIMD", "() => { WebAssembly.validate = () => false; }"],
    // The type 0x6f, of what comes from JavaScript.
    ["WebAssembly reference types", "() => { const { validate } = WebAssembly; WebAssembly.validate = (bytes) => !bytes.slice(0, 20).includes(0x6f) && validate(bytes); }"],
    ["DecompressionStream", "() => { delete globalThis.DecompressionStream; }"],
    ["workers made of modules", "() => { const Old = Worker; globalThis.Worker = function (url) { return new Old(url); }; }"],
  ])) {
    test(`a browser without ${feature}`, async () => {
      // The page's probe for these begins to load the page as a worker, which Firefox says even of a worker that is ended at once.
      if (feature === "workers made of modules") bench.tolerated = /Loading Worker from .* disallowed MIME type/;
      const { small: page, browser } = bench;
      const undo = await browser.remote.preload(lack);
      await page.openNew("", "failed");
      assert.match(await page.text("#status"), new RegExp(
        `^This browser lacks ${feature}, which training in the page needs\\. .*(Chrome|Firefox|Safari).* \\d+.* have (it|them).*newer browser\\.$`,
      ));
      await undo();
    });
  }
});

inEachBrowser("Refused storage", (bench) => {
  test("is no obstacle", async () => {
    bench.tolerated = /Failed to register/;
    const { small: page } = bench;
    await page.open("epochs=1");
    const refused = await page.run(() => {
      try {
        return localStorage === null;
      } catch {
        return true;
      }
    });
    assert.ok(refused, "storage is refused");
    await draw(page, DIGITS[0]);
    await train(page);
    await page.until("an answer", () => document.querySelector("#custom-prediction")?.textContent);
    assert.equal(await page.run(() => location.hash), "#digits=0,2,5&epochs=1&batch=32&lr=0.01&seed=1&runs=1");
  });
}, {
  preferences: {
    firefox: { "network.cookie.cookieBehavior": 2 },
    chromium: { "profile.default_content_setting_values.cookies": 2 },
    webkit: { enable_html5_local_storage: false, enable_html5_database: false },
  },
});

inEachBrowser("A language that is none", (bench) => {
  test("is no obstacle", async () => {
    const { small: page } = bench;
    await page.open("epochs=2");
    assert.equal(await page.run(() => navigator.language), "C");
    await train(page, 2);
  });
}, { preferences: { webkit: { LANG: "C" } }, only: ["webkit"] });
