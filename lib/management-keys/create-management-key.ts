import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { bytes } from "@/lib/db/bytes";
import { inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { hashKey } from "@/lib/security/hash-key";
import { keyHint, makeKey } from "@/lib/security/key-format";
import { requirePermission } from "@/lib/security/require-permission";
import { type NewManagementKey, newManagementKeySchema } from "./schema";

/** Creates a key of the management API, which acts for the owner who makes it. `key` is shown once; only its HMAC is stored. */
export function createManagementKey(
  ctx: WorkspaceContext,
  input: NewManagementKey,
): Promise<{ ok: true; id: string; key: string } | Refusal> {
  const { name, scopes } = newManagementKeySchema.parse(input);
  return inTransaction<{ ok: true; id: string; key: string } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "management_key.manage");
    const [id, key] = [uuidv7(), makeKey("management")];
    const hint = keyHint(key);
    const ownerId = await ownerOf(inner);
    if (ownerId === null) return refuse("validation_failed", "A management key needs an owner of the workspace, for whom it acts.");
    await tx.managementKey.create({
      data: { id, workspaceId: ctx.workspaceId, name, scopes, keyHash: bytes(hashKey(key)), hint, ownerId },
    });
    await recordAuditEvent(inner, {
      verb: "management_key.created",
      subjectType: "management_key",
      subjectId: id,
      data: { name, hint, scopes },
    });
    await publishChange(tx, ctx.workspaceId, "keys");
    return { ok: true, id, key };
  });
}

/** Who makes the key. At the command line it is the owner whom the operator names, else the one whose limits the workspace counts toward. */
async function ownerOf({ actor, workspaceId, db }: WorkspaceContext): Promise<string | null> {
  const email = "email" in actor ? actor.email : null;
  const owner = await db.member.findFirst({
    where: { workspaceId, role: "owner", user: email === null ? { workspaces: { some: { id: workspaceId } } } : { email } },
    select: { userId: true },
  });
  return owner?.userId ?? null;
}
