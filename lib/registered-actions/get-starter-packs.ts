import { CODING_AGENTS, type CodingAgent } from "@/lib/domain/hooks/coding-agents";
import { starterActions } from "@/lib/domain/hooks/starter-pack";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface StarterPack {
  readonly agent: CodingAgent;
  readonly actions: readonly { name: string; title: string; description: string; isRegistered: boolean }[];
}

/** The starter packs, and what of them the workspace has. */
export async function getStarterPacks(ctx: WorkspaceContext): Promise<StarterPack[]> {
  await requirePermission(ctx, "action.read");
  const packs = CODING_AGENTS.map((agent) => ({ agent, actions: starterActions(agent) }));
  const names = packs.flatMap(({ actions }) => actions.map(({ name }) => name));
  const found = await ctx.db.registeredAction.findMany({
    where: { workspaceId: ctx.workspaceId, name: { in: names } },
    select: { name: true },
  });
  const registered = new Set(found.map(({ name }) => name));
  return packs.map(({ agent, actions }) => ({
    agent,
    actions: actions.map(({ name, title, description }) => ({ name, title, description, isRegistered: registered.has(name) })),
  }));
}
