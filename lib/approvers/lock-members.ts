import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Holds every other change of who decides in the workspace back until the caller's transaction ends, and every decision (`mayDecide`), so
 * that what is read after it stays true. Runs and their foreign keys are not held up by it.
 */
export async function lockMembers({ db, workspaceId }: WorkspaceContext): Promise<void> {
  await db.$executeRaw`SELECT id FROM workspaces WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
}
