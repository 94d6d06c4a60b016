/** One line on standard output: what was proven, in numbers. */
export function printFigures(promise: string, figures: Readonly<Record<string, string | number>>): void {
  const text = Object.entries(figures).map(
    ([name, value]) => `${typeof value === "number" ? value.toLocaleString("en-US") : value} ${name}`,
  );
  process.stdout.write(`${promise}: ${text.join(", ")}\n`);
}

/** Median and maximum of measured times, for people to read. */
export function spread(timesMs: readonly number[]): string {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return `p50 ${at(0.5)} ms, max ${at(1)} ms`;
}
