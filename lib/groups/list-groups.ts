import { listActions } from "@/lib/registered-actions/list-actions";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { asks } from "./list-asking-actions";

export interface ListedGroup {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly email: string; readonly name: string | null }[];
  /** The actions that ask it. */
  readonly actions: readonly { readonly id: string; readonly name: string; readonly title: string }[];
}

/** The workspace's groups by name, with who is in each and what asks it. */
export async function listGroups(ctx: WorkspaceContext): Promise<ListedGroup[]> {
  await requirePermission(ctx, "action.read");
  const { db, workspaceId } = ctx;
  const groups = await db.approverGroup.findMany({
    where: { workspaceId },
    include: { members: { include: { member: { include: { user: { select: { email: true, name: true } } } } } } },
    orderBy: { name: "asc" },
  });
  const actions = groups.length === 0 ? [] : await listActions(ctx);
  return groups.map((group) => ({
    id: group.id,
    name: group.name,
    members: group.members.map(({ member }) => member.user).sort((one, other) => (one.email < other.email ? -1 : 1)),
    actions: actions.filter((action) => asks(action, group.name)).map(({ id, name, title }) => ({ id, name, title })),
  }));
}
