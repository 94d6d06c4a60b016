import type { LogCheckpointResponse } from "@/lib/contract/receipt-log";
import { hexText } from "@/lib/domain/log/byte-text";
import { consistencyProof } from "@/lib/domain/log/merkle-proofs";
import type { WorkspaceContext } from "@/lib/security/context";
import { getNewestCheckpoint } from "./get-newest-checkpoint";
import { logReader } from "./log-reader";
import { sha256 } from "./node-check";

/** Returns the newest checkpoint, and the proof that its log extends the one with `from` receipts. */
export async function getLogConsistency(ctx: WorkspaceContext, from: number | null): Promise<LogCheckpointResponse> {
  const newest = await getNewestCheckpoint(ctx);
  if (!newest) return { checkpoint: null, size: 0, consistency_proof: null };
  const { note, size } = newest;
  // Nothing can be proved when the caller's checkpoint is larger than the log.
  const isProvable = from !== null && from <= size;
  const proof = isProvable ? (await consistencyProof(sha256, logReader(ctx, size), from, size)).map(hexText) : null;
  return { checkpoint: note, size, consistency_proof: proof };
}
