import { inTransaction } from "@/lib/db/transaction";
import type { Limits, Plan } from "@/lib/domain/access/limits";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { OperatorContext } from "@/lib/security/context";
import type { ChangePlan } from "./schema";
import { writeLimits } from "./write-limits";

/** Changes an account's plan. Limits set individually still apply. */
export function changePlan(
  ctx: OperatorContext,
  { userId, plan }: ChangePlan,
): Promise<{ ok: true; plan: Plan; limits: Limits } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const changed = await writeLimits(ctx, tx, userId, ({ overrides }) => ({ plan: plan === "settings" ? null : plan, overrides }));
    return changed ? { ok: true, ...changed } : refuse("validation_failed", "This account no longer exists.");
  });
}
