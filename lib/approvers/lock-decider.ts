import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Holds back until the caller's transaction ends whatever could take the right to decide from this person: what is read in a statement after it
 * stays true. Locks the account before the workspace, in the same order as disabling an account does.
 */
export async function lockDecider({ db, workspaceId }: WorkspaceContext, email: string): Promise<void> {
  await db.$executeRaw`SELECT FROM users WHERE daai_person(email) = daai_person(${email}) ORDER BY id FOR SHARE`;
  await db.$executeRaw`SELECT FROM workspaces WHERE id = ${workspaceId}::uuid FOR SHARE`;
}
