// The versions that the page asks for, against what MDN knows of all that its sources use.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import mdn, { type Identifier, type SupportBlock } from "@mdn/browser-compat-data/forLegacyNode";
import ts from "typescript";
import { expect, test } from "vitest";

import { FEATURES } from "./support.js";

const TOP = join(import.meta.dirname, "..");
const BROWSERS = { Chrome: "chrome", Edge: "edge", Firefox: "firefox", Safari: "safari" } as const;
type Browser = keyof typeof BROWSERS;

/** What the page can do without, where a browser is older. */
const OPTIONAL = [
  "AbortSignal.reason", // nobody reads it
  "Navigator.share", // there is a button where there is this
  "PointerEvent.getCoalescedEvents", // where the pointer is will do
  "requestIdleCallback", // a rest will do
];

/** The first version of a browser that a sentence names, as in “Chrome and Edge 91, Firefox 89 and Safari 16.4”. */
function versionIn(sentence: string, browser: Browser): number {
  return Number(new RegExp(`${browser}(?: and \\w+)? ([\\d.]+)`).exec(sentence)?.[1]);
}

/** The first that has all that is looked for. */
function least(browser: Browser): number {
  return Math.max(...FEATURES.map(({ versions }) => versionIn(versions, browser)));
}

/** The first that MDN says to have it, if only in part; infinity where there is none. */
function firstVersion(support: SupportBlock, browser: Browser): number {
  const statements = [support[BROWSERS[browser]] ?? []].flat();
  const versions = statements.map(({ flags, version_added }) =>
    flags || typeof version_added !== "string"
      ? NaN
      : Number.parseFloat(version_added.replace("≤", "")),
  );
  return Math.min(Infinity, ...versions.filter((version) => version > 0));
}

test("what is looked for is there from the versions on that are named", () => {
  const { api, webassembly } = mdn;
  const known: Record<string, Identifier | undefined> = {
    WebAssembly: webassembly.api,
    "WebAssembly SIMD": webassembly["fixed-width-SIMD"],
    "WebAssembly reference types": webassembly["reference-types"],
    "workers made of modules": api.Worker?.Worker?.ecmascript_modules,
    DecompressionStream: api.DecompressionStream,
  };
  for (const { name, versions } of FEATURES) {
    const support = known[name]?.__compat?.support;
    for (const browser of Object.keys(BROWSERS) as Browser[]) {
      const expected = support && firstVersion(support, browser);
      expect(versionIn(versions, browser), `${name} in ${browser}`).toBe(expected);
    }
  }
});

test("docs/hosting.md names the versions that follow", () => {
  const page = readFileSync(join(TOP, "../docs/hosting.md"), "utf8");
  const [chrome, edge, firefox, safari] = (Object.keys(BROWSERS) as Browser[]).map(least);
  expect(edge).toBe(chrome);
  const sentence = `Chrome and Edge ${String(chrome)}, Firefox ${String(firefox)} and Safari ${String(safari)}`;
  expect(page.includes(sentence), sentence).toBe(true);
});

test.each(["tsconfig.json", "tsconfig.worker.json", "tsconfig.offline.json"])(
  "nothing in the sources of %s needs newer browsers",
  (config) => {
    const uses = usesOf(config);
    expect(uses.size).toBeGreaterThan(30);
    const newer = [...uses].flatMap(([name, { support, place }]) =>
      (Object.keys(BROWSERS) as Browser[])
        .filter((browser) => firstVersion(support, browser) > least(browser))
        .map(
          (browser) => `${name} at ${place}: ${browser} ${String(firstVersion(support, browser))}`,
        ),
    );
    expect(newer.filter((one) => !OPTIONAL.some((name) => one.startsWith(`${name} `)))).toEqual([]);
  },
  60_000,
);

interface Use {
  readonly support: SupportBlock;
  readonly place: string;
}

/** What the sources of a config use of browsers and of the language, as `Interface.member`, and where. */
function usesOf(config: string): Map<string, Use> {
  const read = ts.readConfigFile(join(TOP, config), (path) => ts.sys.readFile(path));
  const { fileNames, options } = ts.parseJsonConfigFileContent(read.config, ts.sys, TOP);
  const program = ts.createProgram(fileNames, options);
  const checker = program.getTypeChecker();
  const uses = new Map<string, Use>();
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const known = knownOf(node, checker);
      const file = node.getSourceFile();
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      if (known) uses.set(known.name, { ...known, place: `${file.fileName}:${String(line)}` });
    }
    ts.forEachChild(node, look);
  };
  const own = program
    .getSourceFiles()
    .filter(
      ({ fileName, isDeclarationFile }) => !isDeclarationFile && !fileName.includes("node_modules"),
    );
  own.forEach(look);
  return uses;
}

/** Undefined where MDN knows nothing of it: most of that is our own. */
function knownOf(node: ts.Identifier, checker: ts.TypeChecker) {
  const declarations = checker.getSymbolAtLocation(node)?.declarations ?? [];
  if (!declarations.some((one) => /\/lib\.[^/]*\.d\.ts$/.test(one.getSourceFile().fileName)))
    return undefined;
  const member = node.text;
  const access = node.parent;
  const isMember = ts.isPropertyAccessExpression(access) && access.name === node;
  const owners = isMember
    ? namesOf(checker.getApparentType(checker.getTypeAtLocation(access.expression)))
    : [];
  const { api, javascript } = mdn;
  for (const owner of owners.map((name) =>
    name.replace(/^Readonly(?=Array|Map|Set)|Constructor$/g, ""),
  )) {
    const places = [api[owner], javascript.builtins?.[owner]];
    const found = places.flatMap((place) => place?.[member] ?? place?.[`${member}_static`] ?? []);
    const support = found[0]?.__compat?.support;
    if (support) return { name: `${owner}.${member}`, support };
  }
  const everywhere = api[member] ?? javascript.builtins?.[member] ?? api.Window?.[member];
  const support = everywhere?.__compat?.support;
  return support && { name: member, support };
}

/** Of a type, the types that it is made of, and those that these build on. */
function namesOf(type: ts.Type): string[] {
  const parts = type.isUnionOrIntersection() ? type.types : [type];
  return parts.flatMap((part) => {
    const symbol = part.symbol as ts.Symbol | undefined; // whatever the types say
    return [symbol?.name ?? "", ...(part.getBaseTypes()?.flatMap(namesOf) ?? [])];
  });
}
