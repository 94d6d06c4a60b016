import { bytes } from "@/lib/db/bytes";
import type { ReceiptKind } from "@/lib/domain/log/receipt-body";
import type { Context } from "@/lib/security/context";
import { leafHash } from "./leaf-hash";

interface NewReceipt {
  id: string;
  workspaceId: string;
  runId: string | null;
  kind: ReceiptKind;
  /** Which of its kind the run has, from 1, where it can have several. */
  ordinal?: number;
  body: string;
  createdAt: Date;
}

/** Appends a receipt in the transaction of the state change it records. */
export async function writeReceipt(ctx: Context, receipt: NewReceipt): Promise<void> {
  await writeReceipts(ctx, [receipt]);
}

/** The same for several, in one statement. */
export async function writeReceipts(ctx: Context, receipts: readonly NewReceipt[]): Promise<void> {
  await ctx.db.receipt.createMany({ data: receipts.map((receipt) => ({ ...receipt, leafHash: bytes(leafHash(receipt.body)) })) });
}
