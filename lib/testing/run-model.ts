import type { Settlement } from "@/lib/action-runs/execute/schema";
import type { Decision, ExecutionStatus, GovernanceStatus } from "@/lib/domain/runs/statuses";

/** Whose claim's token is shown: of the claim made by that call, of none that ever was, or none at all. */
export type Token = number | "wrong" | null;

/** What may happen to a run. `id` names the call; decisions carry it as their comment, so that losers can tell who won. */
export type RunCommand = { readonly id: number } & (
  | { readonly type: "decide"; readonly decision: Decision; readonly by: "ann" | "ben" | "operator" }
  | { readonly type: "expire" | "window_ends" | "lease_ends" | "claim" | "replay" | "look" }
  | { readonly type: "renew" | "release"; readonly token: Token }
  | { readonly type: "report"; readonly outcome: "executed" | "failed"; readonly token: Token }
  | { readonly type: "settle"; readonly settlement: Settlement }
);

export interface RunState {
  governance: GovernanceStatus;
  execution: ExecutionStatus;
  isWindowOver: boolean;
  /** The call that decided, or "clock", and the link it used. */
  decidedBy: number | "clock" | "policy" | null;
  usedLink: "ann" | "ben" | null;
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
    claim: null,
    isLeaseOver: false,
    report: null,
  };
}

type Step = readonly [answer: string, next: RunState];

const DECIDED = { approve: "approved", reject: "rejected", block: "blocked" } as const;

/** The rules of the product in a world where one thing happens after the other: what is answered, and what is so then. */
export function stepRun(run: RunState, command: RunCommand): Step {
  const isAwaiting = run.execution === "awaiting_execution_report";
  const isHeld = isAwaiting && run.claim !== null && !(run.isLeaseOver && run.isRepeatable);
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
          execution: isApproved ? "awaiting_execution_report" : "not_executed",
        },
      ];
    }
    case "expire":
      return run.decidedBy === null && run.isWindowOver ? ["ok", { ...run, governance: "rejected", decidedBy: "clock" }] : ["refused", run];
    case "window_ends":
      return ["done", { ...run, isWindowOver: true }];
    case "lease_ends":
      return ["done", isAwaiting && run.claim !== null ? { ...run, isLeaseOver: true } : run];
    case "claim":
      if (run.execution === "not_executed") return ["not_executable", run];
      if (!isAwaiting) return ["already_reported", run];
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
      return [`${run.governance} ${run.execution} ${isAwaiting && !isHeld}`, run];
  }
}
