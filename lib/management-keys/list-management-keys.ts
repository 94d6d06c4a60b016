import type { OperatorContext, WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface ListedManagementKey {
  id: string;
  name: string;
  /** All that may be shown of it. */
  hint: string;
  scopes: string[];
  createdBy: string;
  /** Whoever made it is still an owner. Otherwise it doesn't work. */
  isOwned: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** Every management key that the workspace ever had, the oldest first. */
export async function listManagementKeys(ctx: WorkspaceContext): Promise<ListedManagementKey[]> {
  const { workspaceId, db } = ctx;
  await requirePermission(ctx, "management_key.manage");
  const keys = await db.managementKey.findMany({
    where: { workspaceId },
    orderBy: { id: "asc" },
    omit: { keyHash: true, workspaceId: true },
    include: { owner: { select: { email: true, disabledAt: true, members: { where: { workspaceId, role: "owner" } } } } },
  });
  return keys.map(({ owner: { email, disabledAt, members }, ownerId: _, ...key }) => ({
    ...key,
    createdBy: email,
    isOwned: disabledAt === null && members.length > 0,
  }));
}

/** For the operator, who names a key by its id alone. */
export async function getManagementKeyWorkspace({ db }: OperatorContext, id: string): Promise<string | null> {
  const key = await db.managementKey.findUnique({ where: { id }, select: { workspaceId: true } });
  return key?.workspaceId ?? null;
}
