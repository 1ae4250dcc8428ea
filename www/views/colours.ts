// The colours of the style sheet, for what is drawn on canvases.

/** What the colour of the network at a place in the experiment is called, and the class that sets --network to it. */
export function networkClass(place: number): string {
  return `network-${place}`;
}

/** A colour by the name of its custom property, in the scheme of the moment. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The same in the light scheme, whatever the moment's: for pictures on white. */
export function lightColour(name: string): string {
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSStyleRule) || rule.selectorText !== ":root") continue;
      const value = rule.style.getPropertyValue(`--${name}`).trim();
      if (value !== "") return value;
    }
  }
  return colour(name);
}

/** Calls when the scheme changes, until the signal aborts. */
export function onScheme(act: () => void, signal: AbortSignal): void {
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"])
    matchMedia(query).addEventListener("change", act, { signal });
}
