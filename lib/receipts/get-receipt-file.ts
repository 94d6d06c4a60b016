import { requirePermission } from "@/lib/auth/require-permission";
import type { WorkspaceContext } from "@/lib/context";
import { hexText } from "@/lib/domain/byte-text";
import type { JsonObject } from "@/lib/domain/json-value";
import { inclusionProof } from "@/lib/domain/merkle-proofs";
import { getNewestCheckpoint } from "./get-newest-checkpoint";
import { logReader } from "./log-reader";
import { sha256 } from "./node-check";

/**
 * The receipts of one run, or one that is of no run, as a file that can be checked by itself: `body` is the exact text that `leaf_hash` covers, and the
 * proof leads from there to the signed checkpoint. Null: not in this workspace.
 */
export async function getReceiptFile(ctx: WorkspaceContext, receiptId: string): Promise<JsonObject | null> {
  await requirePermission(ctx, "receipt.read");
  const { workspaceId, db } = ctx;
  const receipt = await db.receipt.findFirst({ where: { id: receiptId, workspaceId }, select: { runId: true } });
  if (!receipt) return null;
  const { runId } = receipt;
  const receipts = await db.receipt.findMany({ where: runId === null ? { workspaceId, id: receiptId } : { workspaceId, runId }, orderBy: { id: "asc" } });
  // Read after the receipts: whatever has its place by then is covered.
  const checkpoint = await getNewestCheckpoint(ctx);
  const size = checkpoint?.size ?? 0;
  const read = logReader(ctx, size);
  const proofOf = async (index: number) => (await inclusionProof(sha256, read, index, size)).map(hexText);
  return {
    v: 1,
    workspace_id: workspaceId,
    run_id: runId,
    leaf_hash_algorithm: "SHA-256(0x00 || UTF-8 of body), RFC 6962",
    receipts: await Promise.all(
      receipts.map(async ({ id, kind, body, leafHash, logIndex, createdAt }) => ({
        id,
        kind,
        created_at: createdAt.toISOString(),
        leaf_hash: hexText(leafHash),
        body,
        log_index: logIndex === null ? null : Number(logIndex),
        inclusion_proof: logIndex === null ? null : await proofOf(Number(logIndex)),
      })),
    ),
    checkpoint: checkpoint?.note ?? null,
  };
}
