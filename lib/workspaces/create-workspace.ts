import { v7 as uuidv7 } from "uuid";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { countUp, FOREVER, readCount } from "@/lib/limits/count-up";
import { limitsOfOwner } from "@/lib/limits/limits-of-owner";
import { publishChange } from "@/lib/live/publish-change";
import type { Context } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";
import { limitReached } from "@/lib/words/limit-messages";
import { type NewWorkspace, workspaceSchema } from "./schema";

export interface CreatedWorkspace {
  workspaceId: string;
  /** Both keys, this one time: only their HMACs are kept. */
  workspaceKey: string;
  apiKey: string;
}

/** A client's space with its first two keys. The owner has an account already; a person makes workspaces of their own only. */
export function createWorkspace(ctx: Context, input: NewWorkspace): Promise<({ ok: true } & CreatedWorkspace) | Refusal> {
  const { ownerEmail, name, clientName } = workspaceSchema.parse(input);
  return inTransaction(ctx.db, async (tx) => {
    const owner = await tx.user.findUnique({ where: { email: ownerEmail } });
    if (!owner) return refuse("validation_failed", `${ownerEmail} has no account.`);
    if (ctx.actor.type === "user" && ctx.actor.userId !== owner.id) throw new NotPermitted("workspace.create");
    const { activeWorkspaces: limit } = limitsOfOwner(owner).limits;
    if (!(await countUp(tx, "active_workspaces", owner.id, FOREVER, limit))) {
      const used = await readCount(tx, "active_workspaces", owner.id, FOREVER);
      return refuse("workspace_limit", limitReached("activeWorkspaces", { used, limit }), { fields: { limit, used } });
    }
    const workspaceId = uuidv7();
    await tx.workspace.create({ data: { id: workspaceId, ownerId: owner.id, name, clientName } });
    await tx.member.create({ data: { workspaceId, userId: owner.id, role: "owner" } });
    const inWorkspace = { ...ctx, workspaceId, db: tx };
    await recordAuditEvent(inWorkspace, {
      verb: "workspace.created",
      subjectType: "workspace",
      subjectId: workspaceId,
      data: { name, client_name: clientName },
    });
    const workspaceKey = await createApiKey(inWorkspace, { kind: "workspace", name: "Workspace key" });
    const apiKey = await createApiKey(inWorkspace, { kind: "api", name: "First API key" });
    // The owner's open pages aren't subscribed to the workspace yet.
    await publishChange(tx, ownerEmail, "workspace");
    return { ok: true, workspaceId, workspaceKey: workspaceKey.key, apiKey: apiKey.key };
  });
}
