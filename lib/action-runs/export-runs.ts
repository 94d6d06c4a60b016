import { requirePermission } from "@/lib/auth/require-permission";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { WorkspaceContext } from "@/lib/context";
import { databaseNow } from "@/lib/db/transaction";
import type { JsonObject } from "@/lib/domain/json-value";
import type { ListedRun } from "./list-runs";
import { readAllRuns } from "./read-all-runs";
import { csvLines } from "./run-csv";
import { listedRunDocument, RUN_DOCUMENT_COLUMNS } from "./run-document";
import { runFilterOf } from "./run-filter";
import { runSearchParams, firstPage, type ExportFormat, type RunSearch } from "./schema";

/**
 * The text of a file with every run of a search, or with these of them, in pieces: nobody has to hold it whole. That somebody
 * takes data out is recorded, before the first piece.
 */
export async function exportRuns(ctx: WorkspaceContext, search: RunSearch, { format, ids }: { format: ExportFormat; ids: readonly string[] }): Promise<AsyncGenerator<string>> {
  await requirePermission(ctx, "run.read");
  const now = await databaseNow(ctx.db);
  const filter = { ...runFilterOf(search, now), ...(ids.length > 0 && { ids }) };
  const searched = runSearchParams(firstPage(search)).toString();
  await recordAuditEvent(ctx, { verb: "workspace.runs_exported", subjectType: "workspace", subjectId: ctx.workspaceId, data: { format, search: searched, selected: ids.length } });
  const batches = readAllRuns(ctx, filter, search);
  return format === "csv" ? csvText(batches) : jsonText(batches);
}

async function* csvText(batches: AsyncGenerator<readonly ListedRun[]>): AsyncGenerator<string> {
  yield csvLines([[...RUN_DOCUMENT_COLUMNS, "payload"]]);
  for await (const batch of batches) {
    const documents = batch.map((run) => ({ ...listedRunDocument(run), payload: run.payloadText }));
    yield csvLines(documents.map((document) => [...RUN_DOCUMENT_COLUMNS.map((column) => document[column]), document.payload]));
  }
}

async function* jsonText(batches: AsyncGenerator<readonly ListedRun[]>): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const batch of batches) {
    yield batch.map((run, index) => `${index === 0 ? separator : ",\n"}${JSON.stringify(exportedRun(run))}`).join("");
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

function exportedRun(run: ListedRun) {
  return { ...listedRunDocument(run), payload: run.payloadText === null ? null : (JSON.parse(run.payloadText) as JsonObject) };
}
