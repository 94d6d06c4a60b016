import { inTransaction, rollBack } from "@/lib/db/transaction";
import type { CodingAgent } from "@/lib/domain/hooks/coding-agents";
import { starterActions } from "@/lib/domain/hooks/starter-pack";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { registerAction } from "./register-action";

/** Registers the actions of a coding agent's starter pack, all or none. Those whose names are taken stay as they are. */
export function addStarterPack(ctx: WorkspaceContext, { agent }: { agent: CodingAgent }): Promise<{ ok: true; added: string[] } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "action.manage");
    const actions = starterActions(agent);
    const taken = await tx.registeredAction.findMany({
      where: { workspaceId: ctx.workspaceId, name: { in: actions.map(({ name }) => name) } },
      select: { name: true },
    });
    const missing = actions.filter(({ name }) => !taken.some((action) => action.name === name));
    for (const action of missing) {
      const registered = await registerAction(inner, action);
      if (!registered.ok) return rollBack(registered);
    }
    return { ok: true, added: missing.map(({ name }) => name) };
  });
}
