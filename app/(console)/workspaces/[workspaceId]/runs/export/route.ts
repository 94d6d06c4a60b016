import { exportRuns } from "@/lib/action-runs/list/export-runs";
import { parseExport, parseRunSearch } from "@/lib/action-runs/list/schema";
import { requireMember } from "@/lib/auth/require-member";
import { paramsOf } from "@/lib/domain/runs/run-search";
import { exportResponse } from "@/lib/http/export-response";

/** Every run that the page's address means, as a file. */
export async function GET(request: Request, { params }: { params: Promise<{ workspaceId: string }> }): Promise<Response> {
  const { ctx } = await requireMember((await params).workspaceId);
  const given = paramsOf(new URL(request.url).searchParams);
  const wanted = parseExport(given);
  return exportResponse(await exportRuns(ctx, parseRunSearch(given), wanted), { what: "runs", format: wanted.format });
}
