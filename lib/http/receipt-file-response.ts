import type { JsonObject } from "@/lib/domain/json-value";
import { receiptFileName } from "@/lib/receipts/document/receipt-file-name";

/** Returns a receipt's file as a download. */
export function receiptFileResponse(file: JsonObject, receiptId: string): Response {
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      "Cache-Control": "no-store",
      "Content-Disposition": `attachment; filename="${receiptFileName(receiptId)}"`,
      "Content-Type": "application/json; charset=utf-8",
    },
  });
}
