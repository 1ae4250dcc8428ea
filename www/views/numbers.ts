// Numbers as they stand in sentences and tables. "\u00a0" is a no-break space.

/** 0.9911 → "99.1 %". */
export function percent(fraction: number, digits = 1): string {
  return `${(fraction * 100).toFixed(digits)}\u00a0%`;
}

// Kept, since `toLocaleString` makes another each time: a tenth of the page's time while networks train.
const [WHOLE, TENTHS] = [0, 1].map(
  (maximumFractionDigits) => new Intl.NumberFormat("en", { maximumFractionDigits }),
) as [Intl.NumberFormat, Intl.NumberFormat];

/** 2904 → "2,904"; 12.5 → "12.5". */
export function thousands(count: number): string {
  return (count < 100 ? TENTHS : WHOLE).format(count);
}

/** 1, "epoch" → "1 epoch"; 50, "epoch" → "50 epochs". */
export function counted(count: number, noun: string): string {
  return `${thousands(count)}\u00a0${noun}${count === 1 ? "" : "s"}`;
}

/** 0.0004 → "1 in 2,500": to two digits, as it is an estimate. */
export function chance(probability: number): string {
  if (!(probability > 0)) return "none at all";
  const one = 1 / probability;
  if (one < 1.95) return percent(probability, 0);
  if (one < 10) return `1 in ${String(Number(one.toFixed(1)))}`;
  if (one < 1e9) return `1 in ${thousands(Number(one.toPrecision(2)))}`;
  return `1 in 10${superscript(Math.round(Math.log10(one)))}`;
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** −30 → "⁻³⁰". */
export function superscript(power: number): string {
  const digits = String(Math.abs(power));
  const raised = digits.replace(/\d/g, (digit) => SUPERSCRIPTS.charAt(Number(digit)));
  return power < 0 ? `⁻${raised}` : raised;
}

/** "³⁰" → "30". */
export function fromSuperscript(power: string): string {
  return power.replace(/./g, (digit) => String(SUPERSCRIPTS.indexOf(digit)));
}

/** A loss or another small number, to the digits that tell something. */
export function decimal(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  if (value !== 0 && (Math.abs(value) < 10 ** -digits || Math.abs(value) >= 1e5)) {
    const [mantissa = "", power] = value.toExponential(2).split("e");
    return `${mantissa}·10${superscript(Number(power))}`;
  }
  return value.toFixed(digits).replace("-", "−");
}

/** [0, 2, 5] → "0, 2 and 5". */
export function list(items: readonly (string | number)[], last = "and"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${String(items.at(-1))}`;
}

/** custom → "Custom". */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** 9.3 → "9 seconds"; 0.31 → "0.31 seconds"; 150 → "3 minutes". */
export function duration(seconds: number): string {
  if (seconds < 1) return `${seconds.toFixed(2)}\u00a0seconds`;
  if (seconds < 100) return counted(Math.round(seconds), "second");
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? counted(minutes, "minute") : counted(Math.round(seconds / 3600), "hour");
}
