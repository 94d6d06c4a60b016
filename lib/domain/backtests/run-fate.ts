import type { ExecutionStatus, GovernanceStatus } from "@/lib/domain/runs/statuses";

/** What became of a recorded run: what people decided about it, or how it went without them. */
export const RUN_FATES = [
  "rejected",
  "blocked",
  "revoked",
  "expired",
  "withdrawn",
  "approved",
  "pending",
  "failed",
  "granted",
  "nobody",
] as const;
export type RunFate = (typeof RUN_FATES)[number];

interface DecidedRun {
  readonly governanceStatus: GovernanceStatus;
  readonly governanceReason: string;
  readonly executionStatus: ExecutionStatus;
  /** A person was asked. */
  readonly wasAsked: boolean;
  /** A standing grant allowed it. */
  readonly wasGranted: boolean;
}

const ENDINGS: Readonly<Record<string, RunFate>> = {
  approval_expired: "expired",
  withdrawn: "withdrawn",
  approval_revoked: "revoked",
  // A person approved it, and no app collected it.
  approval_lapsed: "approved",
};

export function runFate({ governanceStatus, governanceReason, executionStatus, wasAsked, wasGranted }: DecidedRun): RunFate {
  if (wasGranted) return "granted";
  if (!wasAsked) return executionStatus === "failed" ? "failed" : "nobody";
  if (governanceStatus === "pending_approval") return "pending";
  if (governanceStatus === "rejected") return ENDINGS[governanceReason] ?? "rejected";
  return governanceStatus === "blocked" ? "blocked" : "approved";
}
