// The static host itself, and the ways in which the tests' server misbehaves.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { serve } from "./harness/server.js";

const TOP = join(import.meta.dirname, "../..");
const HOST = join(TOP, "xtask/host.mjs");
const POLICY = "default-src 'self'";
const SCRIPT = "assets/mount-0a_1B-c2.js";
const WORKER = "assets/worker-ABCDEFGH.js";

const top = mkdtempSync(join(tmpdir(), "host-test-"));
const site = join(top, "site");
after(() => rmSync(top, { recursive: true }));

const hash = (text, algorithm, digest) => createHash(algorithm).update(text).digest(digest);
const PAGE = `<title>One</title><meta http-equiv="Content-Security-Policy"\n  content="${POLICY}"><script src="./${SCRIPT}"></script>`;
const FILES = {
  "index.html": PAGE,
  [SCRIPT]: `new Worker("${WORKER.slice("assets/".length)}")`,
  [WORKER]: "work()",
  "assets/a.wasm": "wasm",
  "assets/a.wasm.br": "brotli",
  "weights/one.safetensors": "weights",
  "data/0.bin": "0123456789",
};
mkdirSync(join(site, "assets"), { recursive: true });
for (const folder of ["weights", "data"]) mkdirSync(join(site, folder));
const listed = [[SCRIPT, null], [WORKER, null], ["index.html", hash(PAGE, "md5", "hex")]].map(([url, revision]) =>
  ({ integrity: `sha256-${hash(FILES[url], "sha256", "base64")}`, revision, url }));
FILES["sw.js"] = JSON.stringify(listed);
for (const [path, contents] of Object.entries(FILES)) writeFileSync(join(site, path), contents);
writeFileSync(join(top, "secret"), "secret");

/** As it stands in the request, which `fetch` would tidy. */
const ask = (origin, path, headers = {}, method = "GET") => new Promise((resolve, reject) => {
  const { hostname, port } = new URL(origin);
  get({ hostname, port, path, headers, method, agent: false }, (response) => {
    let body = "";
    response.on("data", (chunk) => (body += chunk));
    response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }));
    response.on("error", reject);
  }).on("error", reject);
});

test("serves files of the site, and no others", async () => {
  const child = spawn("node", [HOST, site, "0"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const line = await new Promise((resolve) => child.stdout.once("data", resolve));
    const origin = line.toString().trim();
    assert.match(origin, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await ask(origin, "/?a=/../b");
    assert.deepEqual([page.status, page.body], [200, PAGE]);
    assert.equal(page.headers["content-type"], "text/html;charset=utf-8");
    assert.equal(page.headers["content-security-policy"], POLICY);
    assert.equal(page.headers["x-content-type-options"], "nosniff");
    assert.equal(page.headers["referrer-policy"], "no-referrer");
    assert.equal(page.headers["cache-control"], "no-cache");
    assert.equal((await ask(origin, "/", { "If-None-Match": page.headers.etag })).status, 304);
    const script = await ask(origin, `/${SCRIPT}`);
    assert.equal(script.headers["content-type"], "text/javascript");
    assert.equal(script.headers["cache-control"], "public, max-age=31536000, immutable");
    const packed = await ask(origin, "/assets/a.wasm", { "Accept-Encoding": "gzip, br" });
    assert.deepEqual([packed.headers["content-encoding"], packed.headers["content-type"], packed.body], ["br", "application/wasm", "brotli"]);
    assert.equal((await ask(origin, "/assets/a.wasm")).body, "wasm");
    assert.equal((await ask(origin, "/weights/one.safetensors")).headers["content-type"], "application/octet-stream");
    const part = await ask(origin, "/data/0.bin", { Range: "bytes=2-4" });
    assert.deepEqual([part.status, part.body], [206, "234"]);
    for (const path of ["/absent", "/../secret", "/%2e%2e/secret", "/..%2fsecret", "/assets/../../secret", "//../secret", "/assets", "/%", "/%ff", "/%00"]) {
      assert.equal((await ask(origin, path)).status, 404, path);
    }
    assert.equal((await ask(origin, "/", {}, "POST")).status, 405);
    assert.equal((await ask(origin, "/", { Cookie: "user=Andr\u00e9" })).status, 200, "cookies of others are no concern of ours");
  } finally {
    child.kill();
  }
});

test("says that a port is taken", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const child = spawn("node", [HOST, site, String(other.address().port)]);
  let words = "";
  child.stderr.on("data", (chunk) => (words += chunk));
  const code = await new Promise((resolve) => child.once("close", resolve));
  other.close();
  assert.equal(code, 1);
  assert.match(words, /^error: port \d+ cannot be used: .*EADDRINUSE/);
});

test("the page's policy has no holes", () => {
  const page = readFileSync(join(TOP, "www/index.html"), "utf8");
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(page)?.[1] ?? "";
  const [fallback, ...others] = policy.split(/;\s*/);
  assert.equal(fallback, "default-src 'none'");
  const sources = others.flatMap((directive) => directive.split(" ").slice(1));
  assert.deepEqual([...new Set(sources)].sort(), ["'none'", "'self'", "'wasm-unsafe-eval'"]);
});

test("a site that is too large is not published", () => {
  const large = join(top, "large");
  mkdirSync(join(large, "data"), { recursive: true });
  const compress = () => spawnSync("node", [join(TOP, "xtask/compress.mjs"), large], { encoding: "utf8" });
  writeFileSync(join(large, "index.html"), '<script src="assets/page.js"></script>');
  writeFileSync(join(large, "data/train-0-images.bin"), Buffer.alloc(3_700_000));
  assert.equal(compress().status, 0);
  writeFileSync(join(large, "data/test-0-images.bin"), Buffer.alloc(200_000));
  const { status, stdout } = compress();
  assert.equal(status, 1);
  assert.match(stdout, /^images of digits 0, 2 and 5 .* OVER$/m);
});

test("misbehaves when asked", async () => {
  const server = await serve({ site, instead: new Map([["data/0.bin", Buffer.from("instead")]]), maxAge: 600 });
  const at = (path, headers) => ask(server.origin, `/some/base/${path}`, headers);
  try {
    assert.equal((await at("")).headers["cache-control"], "max-age=600");
    assert.equal((await at("data/0.bin?1")).body, "instead");
    assert.equal((await at("absent")).status, 404);
    server.spoil(/\.js$/, "missing", 1);
    assert.equal((await at(WORKER)).status, 404);
    assert.equal((await at(WORKER)).body, "work()");
    for (const [fault, result] of [["truncated", "wor"], ["mistyped", "work()"], [(text) => `${text};`, "work();"]]) {
      server.spoil(/worker/, fault);
      assert.equal((await at(WORKER)).body, result);
    }
    server.spoil(/worker/, "cut");
    await assert.rejects(at(WORKER));
    server.spoil(/worker/, "slow");
    const slow = at(WORKER);
    await new Promise((resolve) => setTimeout(resolve, 50));
    server.mend();
    assert.equal((await slow).body, "work()");
    server.govern(null);
    assert.equal((await at("")).headers["content-security-policy"], undefined);
  } finally {
    await server.close();
  }
  assert.equal(readFileSync(join(site, SCRIPT), "utf8"), FILES[SCRIPT]);
});
