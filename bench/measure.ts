import type { BenchSize } from "./bench-size";
import type { CleanUp } from "./clean-ups";

/** What a measure works with. */
export interface Bench {
  readonly size: BenchSize;
  /** A folder that goes with the run. */
  readonly folder: string;
  /** A fresh, migrated database on a server with the settings of the embedded one. Returns its URL. */
  createDatabase(): Promise<string>;
  say(message: string): void;
  atEnd(cleanUp: CleanUp): void;
}

/** One line of the table. */
export interface Result {
  readonly title: string;
  readonly value: number;
  readonly unit: "" | "ms" | "s" | "MB" | "KB" | "/s";
  readonly target: { readonly atLeast: number } | { readonly atMost: number } | null;
  /** What the value was made of, for people. */
  readonly detail: string;
  /** The same value round by round. */
  readonly rounds: readonly number[];
}

export type Measure = (bench: Bench) => Promise<Result[]>;
