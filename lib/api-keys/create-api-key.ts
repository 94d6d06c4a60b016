import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { withDb, type WorkspaceContext } from "@/lib/context";
import { bytes } from "@/lib/db/bytes";
import { inTransaction } from "@/lib/db/transaction";
import { hashKey } from "./hash-key";
import { keyHint, makeKey, type KeyKind } from "./key-format";

/** A new key. `key` is shown this one time; only its HMAC is kept. */
export function createApiKey(ctx: WorkspaceContext, { kind, name }: { kind: KeyKind; name: string }): Promise<{ id: string; key: string }> {
  return inTransaction(ctx.db, async (tx) => {
    const id = uuidv7();
    const key = makeKey(kind);
    const { workspaceId } = ctx;
    const createdBy = "email" in ctx.actor ? (ctx.actor.email ?? ctx.actor.type) : ctx.actor.type;
    await tx.apiKey.create({ data: { id, workspaceId, kind, name, keyHash: bytes(hashKey(key)), hint: keyHint(key), createdBy } });
    await recordAuditEvent(withDb(ctx, tx), { verb: "api_key.created", subjectType: "api_key", subjectId: id, data: { kind, name } });
    return { id, key };
  });
}
