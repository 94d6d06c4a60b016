// What a test expects an agent to have proposed.

import { jcsText } from "@/lib/domain/json/canonical-text";
import type { FakeRun } from "./fake-run";
import { jsonObject } from "./payload";

export interface ExpectedProposal {
  readonly payload?: object | undefined;
  /** How often; once if not given. */
  readonly times?: number | undefined;
}

/** The last run of an action, with exactly this payload if one is given. Throws if there weren't so many. */
export function proposedIn(runs: readonly FakeRun[], action: string, { payload, times = 1 }: ExpectedProposal): FakeRun {
  const wanted = payload && jsonObject(payload, "payload");
  const text = wanted && jcsText(wanted);
  const found = runs.filter((run) => run.action === action && (text === undefined || jcsText(run.payload as never) === text));
  const last = found.at(-1);
  if (last !== undefined && found.length === times) return last;
  const what = wanted ? `${action} with ${JSON.stringify(wanted)}` : action;
  throw new Error(`expected ${what} ${count(times)}, found it ${count(found.length)}. ${proposalsText(runs)}`);
}

export function proposalsText(runs: readonly FakeRun[]): string {
  const lines = runs.map((run) => `  ${run.action} ${JSON.stringify(run.payload)}: ${run.governanceStatus}, ${run.executionStatus}`);
  return lines.length === 0 ? "Nothing was proposed." : ["Proposed:", ...lines].join("\n");
}

function count(times: number): string {
  return times === 1 ? "once" : `${times} times`;
}
