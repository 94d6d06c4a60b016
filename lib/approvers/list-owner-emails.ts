import type { WorkspaceContext } from "@/lib/security/context";

/** Lists whom the console informs about important events in a workspace, the first owner first. */
export async function listOwnerEmails({ db, workspaceId }: WorkspaceContext): Promise<string[]> {
  const owners = await db.member.findMany({
    where: { workspaceId, role: "owner", user: { disabledAt: null } },
    select: { user: { select: { email: true } } },
    orderBy: { createdAt: "asc" },
  });
  return owners.map(({ user }) => user.email);
}
