import { v7 as uuidv7 } from "uuid";
import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { ReportResponse } from "@/lib/contract/report";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { hashClaimToken } from "@/lib/security/claim-token";
import type { SdkContext } from "@/lib/security/context";
import { writeOutcome } from "./write-outcome";

export interface ExecutionReport {
  runId: string;
  outcome: "executed" | "failed";
  result: JsonObject | null;
  /** The result's exact text as received. */
  resultText: string | null;
  error: string | null;
  claimToken: string | null;
}

/** After this many changes of claim during a report, the report is refused as claim_token_mismatch. */
const MAX_TRIES = 10;

interface ReportedState {
  governance_status: string;
  governance_reason: string;
  is_revoked: boolean;
  execution_status: string;
  execution_report_hash: Uint8Array | null;
  execution_reported_at: Date | null;
  is_claimed: boolean;
  is_holder: boolean;
  is_changed: boolean;
}

/**
 * Records the outcome that the app reports, with its receipt. While a claim is held, live or in doubt, only its token may report; without a
 * claim, no token may be given. Repeating the same report is a replay, a different one a conflict.
 */
export async function reportExecution(ctx: SdkContext, report: ExecutionReport): Promise<{ ok: true; answer: ReportResponse } | Refusal> {
  const { outcome, error, claimToken } = report;
  const reportHash = jsonHash({ outcome, error, result: report.result });
  const tokenHash = claimToken === null ? null : hashClaimToken(claimToken);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const event = { verb: "run.reported", data: { outcome } } as const;
    const reportedAt = await writeOutcome(ctx, { ...report, reportHash, id: uuidv7(), event, holder: { tokenHash } });
    if (reportedAt) return { ok: true, answer: answer(report, reportedAt, false) };
    const why = await refuseReport(ctx, report, { reportHash, tokenHash });
    if (why) return why;
    // The obstacle is gone: the run was approved, or its claim released, between the two statements.
  }
  return refuse("claim_token_mismatch", "Other workers keep claiming and releasing the run. Claim it, then report.");
}

/** Explains why a report was not written. Null when there is no obstacle anymore. */
async function refuseReport(
  ctx: SdkContext,
  report: ExecutionReport,
  { reportHash, tokenHash }: { reportHash: string; tokenHash: string | null },
): Promise<{ ok: true; answer: ReportResponse } | Refusal | null> {
  const { runId } = report;
  const [state] = await ctx.db.$queryRaw<ReportedState[]>`
    SELECT governance_status, governance_reason, execution_status, execution_report_hash, execution_reported_at, claim_token_hash IS NOT NULL AS is_claimed,
      claim_token_hash IS NOT DISTINCT FROM decode(${tokenHash}::text, 'hex') AS is_holder,
      approved_payload_hash IS NOT NULL AS is_changed,
      EXISTS (SELECT FROM revocations ended WHERE ended.workspace_id = run.workspace_id AND ended.run_id = run.id) AS is_revoked
    FROM action_runs run WHERE workspace_id = ${ctx.workspaceId}::uuid AND id = ${runId}::uuid`;
  if (!state) return refuseUnknownRun();
  if (state.execution_reported_at && state.execution_report_hash) {
    return Buffer.from(state.execution_report_hash).toString("hex") === reportHash
      ? { ok: true, answer: answer(report, state.execution_reported_at, true) }
      : refuse("report_conflict", `The run was already reported as ${state.execution_status} with a different outcome, result or error.`);
  }
  if (state.is_revoked) return noteLateReport(ctx, report, state.governance_reason);
  if (state.execution_status === "not_executed") {
    return refuse("not_reportable", `The run is ${state.governance_status}, so there is no execution to report.`);
  }
  if (state.is_changed && !state.is_claimed) {
    return refuse("not_claimed", "The run was approved with a change, so only the payload of its claim may be executed. Claim it first.");
  }
  if (state.is_holder) return null;
  return state.is_claimed
    ? refuse("claim_token_mismatch", "The run is claimed. Report with the claim's token.")
    : refuse("not_claimed", "The claim of this token was released. Claim the run again before executing.");
}

/**
 * The approval ended before this report, which an app that executes without claiming may have been about to send. Changes nothing, but
 * records it once per outcome, so that people see it on the run.
 */
async function noteLateReport(ctx: SdkContext, { runId, outcome }: ExecutionReport, reason: string): Promise<Refusal> {
  const event = { verb: "run.reported_late", subjectType: "run", subjectId: runId, data: { outcome, reason } } as const;
  const { workspaceId, db } = ctx;
  const isKnown = await db.auditEvent.count({
    where: { workspaceId, verb: event.verb, subjectId: runId, data: { path: ["outcome"], equals: outcome } },
  });
  if (isKnown === 0) {
    await recordAuditEvent(ctx, event);
    await publishChange(db, workspaceId, "runs");
  }
  return refuse(
    "not_reportable",
    `The run is rejected (${reason}), so its execution isn't recorded in a receipt. The run's timeline shows that your app reported it as ${outcome}.`,
  );
}

function answer({ runId, outcome, error }: ExecutionReport, reportedAt: Date, isReplay: boolean): ReportResponse {
  return {
    action_run_id: runId,
    execution_status: outcome,
    execution_error: error,
    execution_reported_at: reportedAt.toISOString(),
    idempotent_replay: isReplay,
  };
}
