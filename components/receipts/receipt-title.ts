import type { ReceiptDocument } from "@/lib/receipts/document/receipt-document";

/** The title of a receipt's page, from which browsers make the name of the PDF: which action, which day, and which of that day. */
export function receiptTitle({ decision: { id, says, createdAt } }: ReceiptDocument): string {
  return `Receipt ${createdAt.toISOString().slice(0, 10)} ${says.action} ${id.slice(-8)}`;
}
