import type { ReceiptDocument } from "@/lib/receipts/document/receipt-document";

/** The title of a receipt's page, which browsers use as the PDF's name: the action, the day, and the number of that day. */
export function receiptTitle({ decision: { id, says, createdAt } }: ReceiptDocument): string {
  return `Receipt ${createdAt.toISOString().slice(0, 10)} ${says.action} ${id.slice(-8)}`;
}
