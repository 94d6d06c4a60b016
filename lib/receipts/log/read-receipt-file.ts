import type { JsonObject } from "@/lib/domain/json-value";
import { hexText } from "@/lib/domain/log/byte-text";
import { inclusionProof } from "@/lib/domain/log/merkle-proofs";
import { contextText, writtenKind } from "@/lib/domain/log/receipt-body";
import { decidedChange } from "@/lib/domain/runs/payload-change";
import type { WorkspaceContext } from "@/lib/security/context";
import { getNewestCheckpoint, type NewestCheckpoint } from "./get-newest-checkpoint";
import { logReader } from "./log-reader";
import { sha256 } from "./node-check";
import { requireReceiptRead } from "./require-receipt-read";
import { withPlaces } from "./with-places";

export interface ReceiptFileWithCheckpoint {
  file: JsonObject;
  /** The checkpoint that the file's proofs lead to; null while the log has none. */
  checkpoint: NewestCheckpoint | null;
}

/**
 * Builds a file that can be verified offline from the receipts of one run, or one that belongs to no run: `body` is the exact text that
 * `leaf_hash` covers, and the proof leads from there to the signed checkpoint. `disclosed` opens the commitments.
 */
export async function readReceiptFile(
  ctx: WorkspaceContext,
  of: { runId: string } | { id: string },
  { disclosesPayload }: { disclosesPayload: boolean },
): Promise<ReceiptFileWithCheckpoint> {
  const runId = "runId" in of ? of.runId : null;
  await requireReceiptRead(ctx, runId);
  const { workspaceId, db } = ctx;
  const receipts = await withPlaces(db, await db.receipt.findMany({ where: { workspaceId, ...of }, orderBy: { id: "asc" } }));
  // Read after the receipts' indexes, so the checkpoint covers all of them.
  const checkpoint = await getNewestCheckpoint(ctx);
  const size = checkpoint?.size ?? 0;
  const read = logReader(ctx, size);
  const proofOf = async (index: number) => (await inclusionProof(sha256, read, index, size)).map(hexText);
  const disclosed = disclosesPayload && runId !== null ? await readDisclosed(ctx, runId) : null;
  const file = {
    v: 1,
    workspace_id: workspaceId,
    run_id: runId,
    leaf_hash_algorithm: "SHA-256(0x00 || UTF-8 of body), RFC 6962",
    receipts: await Promise.all(
      receipts.map(async ({ id, kind, ordinal, body, leafHash, logIndex, createdAt }) => ({
        id,
        kind: writtenKind(kind, ordinal),
        created_at: createdAt.toISOString(),
        leaf_hash: hexText(leafHash),
        body,
        log_index: logIndex,
        inclusion_proof: logIndex === null ? null : await proofOf(logIndex),
      })),
    ),
    checkpoint: checkpoint?.note ?? null,
    ...(disclosed && { disclosed }),
  };
  return { file, checkpoint };
}

/** The texts that the receipts commit to, with the commitments' salt. Null: erased. */
async function readDisclosed({ db, workspaceId }: WorkspaceContext, runId: string): Promise<JsonObject | null> {
  const run = await db.actionRun.findFirst({
    where: { id: runId, workspaceId },
    include: { payloadChanges: { orderBy: { id: "asc" } }, votes: true },
  });
  if (run?.payloadSalt == null || run.payloadText === null) return null;
  const { reasoning, sourceType: type, sourceRef: ref } = run;
  const change = decidedChange(run);
  return {
    commitment_algorithm: "HMAC-SHA-256(salt, UTF-8 of text)",
    salt: hexText(run.payloadSalt),
    payload: run.payloadText,
    context: contextText({ reasoning, source: type === null && ref === null ? null : { type, ref } }),
    result: run.executionResultText,
    error: run.executionError,
    ...(change && { changed_payload: change.payloadText, changes: change.changesText }),
  };
}
