import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { withDb, type Context } from "@/lib/context";
import { inTransaction } from "@/lib/db/transaction";
import type { Limits, Plan } from "@/lib/domain/limits";
import { refuse, type Refusal } from "@/lib/domain/refusal";
import { limitOverridesSchema, limitsOfOwner } from "./limits-of-owner";

/** The operator's word on an owner's limits. It holds from the next request on: cached snapshots are made stale with it. */
export function setLimits(
  ctx: Context,
  { ownerEmail, plan, overrides }: { ownerEmail: string; plan?: Plan; overrides: Partial<Limits> },
): Promise<{ ok: true; plan: Plan; limits: Limits } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    // Locked, so that what two operators set at once both holds.
    await tx.$executeRaw`SELECT FROM users WHERE email = ${ownerEmail} FOR NO KEY UPDATE`;
    const owner = await tx.user.findUnique({ where: { email: ownerEmail } });
    if (!owner) return refuse("validation_failed", `There is no account with the address ${ownerEmail}.`);
    const limitOverrides = { ...limitOverridesSchema.parse(owner.limitOverrides), ...overrides };
    const changed = await tx.user.update({ where: { id: owner.id }, data: { limitOverrides, ...(plan && { plan }) } });
    await tx.workspace.updateMany({ where: { ownerId: owner.id }, data: { configVersion: { increment: 1 } } });
    await recordAuditEvent(withDb(ctx, tx), { verb: "limits.changed", subjectType: "user", subjectId: owner.id, data: { plan: plan ?? null, overrides } });
    return { ok: true, ...limitsOfOwner(changed) };
  });
}
