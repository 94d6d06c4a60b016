import { requirePermission } from "@/lib/auth/require-permission";
import type { WorkspaceContext } from "@/lib/context";
import type { JsonObject } from "@/lib/domain/json-value";

/** The receipts of one run as a file. `body` is the exact text that `leaf_hash` covers. Null: not in this workspace. */
export async function getReceiptFile(ctx: WorkspaceContext, receiptId: string): Promise<JsonObject | null> {
  await requirePermission(ctx, "receipt.read");
  const { workspaceId, db } = ctx;
  const receipt = await db.receipt.findFirst({ where: { id: receiptId, workspaceId }, select: { runId: true } });
  if (receipt?.runId == null) return null;
  const receipts = await db.receipt.findMany({ where: { workspaceId, runId: receipt.runId }, orderBy: { id: "asc" } });
  return {
    v: 1,
    workspace_id: workspaceId,
    run_id: receipt.runId,
    leaf_hash_algorithm: "SHA-256(0x00 || UTF-8 of body), RFC 6962",
    receipts: receipts.map(({ id, kind, body, leafHash, createdAt }) => ({
      id,
      kind,
      created_at: createdAt.toISOString(),
      leaf_hash: Buffer.from(leafHash).toString("hex"),
      body,
    })),
  };
}
