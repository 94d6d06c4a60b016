import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow } from "@/lib/db/transaction";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { voteRevocationReceiptBody } from "@/lib/domain/log/vote-receipt-body";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { writeReceipt } from "@/lib/receipts/log/write-receipt";
import type { WorkspaceContext } from "@/lib/security/context";
import { lockPendingRun, type PendingEffect, pendingEffect, publishVote, refuseEnded } from "./cast-vote";
import { channelOf } from "./channel-of";
import { lockRequest } from "./lock-request";
import { settleStage } from "./settle-stage";

/**
 * Takes a person's own yes back while the run is not decided: their stage needs it again, and they are asked again. Runs inside the caller's
 * transaction, which has checked that they may decide.
 */
export async function takeBackVote(
  ctx: WorkspaceContext,
  { runId, person, comment }: { runId: string; person: string; comment: string | null },
): Promise<{ ok: true; revoked: { revokedAt: Date; effect: PendingEffect } } | Refusal> {
  const { db, workspaceId } = ctx;
  const request = await lockRequest(ctx, { runId });
  const run = await lockPendingRun(ctx, runId);
  if (!request || !run) return refuseEnded(ctx, runId);
  const votes = await db.vote.findMany({ where: { workspaceId, runId, revokedAt: null } });
  const vote = votes.find(({ voter }) => isSamePerson(voter, person));
  if (!vote) return refuse("not_decided", "You haven't approved this run, so there is no approval to revoke.");
  const revokedAt = await databaseNow(db);
  await db.vote.update({ where: { id: vote.id }, data: { revokedAt, revokedReason: "person" } });
  const [receiptId, channel] = [uuidv7(), channelOf(ctx)];
  const ordinal = 1 + (await db.receipt.count({ where: { workspaceId, runId, kind: "vote_revocation" } }));
  const body = voteRevocationReceiptBody({
    receiptId,
    ordinal,
    runId,
    workspaceId,
    action: run.actionName,
    channel,
    comment,
    voteReceiptId: vote.id,
    revokedBy: person,
    revokedAt: revokedAt.toISOString(),
  });
  await writeReceipt(ctx, { id: receiptId, workspaceId, runId, kind: "vote_revocation", ordinal, body, createdAt: revokedAt });
  await recordAuditEvent(ctx, {
    verb: "run.vote_revoked",
    subjectType: "run",
    subjectId: runId,
    data: { by: person, channel, stage: vote.stage },
  });
  await settleStage(ctx, request);
  await publishVote(ctx, runId);
  return { ok: true, revoked: { revokedAt, effect: pendingEffect(run) } };
}
