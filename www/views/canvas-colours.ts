// The colours of the style sheet, for what is drawn on canvases.

/** What the colour of the network at a place in the experiment is called, and the class that sets --network to it. */
export function networkClass(place: number): string {
  return `network-${place}`;
}

/** Whether the page is on its way to paper, which is white. */
let isPrinting = false;

/** A colour by the name of its custom property, in the scheme of the moment. */
export function colour(name: string): string {
  return isPrinting ? lightColour(name) : computed(name);
}

function computed(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The same in the light scheme, whatever the moment's: for pictures on white. */
export function lightColour(name: string): string {
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSStyleRule) || rule.selectorText !== ":root") continue;
      const value = rule.style.getPropertyValue(`--${name}`).trim();
      const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
      if (other !== undefined) return lightColour(other);
      if (value !== "") return value;
    }
  }
  return computed(name);
}

const PRINTING = [
  ["beforeprint", true],
  ["afterprint", false],
] as const;

/** Calls when the scheme changes, and before and after printing, until the signal aborts. */
export function onScheme(act: () => void, signal: AbortSignal): void {
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"])
    matchMedia(query).addEventListener("change", act, { signal });
  for (const [event, isPrint] of PRINTING) {
    const change = () => {
      isPrinting = isPrint;
      act();
    };
    addEventListener(event, change, { signal });
  }
}
