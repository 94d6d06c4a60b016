/** Of the file that a receipt is downloaded as. */
export function receiptFileName(receiptId: string): string {
  return `receipt-${receiptId}.json`;
}
