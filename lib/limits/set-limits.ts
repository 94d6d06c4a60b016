import { inTransaction } from "@/lib/db/transaction";
import type { Limits, Plan } from "@/lib/domain/access/limits";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { Context } from "@/lib/security/context";
import { writeLimits } from "./write-limits";

/** The operator's word on some of an owner's limits; what is not named stays as it is. */
export function setLimits(
  ctx: Context,
  { ownerEmail, plan, overrides }: { ownerEmail: string; plan?: Plan; overrides: Partial<Limits> },
): Promise<{ ok: true; plan: Plan; limits: Limits } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const owner = await tx.user.findUnique({ where: { email: ownerEmail }, select: { id: true } });
    const set =
      owner &&
      (await writeLimits(ctx, tx, owner.id, (before) => ({ plan: plan ?? before.plan, overrides: { ...before.overrides, ...overrides } })));
    return set ? { ok: true, ...set } : refuse("validation_failed", `${ownerEmail} has no account.`);
  });
}
