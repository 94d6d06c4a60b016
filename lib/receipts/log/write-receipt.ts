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

/**
 * The same as part of a statement that writes more. As arrays, because a freeze of the console writes one for every workspace, and a statement
 * has at most 65,535 parameters.
 */
export function receiptInsert(receipts: readonly NewReceipt[]): Prisma.Sql {
  const column = <T>(of: (receipt: NewReceipt) => T) => receipts.map(of);
  return Prisma.sql`
    INSERT INTO receipts (id, workspace_id, run_id, kind, ordinal, body, leaf_hash, created_at)
    SELECT id, workspace_id, run_id, kind, ordinal, body, decode(leaf_hash, 'hex'), created_at
    FROM unnest(${column(({ id }) => id)}::uuid[], ${column(({ workspaceId }) => workspaceId)}::uuid[], ${column(({ runId }) => runId)}::uuid[],
      ${column(({ kind }) => kind)}::text[], ${column(({ ordinal = 0 }) => ordinal)}::int[], ${column(({ body }) => body)}::text[],
      ${column(({ body }) => leafHash(body).toString("hex"))}::text[], ${column(({ createdAt }) => createdAt.toISOString())}::timestamptz[])
      AS receipt (id, workspace_id, run_id, kind, ordinal, body, leaf_hash, created_at)`;
}
