import { v7 as uuidv7 } from "uuid";
import { lockDecider } from "@/lib/approvers/lock-decider";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { DECIDERS } from "@/lib/domain/access/permissions";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { grantConfirmationReceiptBody } from "@/lib/domain/log/grant-receipt-body";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { writeReceipt } from "@/lib/receipts/log/write-receipt";
import { type MemberContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { couldConfirm } from "./could-confirm";
import { refuseUnknownGrant } from "./revoke-grant";

/** A second person's yes to a grant for critical runs, without which it allows nothing. */
export function confirmGrant(ctx: MemberContext, { grantId }: { grantId: string }): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const { workspaceId } = inner;
    const { email } = inner.actor;
    await requirePermission(inner, "run.read");
    // As for an approval: against changes of who may approve, and edits of the action.
    await lockDecider(inner, email);
    await tx.$executeRaw`
      SELECT FROM registered_actions a WHERE a.id = (SELECT g.action_id FROM standing_grants g
        WHERE g.workspace_id = ${workspaceId}::uuid AND g.id = ${grantId}::uuid) FOR SHARE`;
    const grant = await tx.standingGrant.findFirst({ where: { workspaceId, id: grantId }, include: { action: true } });
    if (!grant) return refuseUnknownGrant();
    if (isSamePerson(grant.givenBy, email)) return refuse("not_permitted", "You gave this grant, so someone else has to confirm it.");
    const now = await databaseNow(tx);
    const confirmed = await tx.$executeRaw`
      UPDATE standing_grants g SET confirmed_by = ${email}, confirmed_at = ${now} FROM registered_actions a
      WHERE g.id = ${grantId}::uuid AND a.id = g.action_id AND g.needs_confirmation AND g.confirmed_at IS NULL AND g.ended_at IS NULL
        AND g.ends_at > ${now} AND ${couldConfirm(email)} AND daai_grant_lost(g, ${DECIDERS}) IS NULL`;
    if (confirmed === 0)
      return refuse("not_permitted", "You can’t confirm this grant: it has ended or is confirmed, or you can’t approve these runs.");
    const id = uuidv7();
    const { runId } = grant;
    const body = grantConfirmationReceiptBody({
      receiptId: id,
      grantId,
      runId,
      workspaceId,
      action: grant.action.name,
      channel: "console",
      confirmedBy: email,
      confirmedAt: now.toISOString(),
    });
    await writeReceipt(inner, { id, workspaceId, runId, kind: "grant_confirmation", body, createdAt: now });
    await recordAuditEvent(inner, {
      verb: "grant.confirmed",
      subjectType: "grant",
      subjectId: grantId,
      data: { by: email, given_by: grant.givenBy },
    });
    await publishChange(tx, workspaceId, "grants", "receipts");
    return { ok: true };
  });
}
