import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { MINUTE_MS } from "@/lib/domain/time/units";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import type { KeyKind } from "@/lib/security/key-format";
import { requirePermission } from "@/lib/security/require-permission";
import { createApiKey } from "./create-api-key";
import { KEY_KINDS } from "./schema";

export interface RotatedKey {
  id: string;
  /** The successor, this one time. */
  key: string;
  oldKeyExpiresAt: Date;
}

/** Creates a successor of a key, which stays valid for `overlapMinutes`. Not of a frozen key: its successor would not be frozen. */
export function rotateApiKey(
  ctx: WorkspaceContext,
  { id, overlapMinutes }: { id: string; overlapMinutes: number },
): Promise<({ ok: true } & RotatedKey) | Refusal> {
  return inTransaction<({ ok: true } & RotatedKey) | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "key.manage");
    // Locked, so that two rotations follow each other: the later one must not give the old key more time.
    await tx.$executeRaw`SELECT FROM api_keys WHERE id = ${id}::uuid AND workspace_id = ${ctx.workspaceId}::uuid FOR NO KEY UPDATE`;
    const now = await databaseNow(tx);
    const old = await tx.apiKey.findFirst({
      where: {
        id,
        workspaceId: ctx.workspaceId,
        kind: { in: [...KEY_KINDS] },
        revokedAt: null,
        OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
      },
    });
    if (!old) return refuseEndedKey();
    const isFrozen = (await tx.freeze.count({ where: { apiKeyId: id, thawedAt: null } })) > 0;
    if (isFrozen) return refuse("frozen", "The key is frozen, and its successor would not be. Thaw it first, or revoke it.");
    // A key that is on its way out already does not live longer for being rotated again.
    const oldKeyExpiresAt = new Date(Math.min(now.getTime() + overlapMinutes * MINUTE_MS, old.expiresAt?.getTime() ?? Infinity));
    await tx.apiKey.update({ where: { id }, data: { expiresAt: oldKeyExpiresAt } });
    const created = await createApiKey(inner, { kind: old.kind as KeyKind, name: old.name });
    await recordAuditEvent(inner, {
      verb: "api_key.rotated",
      subjectType: "api_key",
      subjectId: id,
      data: {
        kind: old.kind,
        name: old.name,
        hint: old.hint,
        successor: created.id,
        old_key_expires_at: oldKeyExpiresAt.toISOString(),
      },
    });
    await publishChange(tx, ctx.workspaceId, "keys");
    return { ok: true, ...created, oldKeyExpiresAt };
  });
}

export function refuseEndedKey(): Refusal {
  return refuse("not_found", "The key was already revoked or has expired. Nothing was changed.");
}
