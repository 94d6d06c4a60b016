import { isSamePerson } from "@/lib/domain/access/same-person";
import { jcsText } from "@/lib/domain/json/canonical-text";
import { type Approvals, approvalsOf, isComplete } from "@/lib/domain/runs/approvals";
import type { BudgetEntry } from "./fake-budgets";
import type { GrantUse } from "./fake-grants";
import type { Claim, ExecutionStatus, GovernanceStatus, WireObject } from "./models";

/** What a person made of a payload. */
export interface FakeChange {
  readonly payload: WireObject;
  /** The difference, as JSON Patch (RFC 6902). */
  readonly changes: readonly WireObject[];
}

/** One person's yes where several are needed. */
export interface FakeApproval {
  readonly by: string;
  /** From 1. */
  readonly stage: number;
  readonly at: string;
  readonly comment: string | null;
  /** What they approved in place of what was proposed. */
  readonly change: FakeChange | null;
}

/** What was proposed and what became of it. */
export interface FakeRun {
  readonly id: string;
  readonly action: string;
  readonly payload: WireObject;
  readonly idempotencyKey: string;
  readonly reasoning: string | null;
  readonly source: { readonly type: string | null; readonly ref: string | null } | null;
  readonly actor: string | null;
  readonly governanceStatus: GovernanceStatus;
  readonly governanceReason: string;
  readonly policyRule: string | null;
  readonly executionStatus: ExecutionStatus;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly comment: string | null;
  readonly approvalValidUntil: string | null;
  readonly previousRunId: string | null;
  readonly acceptsChanges: boolean;
  /** How many people must approve in each stage; empty: one approval is enough. */
  readonly stages: readonly number[];
  /** Where several are needed: those that count, in order. */
  readonly approvalsGiven: readonly FakeApproval[];
  /** What a person approved in place of what was proposed or, of a rejected run, what they would accept. */
  readonly change: FakeChange | null;
  /** Who claimed it. */
  readonly worker: string | null;
  /** The result that was reported. */
  readonly executionResult: WireObject | null;
  readonly executionError: string | null;
  readonly reportedAt: string | null;
}

/** A run as the fake keeps it. */
export type KeptRun = { -readonly [name in keyof FakeRun]: FakeRun[name] } & {
  readonly payloadHash: string;
  /** Of its change; null until it's known. */
  changedHash: string | null;
  /** How it counts toward the budgets. */
  budgetEntries: readonly BudgetEntry[];
  /** The one of them that it goes over. */
  readonly exceeded: BudgetEntry | null;
  /** The grant that allowed it. */
  readonly grantUse: GrantUse | null;
  claim: Claim | null;
};

/** A person's no, after which an action's cool-down holds off the next request. */
export const PERSONAL_REFUSALS: readonly string[] = ["rejected_by_human", "manually_blocked_by_approver", "approval_revoked"];

export interface Ending {
  readonly status: GovernanceStatus;
  readonly reason: string;
  readonly at: string;
  readonly by?: string | null;
  readonly comment?: string | null;
}

/** Decides, or ends an approval. */
export function end(run: KeptRun, { status, reason, at, by = null, comment = null }: Ending): void {
  const executionStatus = status === "allowed" || status === "approved" ? "awaiting_execution_report" : "not_executed";
  Object.assign(run, { governanceStatus: status, governanceReason: reason, decidedAt: at, decidedBy: by, comment, executionStatus });
}

/** When it was over without an execution; null if it isn't. */
export function endedAt({ executionStatus, reportedAt, governanceStatus, decidedAt }: FakeRun): string | null {
  if (executionStatus === "failed") return reportedAt;
  return governanceStatus === "rejected" || governanceStatus === "blocked" ? decidedAt : null;
}

/** What differs if these members of a payload are changed; null if nothing does. Throws for what no action lets its approvers change. */
export function changeOf(payload: WireObject, members: WireObject): FakeChange | null {
  const changes = Object.entries(members)
    .filter(([name, value]) => !(Object.hasOwn(payload, name) && jcsText(payload[name] as never) === jcsText(value as never)))
    .map(([name, value]) => {
      const before = payload[name];
      const isText = typeof before === "string" && typeof value === "string";
      if (!isText && !(typeof before === "number" && typeof value === "number" && value <= before)) {
        throw new Error(`a text can be changed to a text and a number to a lower one, but ${name} is ${JSON.stringify(before)}`);
      }
      return { op: "replace", path: `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, value };
    });
  return changes.length === 0 ? null : { payload: { ...payload, ...members }, changes };
}

/** null: what may run is what was proposed. */
export function appliedChange({ change, governanceReason }: FakeRun): FakeChange | null {
  return governanceReason === "rejected_by_human" ? null : change;
}

/** What those who have approved a pending run made of it: they all approved the same payload. */
export function agreedChange({ approvalsGiven }: FakeRun): FakeChange | null {
  return approvalsGiven.at(-1)?.change ?? null;
}

export function hasApprovalOf({ approvalsGiven }: FakeRun, email: string): boolean {
  return approvalsGiven.some(({ by }) => isSamePerson(by, email));
}

/** Adds a yes where several are needed. Returns the earlier ones that end, because they were of another payload. */
export function approve(run: KeptRun, approval: Omit<FakeApproval, "stage">): readonly FakeApproval[] {
  const isOfSame = ({ change }: FakeApproval) => textOf(change) === textOf(approval.change);
  const ended = run.approvalsGiven.filter((earlier) => !isOfSame(earlier));
  run.approvalsGiven = [...run.approvalsGiven.filter(isOfSame), { ...approval, stage: progressOf(run).stage }];
  return ended;
}

function textOf(change: FakeChange | null): string | null {
  return change && jcsText(change.payload as never);
}

export function lacksApprovals(run: FakeRun): boolean {
  return !isComplete(progressOf(run));
}

function progressOf({ stages, approvalsGiven }: FakeRun): Approvals {
  return approvalsOf(
    stages.map((approvals) => ({ approvals })),
    approvalsGiven.map((approval) => ({ ...approval, channel: "link" })),
  );
}

export function wireApprovals(run: FakeRun): WireObject | null {
  if (run.stages.length === 0) return null;
  const { stage, stages, required, given, by } = progressOf(run);
  return { stage, stages, required, given, by };
}

/** Whether budgets count it: it may run, or has run. A run in doubt counts. */
export function isCounted({ governanceStatus, executionStatus }: FakeRun): boolean {
  return governanceStatus !== "rejected" && governanceStatus !== "blocked" && executionStatus !== "failed";
}

export function isReported({ executionStatus }: FakeRun): boolean {
  return executionStatus === "executed" || executionStatus === "failed";
}

export function wireDecision(run: FakeRun): WireObject | null {
  if (run.governanceStatus === "pending_approval") return null;
  const { governanceStatus: outcome, governanceReason: reason, decidedBy: by, decidedAt: at, comment, change } = run;
  const proposed = change !== null && appliedChange(run) === null ? change.payload : null;
  return { outcome, reason, by, at, comment, changes: change?.changes ?? null, proposed_payload: proposed };
}
