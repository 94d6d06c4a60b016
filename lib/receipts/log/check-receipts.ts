import type { JsonObject } from "@/lib/domain/json-value";
import { openCheckpoint } from "@/lib/domain/log/checkpoint";
import { type VerifierKey, verifierKeyText } from "@/lib/domain/log/signed-note";
import { verifyReceiptFile } from "@/lib/domain/log/verify-receipt-file";
import type { WorkspaceContext } from "@/lib/security/context";
import type { NewestCheckpoint } from "./get-newest-checkpoint";
import { getLogKeys } from "./log-keys";
import { nodeCheck } from "./node-check";
import { type ReceiptFileWithCheckpoint, readReceiptFile } from "./read-receipt-file";
import type { ReceiptCheck } from "./receipt-check";

/**
 * Checks the receipts of a run, or one that belongs to no run, as every verifier does: from their file, proof and signed checkpoint alone.
 */
export async function checkReceipts(ctx: WorkspaceContext, of: { runId: string } | { id: string }): Promise<ReceiptCheck> {
  return checkReceiptFile(await readReceiptFile(ctx, of, { disclosesPayload: false }));
}

export async function checkReceiptFile({ file, checkpoint }: ReceiptFileWithCheckpoint): Promise<ReceiptCheck> {
  const { keys } = await getLogKeys();
  return {
    fileText: JSON.stringify(file),
    keys: keys.map(verifierKeyText),
    verdict: await verifyReceiptFile(nodeCheck, keys, file),
    isWaiting: checkpoint === null || (file.receipts as JsonObject[]).some(({ log_index: index }) => index === null),
    log: checkpoint && (await readLog(checkpoint, keys)),
  };
}

async function readLog({ note, createdAt }: NewestCheckpoint, keys: readonly VerifierKey[]): Promise<ReceiptCheck["log"]> {
  const opened = await openCheckpoint(nodeCheck, note, keys);
  if (!opened.ok) return null;
  const { origin, size } = opened.checkpoint;
  return { origin, size, signedAt: createdAt, signedBy: opened.signedBy.map(({ name, keyHash }) => `${name}+${keyHash}`) };
}
