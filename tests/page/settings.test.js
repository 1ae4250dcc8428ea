// The settings: in the address, in the form, in a copied link, and kept for the next visit.

import assert from "node:assert/strict";

import { inEachBrowser, test } from "./harness/suite.js";

const DEFAULTS = "#digits=0,2,5&epochs=50&batch=32&lr=0.01&seed=1&runs=1";

/** Each setting's complaint. */
const problems = (page) => page.run(() => Object.fromEntries([...document.querySelectorAll(".problem")]
  .filter((problem) => problem.checkVisibility() && problem.textContent !== "")
  .map((problem) => [/^set-(.*)-problem$/.exec(problem.id)[1], problem.textContent])));

const hash = (page) => page.run(() => location.hash);

/** Types into a field of the form, in place of what is there. */
async function fill(page, name, text) {
  const field = await page.control(name, "#settings-form input");
  await field.clear();
  await field.sendKeys(text);
}

inEachBrowser("Settings", (bench) => {
  test("names bad values, and puts defaults in their place", async () => {
    const page = bench.small;
    await page.openNew("digits=3&epochs=0&batch=x&lr=11&seed=-1&runs=21&control=2&colour=red");
    assert.equal(await hash(page), DEFAULTS);
    await page.until("the open form", () => document.querySelector("#settings[open]"));
    const said = await problems(page);
    assert.deepEqual(Object.keys(said).sort(), ["batch", "control", "digits", "epochs", "lr", "other", "runs", "seed"]);
    for (const [key, value] of Object.entries({ digits: 3, epochs: 0, batch: "x", lr: 11, seed: -1, runs: 21 })) {
      assert.match(said[key], new RegExp(`“${key}=${value}” cannot be used: .*\\. The default, .*, is used\\.`));
    }
    assert.match(said.other, /“colour” is not a setting/);
    const bad = await page.run(() => [...document.querySelectorAll("[aria-invalid=true]")].map(({ id }) => id));
    assert.deepEqual(bad.sort(), ["set-batch", "set-control", "set-epochs", "set-lr", "set-runs", "set-seed"]);
  });

  test("takes any networks, and says what is wrong with one that cannot be", async () => {
    const page = bench.small;
    await page.openNew("networks=wide:relu500&epochs=3");
    assert.equal(await hash(page), `${DEFAULTS.replace("epochs=50", "epochs=3")}&networks=wide:relu500`);
    assert.deepEqual(await problems(page), {});
    await page.openNew("networks=wide:gelu500&epochs=3");
    assert.equal(await hash(page), DEFAULTS.replace("epochs=50", "epochs=3"));
    const said = await problems(page);
    assert.deepEqual(Object.keys(said), ["networks"]);
    assert.match(said.networks, /gelu/);
  });

  test("writes every hash in one form", async () => {
    const page = bench.small;
    await page.open("runs=3&digits=9%2C0&lr=5e-2");
    assert.equal(await hash(page), "#digits=0,9&epochs=50&batch=32&lr=0.05&seed=1&runs=3");
    assert.deepEqual(await problems(page), {});
    assert.match(await page.text("#settings-summary"), /digits 0, 9 · epochs 50 · .*0\.05 · seed 1 · runs 3/);
  });

  test("takes a hash that changes under it", async () => {
    const page = bench.small;
    await page.run(() => {
      location.hash = "epochs=7";
    });
    await page.until("the settings", () => /· epochs 7 ·/.test(document.querySelector("#settings-summary").textContent));
    assert.equal(await page.run(() => document.querySelector("#set-epochs").value), "7");
  });

  test("reads the form as it is typed in", async () => {
    const page = bench.small;
    await page.open();
    await page.unfold();
    await fill(page, "Epochs", "3");
    await fill(page, "Seed", "4294967295");
    await (await page.control("Control network", "#settings-form input")).click();
    await page.until("the hash", () => /epochs=3&.*seed=4294967295&runs=1&control=1/.test(location.hash));
    await fill(page, "Learning rate", "fast");
    await page.until("a complaint", () => /learning rate must be a number/.test(document.querySelector("#set-lr-problem").textContent));
    assert.match(await hash(page), /lr=0\.01/);
    assert.equal(await page.run(() => document.querySelector("#set-lr").value), "fast", "what was typed stays");
    await page.click("Notebook settings");
    await page.until("the defaults", (wanted) => location.hash === wanted, DEFAULTS);
    assert.equal(await page.run(() => document.querySelector("#set-lr").value), "0.01");
    assert.deepEqual(await problems(page), {});
  });

  test("takes networks as text, and says what is wrong with one", async () => {
    const page = bench.small;
    await page.open("networks=wide:relu200,square20;plain:tanh30@0.1");
    assert.equal(await hash(page), "#digits=0,2,5&epochs=50&batch=32&lr=0.01&seed=1&runs=1&networks=wide:relu200,square20;plain:tanh30@0.1");
    assert.deepEqual(await page.run(() => [...document.querySelectorAll("output[id$=prediction]")].map(({ id }) => id)), ["wide-prediction", "plain-prediction"]);
    await page.unfold();
    const networks = await page.control("Networks", "#networks input");
    // Pasted, as what is typed on the way may be networks too.
    const write = (text) => page.run((field, pasted) => {
      field.focus();
      field.select();
      document.execCommand("insertText", false, pasted);
    }, networks, text);
    await write("wide:relu200,square20;plain:cube30");
    assert.match(await page.until("a complaint", () => document.querySelector("#set-networks-text-problem").textContent), /“?cube/);
    assert.match(await hash(page), /;plain:tanh30@0\.1$/, "what is refused changes nothing");
    await write("wide:relu200,square20;other:cubic30");
    await page.until("the hash", () => location.hash.endsWith("networks=wide:relu200,square20;other:cubic30"));
    assert.deepEqual(await problems(page), {});
    await write("wide:relu200,square20;other:cubic30;third:relu9");
    await page.until("a third", () => document.querySelectorAll("output[id$=prediction]").length === 3);
    await write("other:cubic30");
    await page.until("one", () => location.hash.endsWith("networks=other:cubic30"));
    // One alone is trained as well.
    await fill(page, "Epochs", "2");
    await page.click("Train");
    await page.reach("finished");
    await page.epochs(2, ["other"]);
    await page.click("Reset");
    await page.click("Notebook settings");
    await page.until("the notebook's", (wanted) => location.hash === wanted, DEFAULTS);
  });

  test("fetches the chosen digits' images, and no others", async () => {
    const page = bench.small;
    const { requests } = bench.smallServer;
    const fetched = () => [...new Set(requests.flatMap(({ path }) => /(\d)-images\.bin$/.exec(path)?.[1] ?? []))].sort();
    requests.length = 0;
    await page.open("digits=1,7");
    await page.click("Train");
    await page.epochs(1);
    assert.deepEqual(fetched(), ["1", "7"]);
    await page.click("Reset");
    await page.run(() => document.querySelector("input[name=digit][value='4']").click());
    await page.until("the hash", () => location.hash.includes("digits=1,4,7&"));
    await page.click("Train");
    await page.epochs(1);
    assert.deepEqual(fetched(), ["1", "4", "7"]);
    await page.click("Reset");
  });

  test("remembers them for the next visit", async () => {
    const page = bench.small;
    await page.open("digits=3,8&epochs=4&seed=9&control=1");
    const before = await hash(page);
    await page.open("");
    assert.equal(await hash(page), before);
    assert.equal(await page.run(() => document.querySelector("#set-control").checked), true);
  });

  test("a copied link gives the same run to the last bit", async () => {
    const page = bench.small;
    await page.open("digits=2,5,6&epochs=2&batch=20&lr=0.02&seed=77&control=1");
    await page.unfold();
    await page.click("Train");
    await page.reach("finished");
    const models = ["custom", "dense", "control"];
    await page.epochs(2, models);
    const history = await page.history();
    assert.deepEqual(Object.keys(history[1]).sort(), models.toSorted());

    await page.click("Copy link");
    const said = await page.until("a word", () => document.querySelector("#copied").textContent);
    assert.match(said, /^The link is copied/);
    // Pasted where a visitor would: into a field.
    const field = await page.control("Learning rate", "#settings-form input");
    await field.clear();
    await field.sendKeys(page.key("Control", "v"));
    const link = await field.getAttribute("value");
    assert.equal(link, `${page.url}#digits=2,5,6&epochs=2&batch=20&lr=0.02&seed=77&runs=1&control=1`);

    await page.openNew("seed=5");
    await page.driver.get("about:blank");
    await page.driver.get(link);
    await page.reach("ready");
    await page.whole();
    await page.click("Train");
    await page.reach("finished");
    await page.epochs(2, models);
    assert.deepEqual(await page.history(), history);
  });
});
