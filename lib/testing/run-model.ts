import type { Settlement } from "@/lib/action-runs/execute/schema";
import type { Decision, ExecutionStatus, GovernanceStatus } from "@/lib/domain/runs/statuses";

/** Whose claim's token is shown: of the claim made by that call, of none that ever was, or none at all. */
export type Token = number | "wrong" | null;

/** Everything that can happen to a run. `id` names the call; decisions have it as their comment, so losers can tell who won. */
export type RunCommand = { readonly id: number } & (
  | { readonly type: "decide"; readonly decision: Decision; readonly by: "ann" | "ben" | "operator" }
  | { readonly type: "revoke"; readonly by: "ann" | "ben" | "operator" }
  | { readonly type: "withdraw" }
  | { readonly type: "expire" | "lapse" | "window_ends" | "approval_ends" | "lease_ends" | "claim" | "replay" | "look" }
  | { readonly type: "renew" | "release"; readonly token: Token }
  | { readonly type: "report"; readonly outcome: "executed" | "failed"; readonly token: Token }
  | { readonly type: "settle"; readonly settlement: Settlement }
);

export interface RunState {
  governance: GovernanceStatus;
  execution: ExecutionStatus;
  isWindowOver: boolean;
  /** The call that decided, or "clock", and the link it used. */
  decidedBy: number | "clock" | "lapse" | "policy" | null;
  usedLink: "ann" | "ben" | null;
  approver: "ann" | "ben" | "operator" | null;
  isWithdrawn: boolean;
  /** The time of its approval is over. */
  isApprovalOver: boolean;
  claim: number | null;
  isLeaseOver: boolean;
  report: "executed" | "failed" | "settled" | null;
  isRepeatable: boolean;
}

export function newRun(governance: "allowed" | "pending_approval", isRepeatable: boolean): RunState {
  return {
    governance,
    isRepeatable,
    execution: governance === "allowed" ? "awaiting_execution_report" : "not_executed",
    isWindowOver: false,
    decidedBy: governance === "allowed" ? "policy" : null,
    usedLink: null,
    approver: null,
    isWithdrawn: false,
    isApprovalOver: false,
    claim: null,
    isLeaseOver: false,
    report: null,
  };
}

type Step = readonly [answer: string, next: RunState];

const DECIDED = { approve: "approved", reject: "rejected", block: "blocked" } as const;

/** The product's rules without concurrency: the response to each call, and the state after it. */
export function stepRun(run: RunState, command: RunCommand): Step {
  const isAwaiting = run.execution === "awaiting_execution_report";
  const isHeld = isAwaiting && run.claim !== null && !(run.isLeaseOver && run.isRepeatable && !run.isApprovalOver);
  const isLapsed = isAwaiting && run.claim === null && run.isApprovalOver;
  const ended: RunState = { ...run, governance: "rejected", execution: "not_executed", decidedBy: command.id };
  const released = { ...run, claim: null, isLeaseOver: false };
  switch (command.type) {
    case "decide": {
      const isLink = command.by !== "operator";
      if (isLink && run.usedLink === command.by) return ["link_used", run];
      if (run.decidedBy === "clock" || (run.decidedBy === null && run.isWindowOver)) return ["link_expired", run];
      if (run.decidedBy !== null) return [`already_decided ${run.decidedBy}`, run];
      const isApproved = command.decision === "approve";
      return [
        "ok",
        {
          ...run,
          governance: DECIDED[command.decision],
          decidedBy: command.id,
          usedLink: command.by === "operator" ? null : command.by,
          approver: isApproved ? command.by : null,
          execution: isApproved ? "awaiting_execution_report" : "not_executed",
        },
      ];
    }
    case "withdraw":
      if (run.isWithdrawn) return ["replay", run];
      if (isLapsed) return ["already_decided", run];
      if (isAwaiting) return run.claim === null ? ["ok", { ...ended, isWithdrawn: true }] : ["already_claimed", run];
      if (run.report !== null) return ["already_reported", run];
      return run.decidedBy === null && !run.isWindowOver ? ["ok", { ...ended, isWithdrawn: true }] : ["already_decided", run];
    case "revoke":
      if (run.approver === null) return ["not_decided", run];
      if (run.approver !== command.by) return ["not_permitted", run];
      if (isLapsed) return ["already_decided", run];
      if (isAwaiting) return run.claim === null ? ["ok", ended] : ["already_claimed", run];
      return [run.report !== null ? "already_reported" : "already_decided", run];
    case "expire":
      return run.decidedBy === null && run.isWindowOver ? ["ok", { ...run, governance: "rejected", decidedBy: "clock" }] : ["refused", run];
    case "lapse":
      return isLapsed ? ["ok", { ...ended, decidedBy: "lapse" }] : ["refused", run];
    case "approval_ends":
      // Only an approval has an end, and only once it is given.
      return ["done", run.approver === null || run.execution === "not_executed" ? run : { ...run, isApprovalOver: true }];
    case "window_ends":
      return ["done", { ...run, isWindowOver: true }];
    case "lease_ends":
      return ["done", isAwaiting && run.claim !== null ? { ...run, isLeaseOver: true } : run];
    case "claim":
      if (run.execution === "not_executed") return ["not_executable", run];
      if (!isAwaiting) return ["already_reported", run];
      if (isLapsed) return ["not_executable", run];
      return isHeld ? ["already_claimed", run] : ["ok", { ...run, claim: command.id, isLeaseOver: false }];
    case "renew":
    case "release":
      if (run.report !== null) return ["already_reported", run];
      if (run.claim === null) return ["not_claimed", run];
      if (run.claim !== command.token) return ["claim_token_mismatch", run];
      return ["ok", command.type === "renew" ? { ...run, isLeaseOver: false } : released];
    case "report":
      if (run.report !== null) return [run.report === command.outcome ? "replay" : "report_conflict", run];
      if (!isAwaiting) return ["not_reportable", run];
      if (run.claim === command.token) return ["ok", { ...run, execution: command.outcome, report: command.outcome }];
      return [run.claim === null ? "not_claimed" : "claim_token_mismatch", run];
    case "settle":
      if (!isAwaiting) return ["already_reported", run];
      if (run.claim === null || !run.isLeaseOver) return ["not_claimed", run];
      return ["ok", command.settlement === "released" ? released : { ...run, execution: command.settlement, report: "settled" }];
    case "replay":
    case "look":
      return [`${run.governance} ${run.execution} ${isAwaiting && !isHeld && !isLapsed}`, run];
  }
}
