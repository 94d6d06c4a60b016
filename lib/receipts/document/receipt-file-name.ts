/** Returns the name of a receipt's downloaded file. */
export function receiptFileName(receiptId: string): string {
  return `receipt-${receiptId}.json`;
}
