// Approvers who do as a test tells them.

import type { Grant } from "./fake-grants";
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
  /** Members of the payload that this person changes. */
  readonly change: WireObject | null;
  /** What this person approves in advance, with an approval. */
  readonly grant: Grant | null;
  /** Whether this person answers the request. It counts as one of their `times`. */
  takes(run: FakeRun): boolean;
}

export interface ApprovalOptions extends PersonOptions {
  readonly comment?: string | undefined;
  /**
   * Members of the payload that this person changes, as in `{ amount: 1480 }`; the comment says why. Of an app that takes no changes, they reject
   * the request and propose the change.
   */
  readonly change?: WireObject | undefined;
  /** What this person approves beyond the request. It comes without a change. */
  readonly grant?: Grant | undefined;
}

/**
 * Approves every request that is theirs. Throws a TypeError for a change without a comment, and for one with a grant.
 *
 * Where several approvals are needed, each address (`by`) counts once. If another approver changes the payload later, this person is asked
 * again: `after` so many seconds, they approve the changed one.
 */
export function approveAll({ comment, change, grant, ...options }: ApprovalOptions = {}): Person {
  if (change !== undefined && !comment) throw new TypeError("a change needs a comment that says why");
  if (change !== undefined && grant !== undefined)
    throw new TypeError("a grant comes with an approval of what was proposed, not with a change");
  return { ...personOf("approve", comment, options), change: change ?? null, grant: grant ?? null };
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
    change: null,
    grant: null,
    takes(run) {
      if (asked.has(run.id)) return true;
      const isTheirs = (action === undefined || action === run.action) && (when === undefined || when(run.payload));
      if (!isTheirs || asked.size >= times) return false;
      asked.add(run.id);
      return true;
    },
  };
}

/** The first who takes the request or, where several approvals are needed, all up to `nobody`. */
export function* peopleAsked(people: readonly Person[], run: FakeRun): Generator<Person & { readonly decision: Decision }> {
  for (const person of people) {
    if (!person.takes(run)) continue;
    if (!decides(person)) return;
    yield person;
    if (run.stages.length === 0) return;
  }
}

function decides(person: Person): person is Person & { readonly decision: Decision } {
  return person.decision !== null;
}
