import type { LogCheckpointResponse } from "@/lib/contract/receipt-log";
import { hexText } from "@/lib/domain/log/byte-text";
import { consistencyProof } from "@/lib/domain/log/merkle-proofs";
import type { WorkspaceContext } from "@/lib/security/context";
import { getNewestCheckpoint } from "./get-newest-checkpoint";
import { logReader } from "./log-reader";
import { sha256 } from "./node-check";

/** The newest checkpoint, and the proof that its log begins with what another of `from` receipts had signed. */
export async function getLogConsistency(ctx: WorkspaceContext, from: number | null): Promise<LogCheckpointResponse> {
  const newest = await getNewestCheckpoint(ctx);
  if (!newest) return { checkpoint: null, size: 0, consistency_proof: null };
  const { note, size } = newest;
  // Of a log that is smaller there is nothing to prove: whoever asks has seen more than there is.
  const isProvable = from !== null && from <= size;
  const proof = isProvable ? (await consistencyProof(sha256, logReader(ctx, size), from, size)).map(hexText) : null;
  return { checkpoint: note, size, consistency_proof: proof };
}
