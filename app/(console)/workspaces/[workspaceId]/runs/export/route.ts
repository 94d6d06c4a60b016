import { exportRuns } from "@/lib/action-runs/export-runs";
import { paramsOf, parseExport, parseRunSearch } from "@/lib/action-runs/schema";
import { requireMember } from "@/lib/auth/require-member";
import { textStream } from "@/lib/http/text-stream";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" } as const;

/** Every run that the page's address means, as a file. It is made while it is downloaded, however long it gets. */
export async function GET(request: Request, { params }: { params: Promise<{ workspaceId: string }> }): Promise<Response> {
  const { ctx } = await requireMember((await params).workspaceId);
  const given = paramsOf(new URL(request.url).searchParams);
  const wanted = parseExport(given);
  const pieces = await exportRuns(ctx, parseRunSearch(given), wanted);
  const name = `runs-${new Date().toISOString().slice(0, 10)}.${wanted.format}`;
  return new Response(textStream(pieces), {
    headers: { "Content-Type": TYPES[wanted.format], "Content-Disposition": `attachment; filename="${name}"`, "Cache-Control": "no-store" },
  });
}
