import type { WorkspaceContext } from "@/lib/security/context";

/** Whether this address is a member's who can sign in, and so can open what an email about the workspace leads to. */
export async function isActiveMember({ db, workspaceId }: WorkspaceContext, email: string): Promise<boolean> {
  const count = await db.member.count({ where: { workspaceId, user: { email, disabledAt: null }, workspace: { deletedAt: null } } });
  return count > 0;
}
