import { bytes } from "@/lib/db/bytes";
import { Prisma } from "@/lib/db/generated/client";
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
  if (receipts.length > 0) await ctx.db.$executeRaw(receiptInsert(receipts));
}

/** The same as part of a statement that writes more. */
export function receiptInsert(receipts: readonly NewReceipt[]): Prisma.Sql {
  const rows = receipts.map(
    ({ id, workspaceId, runId, kind, ordinal = 0, body, createdAt }) =>
      Prisma.sql`(${id}::uuid, ${workspaceId}::uuid, ${runId}::uuid, ${kind}, ${ordinal}::int, ${body}, ${bytes(leafHash(body))}::bytea, ${createdAt}::timestamptz)`,
  );
  return Prisma.sql`
    INSERT INTO receipts (id, workspace_id, run_id, kind, ordinal, body, leaf_hash, created_at) VALUES ${Prisma.join(rows)}`;
}
