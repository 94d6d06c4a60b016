import { shareLinkContext } from "@/lib/auth/contexts";
import { bytes } from "@/lib/db/bytes";
import { databaseNow } from "@/lib/db/transaction";
import type { JsonObject } from "@/lib/domain/json-value";
import { shareState } from "@/lib/domain/runs/share-state";
import { readRunDocument } from "@/lib/receipts/document/get-receipt-document";
import type { ReceiptDocument } from "@/lib/receipts/document/receipt-document";
import { withholdPayload } from "@/lib/receipts/document/withhold-payload";
import { checkReceiptFile } from "@/lib/receipts/log/check-receipts";
import { readReceiptFile } from "@/lib/receipts/log/read-receipt-file";
import type { ReceiptCheck } from "@/lib/receipts/log/receipt-check";
import type { VisitorContext } from "@/lib/security/context";
import { hashLinkToken } from "@/lib/security/link-token";

export interface SharedReceipt {
  state: "open";
  document: ReceiptDocument;
  check: ReceiptCheck;
  sharedAt: Date;
  expiresAt: Date | null;
}

/** Unknown links, links of a deleted workspace and incompletely copied ones are all `unknown`. */
export type Closed = { state: "unknown" | "expired" | "revoked" };

/** Returns what a link's holder may read: the link grants access to the one run that it was created for. */
export async function getSharedReceipt(visitor: VisitorContext, token: string): Promise<SharedReceipt | Closed> {
  const opened = await openShare(visitor, token);
  if (opened.state !== "open") return opened;
  const { share, ctx } = opened;
  const document = await readRunDocument(ctx, share.runId);
  if (!document) return { state: "unknown" };
  const check = await checkReceiptFile(await readReceiptFile(ctx, { runId: share.runId }, share));
  return {
    state: "open",
    document: share.disclosesPayload ? document : withholdPayload(document),
    check,
    sharedAt: share.createdAt,
    expiresAt: share.expiresAt,
  };
}

/** Returns the receipt's file, with the payload only if the link discloses it. */
export async function getSharedFile(
  visitor: VisitorContext,
  token: string,
): Promise<{ state: "open"; receiptId: string; file: JsonObject } | Closed> {
  const opened = await openShare(visitor, token);
  if (opened.state !== "open") return opened;
  const { file } = await readReceiptFile(opened.ctx, { runId: opened.share.runId }, opened.share);
  const [decision] = file.receipts as JsonObject[];
  return { state: "open", receiptId: String(decision?.id), file };
}

async function openShare({ db }: VisitorContext, token: string) {
  const share = await db.receiptShare.findUnique({
    where: { tokenHash: bytes(hashLinkToken(token)) },
    include: { workspace: { select: { deletedAt: true } } },
  });
  if (!share || share.workspace.deletedAt !== null) return { state: "unknown" } as const;
  const state = shareState(share, await databaseNow(db));
  return state === "open" ? { state, share, ctx: shareLinkContext(share, db) } : { state };
}
