// The line that the visitor is on, as far as the browser tells.

/** Of the Network Information API, which TypeScript doesn't know; nor do Firefox and Safari. */
interface Line {
  readonly saveData?: boolean;
  readonly type?: string;
  readonly effectiveType?: string;
}

const SLOW = ["slow-2g", "2g", "3g"];

/** Whether not to prefetch megabytes: the connection is metered or slow. */
export function isMetered(browser: object = navigator): boolean {
  const { connection = {} } = browser as { connection?: Line };
  const { saveData = false, type, effectiveType = "" } = connection;
  return saveData || type === "cellular" || SLOW.includes(effectiveType);
}
