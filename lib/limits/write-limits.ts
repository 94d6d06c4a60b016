import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { Prisma } from "@/lib/db/generated/client";
import { LIMIT_NAMES, type Limits, type Plan } from "@/lib/domain/access/limits";
import type { JsonObject } from "@/lib/domain/json-value";
import { publishChange } from "@/lib/live/publish-change";
import { type Context, withDb } from "@/lib/security/context";
import { limitOverridesSchema, limitsOfOwner } from "./limits-of-owner";

export interface OwnLimits {
  /** null: the plan of the settings. */
  plan: string | null;
  /** What differs from the plan. */
  overrides: Partial<Limits>;
}

/** Changes what holds for one owner from the next request on: cached snapshots are made stale with it. Null: no such account. */
export async function writeLimits(
  ctx: Context,
  tx: Prisma.TransactionClient,
  ownerId: string,
  change: (before: OwnLimits) => OwnLimits,
): Promise<{ plan: Plan; limits: Limits } | null> {
  // Locked, so that concurrent changes of two operators are both kept.
  await tx.$executeRaw`SELECT FROM users WHERE id = ${ownerId}::uuid FOR NO KEY UPDATE`;
  const owner = await tx.user.findUnique({ where: { id: ownerId } });
  if (!owner) return null;
  const before = { plan: owner.plan, overrides: limitOverridesSchema.parse(owner.limitOverrides) };
  const after = change(before);
  const changed = await tx.user.update({ where: { id: owner.id }, data: { plan: after.plan, limitOverrides: after.overrides } });
  const workspaces = await tx.workspace.updateManyAndReturn({
    where: { ownerId: owner.id },
    data: { configVersion: { increment: 1 } },
    select: { id: true },
  });
  for (const { id } of workspaces) await publishChange(tx, id, "workspace");
  await recordAuditEvent(withDb(ctx, tx), {
    verb: "limits.changed",
    subjectType: "user",
    subjectId: owner.id,
    data: { before: wordsOf(before, after), after: wordsOf(after, before) },
  });
  return limitsOfOwner(changed);
}

/** What is recorded: every limit that is set before or after, and where it comes from when it is not. */
function wordsOf({ plan, overrides }: OwnLimits, other: OwnLimits): JsonObject {
  const names = LIMIT_NAMES.filter((name) => overrides[name] !== undefined || other.overrides[name] !== undefined);
  const valueOf = (value: number | null | undefined) => (value === undefined ? "plan" : (value ?? "unlimited"));
  return { plan: plan ?? "settings", ...Object.fromEntries(names.map((name) => [name, valueOf(overrides[name])])) };
}
