import { parseExport } from "@/lib/action-runs/list/schema";
import { requireMember } from "@/lib/auth/require-member";
import { paramsOf } from "@/lib/domain/runs/run-search";
import { exportResponse } from "@/lib/http/export-response";
import { exportReceipts } from "@/lib/receipts/document/export-receipts";
import { parseReceiptFilter } from "@/lib/receipts/document/schema";

/** Every receipt that the page's address means, as a file. */
export async function GET(request: Request, { params }: { params: Promise<{ workspaceId: string }> }): Promise<Response> {
  const { ctx } = await requireMember((await params).workspaceId);
  const given = new URL(request.url).searchParams;
  const { format } = parseExport(paramsOf(given));
  const filter = parseReceiptFilter(Object.fromEntries(given));
  return exportResponse(await exportReceipts(ctx, filter, format), { what: "receipts", format });
}
