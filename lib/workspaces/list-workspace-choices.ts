import type { Role } from "@/lib/domain/access/roles";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { UserContext } from "@/lib/security/context";

export interface WorkspaceChoice {
  id: string;
  name: string;
  clientName: string;
  role: Role;
}

/** The workspaces that the person can switch to, by name. Every page asks, so nothing is counted here. */
export async function listWorkspaceChoices({ actor, db }: UserContext): Promise<WorkspaceChoice[]> {
  const members = await db.member.findMany({
    where: { userId: actor.userId, workspace: { deletedAt: null } },
    select: { role: true, workspace: { select: { id: true, name: true, clientName: true } } },
  });
  return members
    .map(checked)
    .map(({ role, workspace }) => ({ ...workspace, role }))
    .sort((one, other) => one.name.localeCompare(other.name, "en") || one.id.localeCompare(other.id));
}
