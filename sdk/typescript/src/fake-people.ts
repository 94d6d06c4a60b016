// Approvers who do as a test tells them.

import type { FakeRun } from "./fake-run";
import type { WireObject } from "./models";

export const APPROVER = "approver@example.com";

export type Decision = "approve" | "reject" | "block";

/** Which requests are a person's; all of them if nothing is given. */
export interface TheirRequests {
  readonly action?: string | undefined;
  readonly when?: ((payload: WireObject) => boolean) | undefined;
  /** How many of them at most. */
  readonly times?: number | undefined;
}

export interface PersonOptions extends TheirRequests {
  /** Their email address. */
  readonly by?: string | undefined;
  /** How many seconds of the fake's clock the answer takes. The app learns of it with its next request. */
  readonly after?: number | undefined;
}

/** Answers requests for approval. */
export interface Person {
  /** null: never. */
  readonly decision: Decision | null;
  readonly comment: string | null;
  readonly by: string;
  readonly after: number;
  /** Whether this person answers the request. It counts as one of their `times`. */
  takes(run: FakeRun): boolean;
}

/** Approves every request that is theirs. */
export function approveAll({ comment, ...options }: PersonOptions & { readonly comment?: string | undefined } = {}): Person {
  return personOf("approve", comment, options);
}

/** Rejects. The comment reaches the model as the reason. */
export function reject(comment?: string, options: PersonOptions = {}): Person {
  return personOf("reject", comment, options);
}

/** As `reject`, but says that it must not be proposed again. */
export function block(comment?: string, options: PersonOptions = {}): Person {
  return personOf("block", comment, options);
}

/** Leaves requests without an answer, also for the people listed after it: they expire. */
export function nobody(options: TheirRequests = {}): Person {
  return personOf(null, undefined, options);
}

function personOf(decision: Decision | null, comment: string | undefined, options: PersonOptions): Person {
  const { by = APPROVER, after = 0, action, when, times = Number.POSITIVE_INFINITY } = options;
  const asked = new Set<string>();
  return {
    decision,
    comment: comment ?? null,
    by,
    after,
    takes(run) {
      if (asked.has(run.id)) return true;
      const isTheirs = (action === undefined || action === run.action) && (when === undefined || when(run.payload));
      if (!isTheirs || asked.size >= times) return false;
      asked.add(run.id);
      return true;
    },
  };
}
