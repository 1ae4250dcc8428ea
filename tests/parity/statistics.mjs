// Means, and how far two of them lie apart.

/** Mean and sample standard deviation. */
export function summary(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}

/** The difference of two means of `n` values each, in standard errors of that difference. */
export function distance(a, b, n) {
  return (a.mean - b.mean) / Math.sqrt((a.sd ** 2 + b.sd ** 2) / n);
}
