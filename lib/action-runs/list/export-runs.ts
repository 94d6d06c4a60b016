import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow } from "@/lib/db/transaction";
import type { JsonObject } from "@/lib/domain/json-value";
import { firstPage, type RunSearch, runSearchParams } from "@/lib/domain/runs/run-search";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { csvAmount, csvText, jsonText, mapRows } from "./export-text";
import type { ListedRun } from "./list-runs";
import { readAllRuns } from "./read-all-runs";
import { listedRunDocument, RUN_DOCUMENT_COLUMNS } from "./run-document";
import { runFilterOf } from "./run-filter";
import { type ExportFormat } from "./schema";

/**
 * Returns the text of a file with every run of a search, or with the given ones, in pieces, so that it never has to fit in memory. The
 * export is recorded in the audit log before the first piece.
 */
export async function exportRuns(
  ctx: WorkspaceContext,
  search: RunSearch,
  { format, ids }: { format: ExportFormat; ids: readonly string[] },
): Promise<AsyncGenerator<string>> {
  await requirePermission(ctx, "run.read");
  const now = await databaseNow(ctx.db);
  const filter = { ...runFilterOf(search, now), ...(ids.length > 0 && { ids }) };
  const searched = runSearchParams(firstPage(search)).toString();
  await recordAuditEvent(ctx, {
    verb: "workspace.runs_exported",
    subjectType: "workspace",
    subjectId: ctx.workspaceId,
    data: { format, search: searched, selected: ids.length },
  });
  const batches = readAllRuns(ctx, filter, search);
  return format === "csv"
    ? csvText([...RUN_DOCUMENT_COLUMNS, "payload", "approved_payload"], mapRows(batches, csvRun))
    : jsonText(mapRows(batches, jsonRun));
}

function csvRun(run: ListedRun) {
  const { amount, ...rest } = listedRunDocument(run);
  return { ...rest, amount: csvAmount(amount), payload: run.payloadText, approved_payload: approvedText(run) };
}

/** Of an approval with a change: what was approved. */
function approvedText({ payloadChanges: [change] }: ListedRun): string | null {
  return change?.payloadText ?? null;
}

function jsonRun(run: ListedRun) {
  return { ...listedRunDocument(run), payload: parsed(run.payloadText), approved_payload: parsed(approvedText(run)) };
}

function parsed(text: string | null): JsonObject | null {
  return text === null ? null : (JSON.parse(text) as JsonObject);
}
