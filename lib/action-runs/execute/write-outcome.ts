import { hasRunOut } from "@/lib/action-runs/status/claim-state-sql";
import { auditEventInsert, type NewAuditEvent } from "@/lib/audit/record-audit-event";
import { Prisma } from "@/lib/db/generated/client";
import { executionReceiptBody } from "@/lib/domain/log/receipt-body";
import { changeNotice } from "@/lib/live/publish-change";
import { receiptInsert } from "@/lib/receipts/log/write-receipt";
import { commitTo } from "@/lib/security/commitment";
import type { WorkspaceContext } from "@/lib/security/context";

interface Outcome {
  /** The execution receipt's id. */
  id: string;
  runId: string;
  outcome: "executed" | "failed";
  resultText: string | null;
  error: string | null;
  reportHash: string;
  /** What the audit trail says. */
  event: Pick<NewAuditEvent, "verb" | "data">;
  /** Who may write it: the holder of this claim (null: only while the run is unclaimed), or a person, once a claim has expired. */
  holder: { tokenHash: string | null } | "nobody";
}

interface Written {
  action_name: string;
  claim_worker: string | null;
  payload_salt: Uint8Array | null;
  reported_at: Date;
}

/**
 * The only way a run gets its outcome: a conditional write, then its receipt, its audit event and the notification in one statement, because
 * agents report while they propose what comes next. Null when the condition did not hold. For an erased run, the outcome is
 * stored without its texts.
 */
export async function writeOutcome(ctx: WorkspaceContext, outcome: Outcome): Promise<Date | null> {
  const { runId, holder, event } = outcome;
  const mayWrite =
    holder === "nobody"
      ? hasRunOut(Prisma.sql`now.at`)
      : Prisma.sql`claim_token_hash IS NOT DISTINCT FROM decode(${holder.tokenHash}::text, 'hex')
          -- What was approved with a change is only known from a claim.
          AND (run.approved_payload_hash IS NULL OR run.claim_token_hash IS NOT NULL)`;
  const [run] = await ctx.db.$queryRaw<Written[]>`
    WITH now AS MATERIALIZED (SELECT date_trunc('milliseconds', clock_timestamp()) AS at)
    UPDATE action_runs run SET execution_status = ${outcome.outcome}, execution_reported_at = now.at,
      execution_result_text = CASE WHEN payload_salt IS NOT NULL THEN ${outcome.resultText} END,
      execution_error = CASE WHEN payload_salt IS NOT NULL THEN ${outcome.error} END,
      execution_report_hash = decode(${outcome.reportHash}, 'hex')
    FROM now WHERE workspace_id = ${ctx.workspaceId}::uuid AND id = ${runId}::uuid AND execution_status = 'awaiting_execution_report'
      AND ${mayWrite}
    RETURNING action_name, claim_worker, payload_salt, execution_reported_at AS reported_at`;
  if (!run) return null;
  const reportedAt = run.reported_at;
  const salt = run.payload_salt;
  const commit = (text: string | null) => (salt === null || text === null ? null : commitTo(salt, text));
  const body = executionReceiptBody({
    receiptId: outcome.id,
    runId,
    workspaceId: ctx.workspaceId,
    action: run.action_name,
    outcome: outcome.outcome,
    worker: run.claim_worker,
    reportedAt: reportedAt.toISOString(),
    resultCommitment: commit(outcome.resultText),
    errorCommitment: commit(outcome.error),
  });
  const receipt = { id: outcome.id, workspaceId: ctx.workspaceId, runId, kind: "execution", body, createdAt: reportedAt } as const;
  await ctx.db.$executeRaw`
    WITH receipt AS (${receiptInsert([receipt])}), event AS (${auditEventInsert(ctx, { ...event, subjectType: "run", subjectId: runId })})
    ${changeNotice(ctx.workspaceId, "runs", "receipts")}`;
  return reportedAt;
}
