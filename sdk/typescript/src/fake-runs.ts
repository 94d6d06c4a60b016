// The runs of a console in memory: what time and people do to them, by the rules of the real one. It has no several approvals, budgets, freezes,
// limits, emails and no receipt log.

import { type FakeClock, later } from "./fake-clock";
import type { Decision, Person } from "./fake-people";
import { decide, type FakeAction } from "./fake-policies";
import { appliedChange, changeOf, end, endedAt, type KeptRun, PERSONAL_REFUSALS, wireDecision } from "./fake-run";
import type { GovernanceStatus, WireObject } from "./models";

export const ORIGIN = "http://console.test";

export const EFFECTS: Readonly<Record<Decision, { readonly status: GovernanceStatus; readonly reason: string }>> = {
  approve: { status: "approved", reason: "approved_by_human" },
  reject: { status: "rejected", reason: "rejected_by_human" },
  block: { status: "blocked", reason: "manually_blocked_by_approver" },
};

type Answer = Pick<Person, "by" | "comment" | "change"> & { readonly at: string };

/** A response that isn't 200. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly members: WireObject = {},
  ) {
    super(detail);
  }
}

export class FakeRuns {
  readonly actions = new Map<string, FakeAction>();
  readonly runs = new Map<string, KeptRun>();
  people: readonly Person[];
  readonly clock: FakeClock;
  /** Who answers a pending run, and when. */
  readonly #answers = new Map<string, { readonly person: Person; readonly at: string }>();

  constructor(clock: FakeClock, people: readonly Person[]) {
    this.clock = clock;
    this.people = people;
  }

  get now(): string {
    return this.clock.in(0);
  }

  /** The run as it is now: what time and people have done to it has happened. */
  find(runId: string): KeptRun {
    const run = this.runs.get(runId);
    if (run === undefined) throw new Refusal(404, "run_not_found", "Run not found in this workspace. Check the ID and the keys.");
    const { now } = this;
    const due = this.answerTime(run);
    if (run.governanceStatus === "pending_approval") {
      const { person } = this.#answers.get(runId) ?? {};
      if (due !== null && due <= now && due < (run.expiresAt ?? "~") && person?.decision) {
        this.decide(run, person.decision, { ...person, at: due });
      } else if (run.expiresAt !== null && run.expiresAt <= now)
        end(run, { status: "rejected", reason: "approval_expired", at: run.expiresAt });
    }
    if (run.approvalValidUntil !== null && this.claimStateOf(run) === "approval_lapsed") {
      end(run, { status: "rejected", reason: "approval_lapsed", at: run.approvalValidUntil });
    }
    return run;
  }

  /** When the first person who takes the request answers it; null: never. */
  answerTime(run: KeptRun): string | null {
    if (run.governanceStatus !== "pending_approval") return null;
    let planned = this.#answers.get(run.id);
    if (planned === undefined || !this.people.includes(planned.person)) {
      const person = this.people.find((one) => one.takes(run));
      if (person === undefined) return null;
      planned = { person, at: this.clock.in(person.after) };
      this.#answers.set(run.id, planned);
    }
    return planned.person.decision && planned.at;
  }

  /** A change of an app that takes none is proposed with a rejection. */
  decide(run: KeptRun, decision: Decision, { by, comment, change: members, at }: Answer): void {
    const change = members && changeOf(run.payload, members);
    if (change && decide(this.actions.get(run.action), change.payload).status === "blocked") {
      throw new Error(`${by} can't approve the change: the policy of ${run.action} blocks it`);
    }
    run.change = change;
    end(run, { ...EFFECTS[change && !run.acceptsChanges ? "reject" : decision], at, by, comment });
    const valid = this.actions.get(run.action)?.validSeconds ?? null;
    if (run.governanceStatus === "approved" && valid !== null) run.approvalValidUntil = later(at, valid);
  }

  claimStateOf(run: KeptRun): "none" | "approval_lapsed" | "held" | "lapsed" | "in_doubt" {
    if (run.executionStatus !== "awaiting_execution_report") return "none";
    const isValid = run.approvalValidUntil === null || run.approvalValidUntil > this.now;
    if (run.claim === null) return isValid ? "none" : "approval_lapsed";
    if (run.claim.expiresAt > this.now) return "held";
    return this.actions.get(run.action)?.autoReleasesClaims && isValid ? "lapsed" : "in_doubt";
  }

  isExecutable(run: KeptRun): boolean {
    const isFree = ["none", "lapsed"].includes(this.claimStateOf(run));
    return this.actions.get(run.action)?.active === true && run.executionStatus === "awaiting_execution_report" && isFree;
  }

  askAgainAt(run: KeptRun): string | null {
    const ended = endedAt(run);
    const isLast = ![...this.runs.values()].some(({ previousRunId }) => previousRunId === run.id);
    if (ended === null || !isLast) return null;
    const pause = PERSONAL_REFUSALS.includes(run.governanceReason) ? this.actions.get(run.action)?.coolDownSeconds : 0;
    return later(ended, pause ?? 0);
  }

  /** What every response about a run says. */
  describe(run: KeptRun): WireObject {
    return {
      action_run_id: run.id,
      action: run.action,
      governance_status: run.governanceStatus,
      execution_status: run.executionStatus,
      governance_reason: run.governanceReason,
      policy_rule: run.policyRule,
      budget: null,
      executable: this.isExecutable(run),
      frozen: false,
      previous_run_id: run.previousRunId,
      ask_again_at: this.askAgainAt(run),
      receipt: receiptOf(run),
      approvals: null,
      payload_changed: appliedChange(run) !== null,
      decision: wireDecision(run),
    };
  }
}

function receiptOf(run: KeptRun): WireObject | null {
  if (run.decidedAt === null) return null;
  return {
    id: run.id.replace("7000", "7001"),
    outcome: run.governanceStatus,
    reason: run.governanceReason,
    policy_rule: run.policyRule,
    created_at: run.decidedAt,
    decided_by: run.decidedBy,
    channel: run.decidedBy !== null ? "link" : run.expiresAt === null ? "policy" : "system",
    comment: run.comment,
    previous_run_id: run.previousRunId,
  };
}
