import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { bytes } from "@/lib/db/bytes";
import { inTransaction } from "@/lib/db/transaction";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { hashKey } from "@/lib/security/hash-key";
import { type KeyKind, keyHint, makeKey } from "@/lib/security/key-format";
import { requirePermission } from "@/lib/security/require-permission";
import { newKeySchema } from "./schema";

/** Creates a key. `key` is shown once; only its HMAC is stored. */
export function createApiKey(ctx: WorkspaceContext, input: { kind: KeyKind; name: string }): Promise<{ id: string; key: string }> {
  const { kind, name } = newKeySchema.parse(input);
  return inTransaction(ctx.db, async (tx) => {
    await requirePermission(withDb(ctx, tx), "key.manage");
    const id = uuidv7();
    const key = makeKey(kind);
    const { workspaceId } = ctx;
    const createdBy = await makerOf(withDb(ctx, tx));
    await tx.apiKey.create({ data: { id, workspaceId, kind, name, keyHash: bytes(hashKey(key)), hint: keyHint(key), createdBy } });
    await recordAuditEvent(withDb(ctx, tx), {
      verb: "api_key.created",
      subjectType: "api_key",
      subjectId: id,
      data: { kind, name, hint: keyHint(key) },
    });
    await publishChange(tx, workspaceId, "keys");
    return { id, key };
  });
}

/** Who counts as having made the key, for four eyes. At the command line it is whom the operator names, else the workspace's owner. */
async function makerOf({ actor, workspaceId, db }: WorkspaceContext): Promise<string> {
  if ("email" in actor && actor.email !== null) return actor.email;
  const { owner } = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { owner: { select: { email: true } } } });
  return owner.email;
}
