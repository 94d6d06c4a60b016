import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";

/** What became of the run of the same idempotency key that this one asks again after. */
export interface PreviousAttempt {
  readonly runId: string;
  /** `failed`: it was reported so. */
  readonly status: "rejected" | "blocked" | "failed";
  readonly reason: GovernanceReason;
  /** Whose decision it was, or who withdrew or revoked it; null: the policy's, the app's, or nobody decided. */
  readonly by: string | null;
  readonly comment: string | null;
  /** What the app reported about a failure. */
  readonly error: string | null;
  readonly endedAt: Date;
  readonly isSamePayload: boolean;
}

interface EndedRun {
  readonly id: string;
  readonly governanceStatus: string;
  readonly governanceReason: string;
  readonly executionStatus: string;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly decisionComment: string | null;
  readonly executionReportedAt: Date | null;
  readonly executionError: string | null;
  readonly payloadHash: Uint8Array;
}

/** The columns that `previousAttempt` reads. */
export const previousAttemptColumns = {
  id: true,
  governanceStatus: true,
  governanceReason: true,
  executionStatus: true,
  decidedAt: true,
  decidedBy: true,
  decisionComment: true,
  executionReportedAt: true,
  executionError: true,
  payloadHash: true,
} as const satisfies Record<keyof EndedRun, true>;

/** Null for the first run of a key. */
export function previousAttempt({
  payloadHash,
  previousRun,
}: {
  payloadHash: Uint8Array;
  previousRun: EndedRun | null;
}): PreviousAttempt | null {
  if (previousRun === null) return null;
  const isFailed = previousRun.executionStatus === "failed";
  const endedAt = isFailed ? previousRun.executionReportedAt : previousRun.decidedAt;
  if (endedAt === null) throw new Error(`Run ${previousRun.id} is not over.`);
  return {
    runId: previousRun.id,
    status: isFailed ? "failed" : previousRun.governanceStatus === "blocked" ? "blocked" : "rejected",
    reason: previousRun.governanceReason as GovernanceReason,
    by: previousRun.decidedBy,
    comment: isFailed ? null : previousRun.decisionComment,
    error: previousRun.executionError,
    endedAt,
    isSamePayload: Buffer.from(payloadHash).equals(previousRun.payloadHash),
  };
}
