import { notFound } from "next/navigation";
import { validate as isUuid } from "uuid";
import { requireMember } from "@/lib/auth/require-member";
import { getReceiptFile } from "@/lib/receipts/get-receipt-file";
import { receiptFileName } from "@/lib/receipts/receipt-file-name";

/** The receipt as a file, with the exact texts that its hashes cover. */
export async function GET(_request: Request, { params }: { params: Promise<{ workspaceId: string; receiptId: string }> }): Promise<Response> {
  const { workspaceId, receiptId } = await params;
  const { ctx } = await requireMember(workspaceId);
  const file = isUuid(receiptId) ? await getReceiptFile(ctx, receiptId) : null;
  if (file === null) notFound();
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      "Cache-Control": "no-store",
      "Content-Disposition": `attachment; filename="${receiptFileName(receiptId)}"`,
      "Content-Type": "application/json; charset=utf-8",
    },
  });
}
