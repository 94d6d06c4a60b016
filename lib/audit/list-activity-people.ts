import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** Whose activity can be asked for: the present members, by name. */
export async function listActivityPeople(ctx: WorkspaceContext): Promise<{ email: string; name: string | null }[]> {
  await requirePermission(ctx, "audit.read");
  const members = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId },
    select: { user: { select: { email: true, name: true } } },
  });
  return members.map(({ user }) => user).sort((a, b) => (a.name ?? a.email).localeCompare(b.name ?? b.email, "en"));
}
