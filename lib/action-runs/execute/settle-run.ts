import { v7 as uuidv7 } from "uuid";
import { hasRunOut } from "@/lib/action-runs/status/claim-state-sql";
import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import { readRunClock } from "@/lib/action-runs/status/run-clock-sql";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { claimState } from "@/lib/domain/runs/claim-state";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import type { Settlement } from "./schema";
import { writeOutcome } from "./write-outcome";

/** How a person settles a run in doubt (its claim expired without a report): it ran, it failed, or try again. */
export function settleRun(
  ctx: WorkspaceContext,
  { runId, settlement, settledBy }: { runId: string; settlement: Settlement; settledBy: string },
): Promise<{ ok: true } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "run.settle");
    const event = { verb: "run.settled", data: { as: settlement, by: settledBy } } as const;
    const write = () => (settlement === "released" ? release(inner, runId, event) : record(inner, runId, settlement, event));
    while (!(await write())) {
      const refusal = await refuseSettling(inner, runId);
      if (refusal) return refusal;
    }
    return { ok: true };
  });
}

type SettledEvent = { readonly verb: "run.settled"; readonly data: { readonly as: Settlement; readonly by: string } };

async function record(ctx: WorkspaceContext, runId: string, outcome: "executed" | "failed", event: SettledEvent): Promise<boolean> {
  const { by } = event.data;
  const resultText = outcome === "executed" ? JSON.stringify({ settled_by: by }) : null;
  const error = outcome === "failed" ? `Settled by ${by}: the run was in doubt.` : null;
  const reportHash = jsonHash({ outcome, error, result: resultText });
  return (await writeOutcome(ctx, { id: uuidv7(), runId, outcome, resultText, error, reportHash, event, holder: "nobody" })) !== null;
}

async function release(ctx: WorkspaceContext, runId: string, event: SettledEvent): Promise<boolean> {
  const released = await ctx.db.$executeRaw`
    UPDATE action_runs run SET claim_worker = NULL, claim_token_hash = NULL, claimed_at = NULL, claim_expires_at = NULL,
      claim_renewed_at = NULL
    WHERE run.workspace_id = ${ctx.workspaceId}::uuid AND run.id = ${runId}::uuid AND ${hasRunOut(Prisma.sql`clock_timestamp()`)}`;
  if (released !== 1) return false;
  await recordAuditEvent(ctx, { ...event, subjectType: "run", subjectId: runId });
  await publishChange(ctx.db, ctx.workspaceId, "runs", "receipts");
  return true;
}

/** Null when the claim expired just now, after the write had found it live. */
async function refuseSettling(ctx: WorkspaceContext, runId: string): Promise<Refusal | null> {
  const run = await ctx.db.actionRun.findFirst({ where: { id: runId, workspaceId: ctx.workspaceId }, include: { action: true } });
  if (!run) return refuseUnknownRun();
  if (run.executionStatus !== "awaiting_execution_report") {
    return refuse("already_reported", `The run is ${run.governanceStatus} and ${run.executionStatus}, so there's nothing to settle.`);
  }
  const state = claimState(run, await readRunClock(ctx.db, runId));
  return state === "lapsed" || state === "in_doubt" ? null : refuse("not_claimed", "The run isn't in doubt: no claim on it has expired.");
}
