import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { countUp, FOREVER, readCount } from "@/lib/limits/count-up";
import { limitsOfOwner } from "@/lib/limits/limits-of-owner";
import type { WorkspaceContext } from "@/lib/security/context";
import { limitReached } from "@/lib/words/limit-messages";

/** Counts one more active action of the workspace, or says that there may be none. */
export async function countActiveAction({ workspaceId, db }: WorkspaceContext): Promise<Refusal | null> {
  const workspace = await db.workspace.findUnique({ where: { id: workspaceId, deletedAt: null }, include: { owner: true } });
  if (!workspace) return refuse("validation_failed", "Workspace not found.");
  const { activeActionsPerWorkspace: limit } = limitsOfOwner(workspace.owner).limits;
  if (await countUp(db, "active_actions", workspaceId, FOREVER, limit)) return null;
  const used = await readCount(db, "active_actions", workspaceId, FOREVER);
  return refuse("action_limit", limitReached("activeActionsPerWorkspace", { used, limit }), { fields: { limit, used } });
}
