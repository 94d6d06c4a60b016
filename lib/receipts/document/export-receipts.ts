import { csvAmount, csvText, jsonText, mapRows } from "@/lib/action-runs/list/export-text";
import type { ExportFormat } from "@/lib/action-runs/list/schema";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { type ReceiptFilter, receiptFilterParams } from "@/lib/domain/log/receipt-filter";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { type ListedReceipt, listReceipts } from "./list-receipts";

const BATCH = 500;

const COLUMNS = [
  "receipt_id",
  "kind",
  "outcome",
  "action_run_id",
  "action",
  "amount",
  "currency",
  "recipient",
  "by",
  "worker",
  "created_at",
  "log_index",
  "leaf_hash",
  "body",
] as const satisfies readonly (keyof ReturnType<typeof receiptRow>)[];

/**
 * Returns the text of a file with every receipt that matches the filter, newest first, in pieces. `body` is the exact text that `leaf_hash`
 * covers. The export is recorded in the audit log before the first piece.
 */
export async function exportReceipts(ctx: WorkspaceContext, filter: ReceiptFilter, format: ExportFormat): Promise<AsyncGenerator<string>> {
  await requirePermission(ctx, "receipt.read");
  const search = receiptFilterParams(filter).toString();
  await recordAuditEvent(ctx, {
    verb: "workspace.receipts_exported",
    subjectType: "workspace",
    subjectId: ctx.workspaceId,
    data: { format, search },
  });
  const rows = mapRows(readAllReceipts(ctx, filter), receiptRow);
  if (format === "json") return jsonText(rows);
  return csvText(
    COLUMNS,
    mapRows(rows, (row) => ({ ...row, amount: csvAmount(row.amount) })),
  );
}

async function* readAllReceipts(ctx: WorkspaceContext, filter: ReceiptFilter): AsyncGenerator<readonly ListedReceipt[]> {
  let before: string | undefined;
  do {
    const page = await listReceipts(ctx, filter, { before }, BATCH);
    if (page.receipts.length > 0) yield page.receipts;
    before = page.hasMore ? page.receipts.at(-1)?.id : undefined;
  } while (before !== undefined);
}

function receiptRow(receipt: ListedReceipt) {
  return {
    receipt_id: receipt.id,
    kind: receipt.kind,
    outcome: receipt.outcome,
    action_run_id: receipt.runId,
    action: receipt.actionName,
    amount: receipt.amount,
    currency: receipt.currency,
    recipient: receipt.recipient,
    by: receipt.decidedBy,
    worker: receipt.worker,
    created_at: receipt.createdAt.toISOString(),
    log_index: receipt.logIndex,
    leaf_hash: receipt.leafHash,
    body: receipt.body,
  };
}
