/** Delay in browsers without `requestIdleCallback`, in ms. */
const REST = 200;
/** Nobody waits longer than this for a page that is never idle, in ms. */
const PATIENCE = 2000;

/** Resolves when the page's thread has nothing better to do. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has no such callback, whatever the types say.
    const { requestIdleCallback: ask } = globalThis as Partial<typeof globalThis>;
    if (ask) ask(() => resolve(), { timeout: PATIENCE });
    else setTimeout(resolve, REST);
  });
}
