import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { Freeze } from "@/lib/db/generated/client";
import { type CommandChannel, freezeReceiptBody, thawReceiptBody } from "@/lib/domain/log/freeze-receipt-body";
import { freezeScope } from "@/lib/domain/runs/freeze-scope";
import { publishChange, publishChangeEverywhere } from "@/lib/live/publish-change";
import { writeReceipts } from "@/lib/receipts/log/write-receipt";
import type { Context } from "@/lib/security/context";

/** What a freeze stops, with the name that people know. */
export type NamedFreeze = Freeze & { name: string | null; actionName: string | null };

/**
 * Records a freeze or its thaw in the transaction that writes it: a receipt and webhooks in the workspace, or in every workspace when it
 * is of the whole console, the audit event, and the change that open pages show.
 */
export async function recordFreeze(ctx: Context, kind: "freeze" | "thaw", freeze: NamedFreeze): Promise<void> {
  const { db } = ctx;
  const at = kind === "freeze" ? freeze.frozenAt : (freeze.thawedAt ?? freeze.frozenAt);
  const workspaceIds =
    freeze.workspaceId === null
      ? (await db.workspace.findMany({ where: { deletedAt: null }, select: { id: true } })).map(({ id }) => id)
      : [freeze.workspaceId];
  await writeReceipts(
    ctx,
    workspaceIds.map((workspaceId) => {
      const id = uuidv7();
      return { id, workspaceId, runId: null, kind, body: bodyOf(kind, freeze, { receiptId: id, workspaceId }), createdAt: at };
    }),
  );
  const event = kind === "freeze" ? "workspace.frozen" : "workspace.thawed";
  await db.$executeRaw`
    SELECT daai_queue_freeze_webhooks(f, told.workspace_id, ${event}, ${at}::timestamptz)
    FROM freezes f, unnest(${workspaceIds}::uuid[]) AS told (workspace_id) WHERE f.id = ${freeze.id}::uuid`;
  await recordAuditEvent(ctx, {
    verb: event,
    subjectType: "freeze",
    subjectId: freeze.id,
    data: {
      scope: freezeScope(freeze),
      name: freeze.name,
      by: kind === "freeze" ? freeze.frozenBy : freeze.thawedBy,
      ...(kind === "freeze" ? { reason: freeze.reason } : { comment: freeze.thawComment }),
    },
  });
  const topics = ["runs", "approvals", "receipts", "workspace"] as const;
  if (freeze.workspaceId === null) await publishChangeEverywhere(db, ...topics);
  else await publishChange(db, freeze.workspaceId, ...topics);
}

function bodyOf(kind: "freeze" | "thaw", freeze: NamedFreeze, place: { receiptId: string; workspaceId: string }): string {
  const frozen = {
    ...place,
    freezeId: freeze.id,
    scope: freezeScope(freeze),
    action: freeze.actionName,
    apiKeyId: freeze.apiKeyId,
    reason: freeze.reason,
    frozenBy: freeze.frozenBy,
    frozenAt: freeze.frozenAt.toISOString(),
    channel: freeze.channel as CommandChannel,
  };
  if (kind === "freeze") return freezeReceiptBody(frozen);
  return thawReceiptBody({
    ...frozen,
    channel: freeze.thawChannel as CommandChannel,
    thawedBy: freeze.thawedBy ?? "",
    thawedAt: freeze.thawedAt?.toISOString() ?? "",
    comment: freeze.thawComment,
  });
}
