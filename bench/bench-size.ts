export interface BenchSize {
  /** Stored runs of the two databases that growth compares. */
  readonly smallRuns: number;
  readonly largeRuns: number;
  /** Recorded runs of the action that a draft is tried on. */
  readonly backtestRuns: number;
  /** Each round measures everything that is compared once, one after the other. */
  readonly rounds: number;
  readonly roundSeconds: number;
  /** Before the first round: compilers and caches have settled by then. */
  readonly warmUpSeconds: number;
  readonly decisions: number;
  readonly toolCalls: number;
  readonly longPolls: number;
  readonly starts: number;
}

export const FULL: BenchSize = {
  smallRuns: 1000,
  largeRuns: 1_000_000,
  backtestRuns: 100_000,
  rounds: 7,
  roundSeconds: 5,
  warmUpSeconds: 8,
  decisions: 200,
  toolCalls: 1000,
  longPolls: 1000,
  starts: 5,
};

export const QUICK: BenchSize = {
  smallRuns: 1000,
  largeRuns: 20_000,
  backtestRuns: 100_000,
  rounds: 3,
  roundSeconds: 2,
  warmUpSeconds: 3,
  decisions: 30,
  toolCalls: 100,
  longPolls: 1000,
  starts: 2,
};
