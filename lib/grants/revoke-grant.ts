import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import { isSamePerson } from "@/lib/domain/access/same-person";
import type { CommandChannel } from "@/lib/domain/log/freeze-receipt-body";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type Actor, type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

type Revoker = Extract<Actor, { type: "user" | "operator" | "management_key" }>;

/**
 * Revokes a standing grant. A run that it has just allowed has committed by then; from the next transaction on, it allows nothing. Runs that
 * it allowed before stay allowed.
 */
export function revokeGrant(
  ctx: WorkspaceContext<Revoker>,
  { grantId, channel }: { grantId: string; channel: CommandChannel },
): Promise<{ ok: true } | Refusal> {
  const { email: person, type } = ctx.actor;
  if (person === null) return Promise.resolve(refuse("validation_failed", "Say who revokes the grant."));
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const { workspaceId } = inner;
    const grant = await tx.standingGrant.findFirst({ where: { workspaceId, id: grantId } });
    // Its giver can revoke it whatever their role, as a member: a key needs its scope. By a link, they can only revoke the approval that it came with.
    if (!grant || type === "management_key" || !isSamePerson(grant.givenBy, person)) await requirePermission(inner, "grant.revoke");
    if (!grant) return refuseUnknownGrant();
    const [row] = await tx.$queryRaw<{ has_ended: boolean }[]>`
      SELECT daai_end_grant(${grantId}::uuid, 'revoked', ${person}, ${channel}) AS has_ended`;
    if (!row?.has_ended) return refuse("not_found", "This grant has already ended.");
    await recordAuditEvent(inner, {
      verb: "grant.revoked",
      subjectType: "grant",
      subjectId: grantId,
      data: { by: person, given_by: grant.givenBy },
    });
    await publishChange(tx, workspaceId, "grants", "receipts");
    return { ok: true };
  });
}

export function refuseUnknownGrant(): Refusal {
  return refuse("not_found", "Grant not found in this workspace.");
}
