import { notFound } from "next/navigation";
import { validate as isUuid } from "uuid";
import { requireMember } from "@/lib/auth/require-member";
import { receiptFileResponse } from "@/lib/http/receipt-file-response";
import { getReceiptFile } from "@/lib/receipts/document/get-receipt-file";

/** The receipt as a file, with the exact texts that its hashes cover. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ workspaceId: string; receiptId: string }> },
): Promise<Response> {
  const { workspaceId, receiptId } = await params;
  const { ctx } = await requireMember(workspaceId);
  const file = isUuid(receiptId) ? await getReceiptFile(ctx, receiptId) : null;
  if (file === null) notFound();
  return receiptFileResponse(file, receiptId);
}
