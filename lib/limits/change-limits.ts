import { inTransaction } from "@/lib/db/transaction";
import type { LimitName, Limits, Plan } from "@/lib/domain/access/limits";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { OperatorContext } from "@/lib/security/context";
import type { ChangeLimits } from "./schema";
import { writeLimits } from "./write-limits";

/** The operator's word on all of an owner's limits: what is left empty goes back to the plan's. */
export function changeLimits(
  ctx: OperatorContext,
  { userId, plan, limits }: ChangeLimits,
): Promise<{ ok: true; plan: Plan; limits: Limits } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const after = { plan: plan === "settings" ? null : plan, overrides: overridesOf(limits) };
    const changed = await writeLimits(ctx, tx, userId, () => after);
    return changed ? { ok: true, ...changed } : refuse("validation_failed", "This account no longer exists.");
  });
}

function overridesOf(limits: Record<LimitName, string>): Partial<Limits> {
  const given = Object.entries(limits).filter(([, text]) => text !== "");
  return Object.fromEntries(given.map(([name, text]) => [name, text === "unlimited" ? null : Number(text)]));
}
