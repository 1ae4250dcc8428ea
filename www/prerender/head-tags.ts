// Tags added to index.html's head: for browsers, and for link previews.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { HtmlTagDescriptor, IndexHtmlTransformResult, Plugin } from "vite";

/** What a link to the page is shown with: in public/, 1200 by 630 pixels, made by `cargo xtask preview`. */
export const PREVIEW = "preview.png";

/** `site` is the address at which the page will lie, where that is known. */
export function head(site: URL | null): Plugin {
  return {
    name: "head",
    transformIndexHtml: {
      // After Vite has put in the script.
      order: "post",
      handler: (html) => complete(html, site),
    },
  };
}

function complete(html: string, site: URL | null): IndexHtmlTransformResult {
  const title = find(html, /<title>([^<]+)/);
  const description = find(html, /name="description"\s+content="([^"]+)"/);
  const tags = [
    ...themes(),
    property("og:type", "website"),
    property("og:title", title),
    property("og:description", description),
  ];
  // These must be absolute.
  if (site) {
    const picture = new URL(PREVIEW, site).href;
    tags.push(property("og:url", site.href), property("og:image", picture));
    tags.push(property("og:image:width", "1200"), property("og:image:height", "630"));
    tags.push({ tag: "meta", attrs: { name: "twitter:card", content: "summary_large_image" } });
    tags.push({ tag: "link", attrs: { rel: "canonical", href: site.href } });
  }
  // Blocks rendering: the first script hides the prerendered page if the address asks for another.
  const waiting = html.replace('<script type="module"', '<script type="module" blocking="render"');
  return { html: waiting, tags: tags.map((tag) => ({ ...tag, injectTo: "head" })) };
}

/** The background of the style sheet, in both schemes. */
function themes(): HtmlTagDescriptor[] {
  const colours = readFileSync(join(import.meta.dirname, "../styles/colours.css"), "utf8");
  const [light, dark] = Array.from(
    colours.matchAll(/--background: (#\w+)/g),
    ([, colour]) => colour,
  );
  return Object.entries({ light, dark }).map(([scheme, colour]) => {
    if (colour === undefined) throw new Error(`styles/colours.css has no ${scheme} background.`);
    const media = `(prefers-color-scheme: ${scheme})`;
    return { tag: "meta", attrs: { name: "theme-color", media, content: colour } };
  });
}

function property(name: string, content: string): HtmlTagDescriptor {
  return { tag: "meta", attrs: { property: name, content } };
}

function find(html: string, pattern: RegExp): string {
  const found = pattern.exec(html)?.[1];
  if (found === undefined) throw new Error(`index.html has no ${String(pattern)}.`);
  return found;
}
