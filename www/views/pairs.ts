// The pairs of networks that are compared.

/** Each network with each one after it. */
export function pairsOf(networks: number): [number, number][] {
  return Array.from({ length: networks }, (_, a) =>
    Array.from({ length: networks - a - 1 }, (__, b): [number, number] => [a, a + 1 + b]),
  ).flat();
}
