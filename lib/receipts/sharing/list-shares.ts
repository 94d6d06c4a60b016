import { databaseNow } from "@/lib/db/transaction";
import { type ShareState, shareState } from "@/lib/domain/runs/share-state";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface ListedShare {
  id: string;
  state: ShareState;
  disclosesPayload: boolean;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  openCount: number;
  /** Rounded to the hour. */
  lastOpenedAt: Date | null;
}

/** Lists every share link of the run's receipt, including ended ones, newest first. */
export async function listShares(ctx: WorkspaceContext, runId: string): Promise<ListedShare[]> {
  await requirePermission(ctx, "receipt.share");
  const { workspaceId, db } = ctx;
  const shares = await db.receiptShare.findMany({
    where: { workspaceId, runId },
    orderBy: { id: "desc" },
    omit: { tokenHash: true, workspaceId: true, runId: true },
  });
  const now = await databaseNow(db);
  return shares.map((share) => ({ ...share, state: shareState(share, now) }));
}
