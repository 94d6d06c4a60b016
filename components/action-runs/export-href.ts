import { type ExportFormat } from "@/lib/action-runs/list/schema";
import { firstPage, type RunSearch, runSearchParams } from "@/lib/domain/runs/run-search";

/** Returns the export URL of the whole search, or of the given runs. */
export function exportHref(path: string, search: RunSearch, format: ExportFormat, ids: readonly string[] = []): string {
  const params = runSearchParams(firstPage(search));
  params.set("format", format);
  if (ids.length > 0) params.set("id", ids.join(","));
  return `${path}/export?${params.toString()}`;
}

/** "Export 3 runs, with payloads". */
export function exportLabel(count: number | null): string {
  const what = count === null ? "all matches" : count === 1 ? "1 run" : `${new Intl.NumberFormat("en").format(count)} runs`;
  return `Export ${what}, with payloads`;
}
