import type { TestFile } from "./test-counts";

const SHOWN = 10;

export interface JobTime {
  readonly name: string;
  readonly seconds: number;
}

/** Where the time of a run went: its jobs in the order in which they ended, and the files that took longest. */
export function describeTimes(jobs: readonly JobTime[], files: readonly TestFile[]): string {
  // The tests of a file may run in several jobs.
  const secondsOf = new Map<string, number>();
  for (const { name, seconds } of files) secondsOf.set(name, (secondsOf.get(name) ?? 0) + seconds);
  const slowest = [...secondsOf].toSorted(([, a], [, b]) => b - a).slice(0, SHOWN);
  return [
    "Times:",
    ...jobs.map(({ name, seconds }) => line(name, seconds)),
    ...(slowest.length > 0 ? ["Slowest files:"] : []),
    ...slowest.map(([name, seconds]) => line(name, seconds)),
    "",
  ].join("\n");
}

function line(name: string, seconds: number): string {
  return `${seconds.toFixed(0).padStart(6)} s  ${name}`;
}
