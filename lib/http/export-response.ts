import type { ExportFormat } from "@/lib/action-runs/list/schema";
import { textStream } from "./text-stream";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" } as const;

/** Streams a file that is generated during the download, such as `runs-2026-11-25.csv`. */
export function exportResponse(pieces: AsyncGenerator<string>, { what, format }: { what: string; format: ExportFormat }): Response {
  const name = `${what}-${new Date().toISOString().slice(0, 10)}.${format}`;
  return new Response(textStream(pieces), {
    headers: { "Content-Type": TYPES[format], "Content-Disposition": `attachment; filename="${name}"`, "Cache-Control": "no-store" },
  });
}
