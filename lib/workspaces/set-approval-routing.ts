import { isDeepStrictEqual } from "node:util";
import { droppedApprovers } from "@/lib/approvers/dropped-approvers";
import { endLostGrants } from "@/lib/approvers/end-lost-grants";
import { notNamedByAction } from "@/lib/approvers/not-named";
import { refuseFormerMembers } from "@/lib/approvers/refuse-former-members";
import { withdrawApprover } from "@/lib/approvers/withdraw-approver";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import type { JsonObject } from "@/lib/domain/json-value";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { type LockedWorkspace, lockWorkspace, refuseUnknownWorkspace } from "./lock-workspace";
import { type ApprovalRouting, approvalRoutingSchema } from "./schema";

/**
 * Who is asked, and for how long, about the runs of actions that do not say so themselves. It holds from the next run on:
 * cached snapshots are made stale with it. Runs that wait already keep their time and those of their approvers who are still named;
 * who is not ends with the change, and others are asked. Reminders and escalation are looked up when they are due.
 */
export function setApprovalRouting(ctx: WorkspaceContext, input: ApprovalRouting): Promise<{ ok: true } | Refusal> {
  const routing = approvalRoutingSchema.parse(input);
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "workspace.manage");
    const workspace = await lockWorkspace(inner);
    if (!workspace) return refuseUnknownWorkspace();
    const refusal = await refuseFormerMembers(inner, {
      approvers: routing.approverEmails,
      escalation: routing.escalationEmails ?? [],
    });
    if (refusal) return refusal;
    const { name: _name, client_name: _client, owner_id: _owner, ...before } = workspace;
    const after: typeof before = {
      approver_emails: routing.approverEmails,
      approval_window_minutes: routing.approvalWindowMinutes,
      escalation_emails: routing.escalationEmails ?? before.escalation_emails,
      escalation_percent: routing.escalationPercent ?? before.escalation_percent,
      reminds_at_half: routing.remindsAtHalf ?? before.reminds_at_half,
      reminds_near_end: routing.remindsNearEnd ?? before.reminds_near_end,
    };
    const changed = Object.keys(after).filter(
      (name) => !isDeepStrictEqual(before[name as keyof typeof before], after[name as keyof typeof after]),
    );
    if (changed.length === 0) return { ok: true };
    await tx.workspace.update({
      where: { id: ctx.workspaceId },
      data: { ...routing, configVersion: { increment: 1 } },
    });
    for (const email of droppedApprovers(listsOf(before), listsOf(after))) {
      await withdrawApprover(inner, { email, reason: "replaced", of: notNamedByAction(email) });
    }
    await endLostGrants(inner);
    await recordAuditEvent(inner, {
      verb: "workspace.routing_changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      data: { before: only(before, changed), after: only(after, changed) },
    });
    await publishChange(tx, ctx.workspaceId, "workspace");
    return { ok: true };
  });
}

function listsOf({ approver_emails, escalation_emails }: Pick<LockedWorkspace, "approver_emails" | "escalation_emails">) {
  return { approverEmails: approver_emails, escalationEmails: escalation_emails };
}

function only(values: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}
