import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface FreezeTargets {
  readonly actions: readonly { name: string; title: string }[];
  readonly apiKeys: readonly { id: string; name: string; hint: string }[];
}

/** Lists what a person can freeze in a workspace: its actions, and the API keys that work. */
export async function listFreezeTargets(ctx: WorkspaceContext): Promise<FreezeTargets> {
  await requirePermission(ctx, "freeze.start");
  const { workspaceId, db } = ctx;
  const [actions, apiKeys] = await Promise.all([
    db.registeredAction.findMany({ where: { workspaceId }, select: { name: true, title: true }, orderBy: { title: "asc" } }),
    db.apiKey.findMany({
      where: { workspaceId, kind: "api", revokedAt: null },
      select: { id: true, name: true, hint: true },
      orderBy: { name: "asc" },
    }),
  ]);
  return { actions, apiKeys };
}
