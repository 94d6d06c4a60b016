import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { bytes } from "@/lib/db/bytes";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { DAY_MS } from "@/lib/domain/time/units";
import { getEnv } from "@/lib/env";
import { publishChange } from "@/lib/live/publish-change";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { hashLinkToken, makeLinkToken } from "@/lib/security/link-token";
import { requirePermission } from "@/lib/security/require-permission";
import type { NewShare } from "./schema";

/** `url` contains the token and is shown only once: the console stores just its hash. */
export type SharedReceiptLink = { ok: true; id: string; url: string } | Refusal;

/** Creates a link through which anyone who has it can read the receipt of one run, without an account. */
export function shareReceipt(ctx: WorkspaceContext, { receiptId, payload, endsAfter }: NewShare): Promise<SharedReceiptLink> {
  return inTransaction<SharedReceiptLink>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "receipt.share");
    const { workspaceId } = ctx;
    const receipt = await tx.receipt.findFirst({
      where: { id: receiptId, workspaceId },
      select: { runId: true, run: { select: { actionName: true } } },
    });
    if (receipt?.runId == null) return refuse("not_found", "Receipt not found in this workspace.");
    const [id, token, now] = [uuidv7(), makeLinkToken(), await databaseNow(tx)];
    const expiresAt = endsAfter === "never" ? null : new Date(now.getTime() + Number(endsAfter) * DAY_MS);
    const createdBy = "email" in ctx.actor ? (ctx.actor.email ?? ctx.actor.type) : ctx.actor.type;
    await tx.receiptShare.create({
      data: {
        id,
        workspaceId,
        runId: receipt.runId,
        tokenHash: bytes(hashLinkToken(token)),
        disclosesPayload: payload === "disclosed",
        createdBy,
        createdAt: now,
        expiresAt,
      },
    });
    await recordAuditEvent(inner, {
      verb: "receipt.shared",
      subjectType: "receipt",
      subjectId: receiptId,
      data: { share: id, action: receipt.run?.actionName ?? null, payload, expires_at: expiresAt?.toISOString() ?? null },
    });
    await publishChange(tx, workspaceId, "receipts");
    return { ok: true, id, url: `${getEnv().DAAI_PUBLIC_URL}/share/${token}` };
  });
}
