// The runs of a console in memory: what time and people do to them, by the rules of the real one. It has no limits, emails and no
// receipt log.

import { isSamePerson } from "@/lib/domain/access/same-person";
import { wireBudget } from "./fake-budgets";
import { type FakeClock, later } from "./fake-clock";
import { covers, type KeptFreeze } from "./fake-freezes";
import { wireGrant } from "./fake-grants";
import { FakeLedgers } from "./fake-ledgers";
import { type Decision, type Person, peopleAsked } from "./fake-people";
import { decide } from "./fake-policies";
import {
  agreedChange,
  appliedChange,
  approve,
  changeOf,
  end,
  endedAt,
  type FakeApproval,
  hasApprovalOf,
  type KeptRun,
  lacksApprovals,
  PERSONAL_REFUSALS,
  wireApprovals,
  wireDecision,
} from "./fake-run";
import type { GovernanceStatus, WireObject } from "./models";

export const ORIGIN = "http://console.test";

export const EFFECTS: Readonly<Record<Decision, { readonly status: GovernanceStatus; readonly reason: string }>> = {
  approve: { status: "approved", reason: "approved_by_human" },
  reject: { status: "rejected", reason: "rejected_by_human" },
  block: { status: "blocked", reason: "manually_blocked_by_approver" },
};

type Answer = Pick<Person, "by" | "comment" | "change" | "grant"> & { readonly at: string };

interface Asked {
  readonly answersAt: string;
  /** They approved, and another approver has changed the payload since. */
  readonly isAgain: boolean;
}

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

export class FakeRuns extends FakeLedgers {
  people: readonly Person[];
  readonly clock: FakeClock;
  /** Who was asked about a run, and when they answer. */
  readonly #asked = new Map<string, Map<Person, Asked>>();

  constructor(clock: FakeClock, people: readonly Person[]) {
    super();
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
    for (;;) {
      const answer = this.nextAnswer(run);
      if (answer === null || answer.at > now || answer.at >= (run.expiresAt ?? "~")) break;
      this.decide(run, answer.decision, answer);
    }
    // While it's frozen, its time stands still.
    const moment = this.frozenSince(run.action) ?? now;
    if (run.governanceStatus === "pending_approval" && run.expiresAt !== null && run.expiresAt <= moment) {
      end(run, { status: "rejected", reason: "approval_expired", at: run.expiresAt });
    }
    if (run.approvalValidUntil !== null && this.claimStateOf(run) === "approval_lapsed") {
      end(run, { status: "rejected", reason: "approval_lapsed", at: run.approvalValidUntil });
    }
    return run;
  }

  /** What a person says to a pending run next, and when; null: nobody does. */
  nextAnswer(run: KeptRun): (Answer & { readonly decision: Decision }) | null {
    if (run.governanceStatus !== "pending_approval") return null;
    const known = this.#asked.get(run.id) ?? new Map<Person, Asked>();
    this.#asked.set(run.id, known);
    const answers = [];
    for (const person of peopleAsked(this.people, run)) {
      const asked = known.get(person) ?? { answersAt: this.clock.in(person.after), isAgain: false };
      known.set(person, asked);
      // Asked again, they approve what another approver made of it.
      const change = asked.isAgain ? null : person.change;
      const isFrozen = person.decision === "approve" && this.frozenSince(run.action) !== null;
      if (!hasApprovalOf(run, person.by) && !isFrozen) answers.push({ ...person, at: asked.answersAt, change });
    }
    return answers.reduce<(typeof answers)[number] | null>((first, one) => (first && first.at <= one.at ? first : one), null);
  }

  /** While other approvals are missing, a yes leaves the run pending. A change of an app that takes none is proposed with a rejection. */
  decide(run: KeptRun, decision: Decision, { by, comment, change: members, at, grant }: Answer): void {
    const agreed = agreedChange(run);
    // What was changed before stays changed.
    const change = members && changeOf(run.payload, { ...agreed?.payload, ...members });
    if (change && decide(this.actions.get(run.action), change.payload).status === "blocked") {
      throw new Error(`${by} can't approve the change: the policy of ${run.action} blocks it`);
    }
    if (members && agreed && !change) throw new Error(`${by} can't change ${run.action} back to what was proposed: reject it instead`);
    const answer = change && !run.acceptsChanges ? "reject" : decision;
    const given = grant && answer === "approve" ? this.grantFor(run, grant, { by, at }) : null;
    const isOneOfSeveral = answer === "approve" && run.stages.length > 0;
    const approved = change ?? (isOneOfSeveral ? agreed : null);
    if (isOneOfSeveral) {
      this.#askAgain(run, approve(run, { by, at, comment, change: approved }), { at, isAgain: true });
      if (lacksApprovals(run)) return;
    }
    run.change = approved;
    if (answer === "approve" && approved) run.budgetEntries = this.entriesOfChange(run, approved.payload);
    if (given) this.grants.push(given);
    end(run, { ...EFFECTS[answer], at, by, comment });
    const valid = this.actions.get(run.action)?.validSeconds ?? null;
    if (run.governanceStatus === "approved" && valid !== null) run.approvalValidUntil = later(at, valid);
  }

  /** Approvals of a changed payload end, and their people are asked about the proposed one. */
  stopTakingChanges(run: KeptRun): void {
    run.acceptsChanges = false;
    if (agreedChange(run) === null) return;
    this.#askAgain(run, run.approvalsGiven, { at: this.now, isAgain: false });
    run.approvalsGiven = [];
  }

  #askAgain(run: KeptRun, ended: readonly FakeApproval[], { at, isAgain }: Pick<Answer, "at"> & Pick<Asked, "isAgain">): void {
    const asked = this.#asked.get(run.id);
    for (const person of asked?.keys() ?? []) {
      const isAsked = ended.some(({ by }) => isSamePerson(by, person.by));
      if (isAsked) asked?.set(person, { answersAt: later(at, person.after), isAgain });
    }
  }

  claimStateOf(run: KeptRun): "none" | "frozen" | "approval_lapsed" | "held" | "lapsed" | "in_doubt" {
    if (run.executionStatus !== "awaiting_execution_report") return "none";
    const since = this.frozenSince(run.action);
    const isValid = run.approvalValidUntil === null || run.approvalValidUntil > (since ?? this.now);
    if (run.claim === null) return !isValid ? "approval_lapsed" : since === null ? "none" : "frozen";
    if (run.claim.expiresAt > this.now) return "held";
    return this.actions.get(run.action)?.autoReleasesClaims && isValid && since === null ? "lapsed" : "in_doubt";
  }

  /** It could still be approved or claimed, were it not frozen. */
  isFrozen(run: KeptRun): boolean {
    const isOpen = run.governanceStatus === "pending_approval" || run.executionStatus === "awaiting_execution_report";
    return isOpen && this.frozenSince(run.action) !== null;
  }

  /** Gives deadlines the time back that stood still. */
  thaw(freeze: KeptFreeze): void {
    const { now } = this;
    for (const run of this.runs.values()) {
      const since = covers(freeze, run.action) && this.isFrozen(run) ? this.frozenSince(run.action) : null;
      if (since === null) continue;
      const pause = (Date.parse(now) - Date.parse(since)) / 1000;
      if (run.governanceStatus === "pending_approval" && run.expiresAt !== null) run.expiresAt = later(run.expiresAt, pause);
      if (run.approvalValidUntil !== null) run.approvalValidUntil = later(run.approvalValidUntil, pause);
      const asked = this.#asked.get(run.id);
      for (const [person, one] of asked ?? []) asked?.set(person, { ...one, answersAt: later(one.answersAt, pause) });
    }
    freeze.thawedAt = now;
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
      budget: wireBudget(run.exceeded),
      grant: wireGrant(run.grantUse),
      executable: this.isExecutable(run),
      frozen: this.isFrozen(run),
      previous_run_id: run.previousRunId,
      ask_again_at: this.askAgainAt(run),
      receipt: receiptOf(run),
      approvals: wireApprovals(run),
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
    budget: wireBudget(run.exceeded),
    grant: wireGrant(run.grantUse),
  };
}
