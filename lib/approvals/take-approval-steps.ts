import { frozenSince, readRunClock } from "@/lib/action-runs/status/run-clock-sql";
import { systemContext } from "@/lib/auth/contexts";
import { eachAlone } from "@/lib/db/each-alone";
import type { ApprovalRequest } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { dueSteps } from "@/lib/domain/policy/approval-steps";
import { type SystemContext, type WorkspaceContext, withDb } from "@/lib/security/context";
import { askInPlaceOf, askStandIns, placeTakenBy } from "./hand-over-request";
import { lockRequest } from "./lock-request";

const MAX_AT_ONCE = 1000;

/** Sends due reminders and escalations, except about frozen runs. Any number of workers may run it at once: each step is taken by one of them. */
export async function takeDueApprovalSteps(ctx: SystemContext): Promise<void> {
  const { db } = ctx;
  await db.$executeRaw`
    UPDATE approval_requests request SET next_step_at = NULL FROM action_runs run
    WHERE request.next_step_at <= clock_timestamp() AND run.workspace_id = request.workspace_id AND run.id = request.run_id
      AND (run.governance_status <> 'pending_approval' OR daai_is_overdue(run, clock_timestamp()))`;
  const due = await db.$queryRaw<{ id: string; workspace_id: string }[]>`
    SELECT request.id, request.workspace_id FROM approval_requests request
    JOIN action_runs run ON run.workspace_id = request.workspace_id AND run.id = request.run_id
    WHERE request.next_step_at <= clock_timestamp() AND ${frozenSince} IS NULL ORDER BY request.next_step_at LIMIT ${MAX_AT_ONCE}`;
  // Failing ones are retried with the next sweep.
  await eachAlone(due, ({ id, workspace_id: workspaceId }) => takeApprovalSteps(systemContext(workspaceId, ctx.db), id));
}

/** Takes one request's due steps in one transaction: links, emails, and when to check again. */
export function takeApprovalSteps(ctx: WorkspaceContext, requestId: string): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const request = await lockRequest(inner, { id: requestId });
    if (!request) return;
    const { now, frozenSince: since } = await readRunClock(tx, request.runId);
    // Another worker took the step while this one waited for the lock.
    if (since !== null || !request.nextStepAt || request.nextStepAt > now) return;
    const settings = await settingsOf(inner, request);
    const { reminder, isEscalationDue, nextStepAt } = dueSteps(request, settings, now);
    const newcomers = isEscalationDue ? settings.escalationEmails.filter((email) => !request.approverEmails.includes(email)) : [];
    await tx.approvalRequest.update({
      where: { id: request.id },
      data: {
        nextStepAt,
        ...(reminder === "half_time" && { remindedAtHalfAt: now }),
        ...(reminder === "near_end" && { remindedNearEndAt: now }),
        ...(newcomers.length > 0 && { escalatedAt: now, escalatedTo: newcomers }),
      },
    });
    for (const email of reminder === null ? [] : request.approverEmails) {
      await askInPlaceOf(inner, request, { email, reason: "reminder", standsInFor: await placeTakenBy(inner, request, email) });
    }
    for (const email of newcomers) await askInPlaceOf(inner, request, { email, reason: "escalation", standsInFor: null });
    await askStandIns(inner, request, [...request.approverEmails, ...newcomers]);
  });
}

/** Reads the current settings, not those at proposal time, so turning reminders off takes effect immediately. */
async function settingsOf({ db }: WorkspaceContext, { runId }: ApprovalRequest) {
  const { workspace, action } = await db.actionRun.findUniqueOrThrow({
    where: { id: runId },
    select: {
      workspace: { select: { remindsAtHalf: true, remindsNearEnd: true, escalationPercent: true, escalationEmails: true } },
      action: { select: { escalationEmails: true } },
    },
  });
  const ownList = action?.escalationEmails ?? [];
  return { ...workspace, escalationEmails: ownList.length > 0 ? ownList : workspace.escalationEmails };
}
