import type { ReceiptCheckpoint } from "@/lib/db/generated/client";
import { isSameBytes } from "@/lib/domain/log/byte-text";
import { readCheckpoint } from "@/lib/domain/log/checkpoint";
import { writtenKind } from "@/lib/domain/log/receipt-body";
import { readReceiptHead } from "@/lib/domain/log/receipt-file";
import { type Verdict, verdictOf } from "@/lib/domain/log/verdict";
import { verifyLog } from "@/lib/domain/log/verify-log";
import type { WorkspaceContext } from "@/lib/security/context";
import { isWholeHead } from "./lock-log-heads";
import { getLogKeys } from "./log-keys";
import { nodeCheck } from "./node-check";
import { type OpenLog, openLog } from "./open-log";

const BATCH = 1000;
const ENOUGH_PROBLEMS = 20;

/**
 * The operator's self-check: verifies the exported log against every checkpoint ever signed, and the database rows that no export contains.
 * Null: there is no log yet.
 */
export async function verifyStoredLog(ctx: WorkspaceContext): Promise<Verdict | null> {
  const { db, workspaceId } = ctx;
  // Read before the checkpoints, so that one of them covers every receipt read here.
  const last = await db.receiptPlace.findFirst({ where: { workspaceId }, orderBy: { logIndex: "desc" } });
  const head = await db.receiptLog.findUnique({ where: { workspaceId } });
  const log = await openLog(ctx);
  if (!log)
    return head || last
      ? verdictOf(
          [`The newest checkpoint is missing: the log has ${head?.size ?? "no"} receipts, and no signed checkpoint of that size.`],
          [],
        )
      : null;

  const kept = await db.receiptCheckpoint.findMany({ where: { workspaceId }, orderBy: { size: "asc" } });
  const verdict = await verifyLog(
    nodeCheck,
    (await getLogKeys()).keys,
    log.read,
    kept.map(({ note }) => note),
  );
  const root = kept.find(({ size, origin }) => size === head?.size && origin === head.origin)?.rootHash;
  const problems = [
    ...verdict.problems,
    ...kept
      .filter((row) => !isWhatItSays(row))
      .map(({ size }) => `The checkpoint of ${size} receipts was changed: its row does not match what was signed.`),
    ...(head && root && isSameBytes(root, head.rootHash) && (await isWholeHead(head))
      ? []
      : ["The head of the log was changed: it does not have the root that was signed."]),
    ...(last && last.logIndex >= log.size ? [`A receipt was made entry ${last.logIndex + 1n}, but only ${log.size} were signed.`] : []),
    ...(await leftOutReceipts(ctx)),
    ...(await misplacedReceipts(ctx, log)),
  ];
  return verdictOf(problems.slice(0, ENOUGH_PROBLEMS), verdict.proved, verdict.notProved);
}

function isWhatItSays({ note, origin, size, rootHash }: ReceiptCheckpoint): boolean {
  const says = readCheckpoint(note);
  return says !== null && says.origin === origin && BigInt(says.size) === size && isSameBytes(says.rootHash, rootHash);
}

/** Every receipt is either placed or waiting. */
async function leftOutReceipts({ db, workspaceId }: WorkspaceContext): Promise<string[]> {
  const [found] = await db.$queryRaw<{ left_out: bigint; gone: bigint }[]>`
    SELECT
      (SELECT count(*) FROM receipts r WHERE r.workspace_id = ${workspaceId}::uuid
        AND NOT EXISTS (SELECT FROM receipt_places place WHERE place.receipt_id = r.id AND place.workspace_id = r.workspace_id)
        AND NOT EXISTS (SELECT FROM waiting_receipts waiting WHERE waiting.receipt_id = r.id AND waiting.workspace_id = r.workspace_id)) AS left_out,
      (SELECT count(*) FROM waiting_receipts waiting WHERE waiting.workspace_id = ${workspaceId}::uuid
        AND NOT EXISTS (SELECT FROM receipts r WHERE r.id = waiting.receipt_id AND r.workspace_id = waiting.workspace_id)) AS gone`;
  return [
    ...(found?.left_out ? [`Left out of the log, and not queued for it: ${found.left_out} of the receipts.`] : []),
    ...(found?.gone ? [`Missing, although queued for the log: ${found.gone} of the receipts.`] : []),
  ];
}

/** Receipts whose text is intact, but whose row assigns them to another run. */
async function misplacedReceipts({ db, workspaceId }: WorkspaceContext, { size }: OpenLog): Promise<string[]> {
  const problems: string[] = [];
  for (let first = 0; first < size && problems.length < ENOUGH_PROBLEMS; first += BATCH) {
    const rows = await db.$queryRaw<{ id: string; kind: string; ordinal: number; run_id: string | null; body: string; place: bigint }[]>`
      SELECT r.id, r.kind, r.ordinal, r.run_id, r.body, place.log_index + 1 AS place FROM receipt_places place JOIN receipts r ON r.id = place.receipt_id
      WHERE place.workspace_id = ${workspaceId}::uuid AND place.log_index >= ${first} AND place.log_index < ${Math.min(first + BATCH, size)}`;
    for (const { id, kind, ordinal, run_id: runId, body, place } of rows) {
      const written = writtenKind(kind, ordinal);
      const says = readReceiptHead(body);
      if (!says || (says.receipt_id === id && says.kind === written && (says.run_id === undefined || says.run_id === runId))) continue;
      problems.push(`Entry ${place} is stored as a receipt other than its text says: ${says.receipt_id}.`);
    }
  }
  return problems;
}
