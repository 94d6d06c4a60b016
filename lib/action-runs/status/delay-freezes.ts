import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Has freezes wait until the transaction ends. Before any other lock, and before looking whether the run is frozen: either the freeze comes
 * after what this transaction lets through, or it's found.
 */
export async function delayFreezes({ db, workspaceId }: WorkspaceContext): Promise<void> {
  await db.$executeRaw`SELECT daai_delay_freezes(${workspaceId}::uuid)`;
}
