import { adaptersPart } from "./adapters-part";
import { deployPart } from "./deploy-part";
import { e2ePart } from "./e2e-part";
import { lintPart } from "./lint-part";
import type { Write } from "./run-logged";
import { runtimesPart } from "./runtimes-part";
import { sdkPart } from "./sdk-part";
import type { TestResult } from "./test-counts";
import { vitestPart } from "./vitest-part";

export const PARTS = ["lint", "unit", "integration", "processes", "sdk", "e2e", "deploy", "image", "ha", "adapters", "runtimes"] as const;
export type PartName = (typeof PARTS)[number];

/** What keeps one core busy for a while: a part, or a share of a long one. */
export interface Job {
  readonly part: PartName;
  readonly name: string;
  /** It runs a built console. */
  readonly needsBuild: boolean;
  /** It needs tools or packages that take minutes to get, or a machine of its own: `npm test` leaves it out. */
  readonly isOnlyWhenNamed?: true;
  readonly run: (write: Write) => Promise<TestResult>;
}

type Run = (write: Write, share: string) => Promise<TestResult>;

const shares = (part: PartName, count: number, needsBuild: boolean, run: Run): Job[] =>
  Array.from({ length: count }, (_, index) => {
    const share = `${index + 1}/${count}`;
    return { part, name: count === 1 ? part : `${part} ${share}`, needsBuild, run: (write) => run(write, share) };
  });

const onlyWhenNamed = (jobs: readonly Job[]): Job[] => jobs.map((job) => ({ ...job, isOnlyWhenNamed: true }));

const byTurns = (some: readonly Job[], others: readonly Job[]): Job[] =>
  some.flatMap((job, place) => [job, ...others.slice(place, place + 1)]);

/**
 * In the order in which they begin: first what needs no build; then by turns what keeps a core busy and what waits more often; at the
 * end small shares, so that no core is left alone.
 */
export const JOBS: readonly Job[] = [
  ...shares("lint", 1, false, lintPart),
  ...shares("unit", 1, false, (write) => vitestPart("unit", write)),
  ...byTurns(shares("e2e", 3, true, e2ePart), [
    ...shares("processes", 2, true, (write, share) => vitestPart("processes", write, share)),
    ...shares("sdk", 1, true, sdkPart),
  ]),
  ...shares("integration", 2, false, (write, share) => vitestPart("integration", write, share)),
  ...onlyWhenNamed(shares("deploy", 1, false, deployPart)),
  ...onlyWhenNamed(shares("adapters", 1, false, adaptersPart)),
  ...onlyWhenNamed(shares("runtimes", 1, false, runtimesPart)),
  ...onlyWhenNamed(shares("image", 1, false, (write) => vitestPart("image", write))),
  ...onlyWhenNamed(shares("ha", 1, true, (write) => vitestPart("ha", write))),
];
