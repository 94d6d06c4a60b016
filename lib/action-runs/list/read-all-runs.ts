import type { OperatorContext, WorkspaceContext } from "@/lib/security/context";
import { type ListedRun, listRuns } from "./list-runs";
import type { RunOrder } from "./run-candidates";
import type { RunFilter } from "./run-filter";

const BATCH = 500;
const WINDOW = 20_000;

/** Yields every matching run in the list's order, with one batch in memory at a time. */
export async function* readAllRuns(
  ctx: WorkspaceContext | OperatorContext,
  filter: RunFilter,
  order: RunOrder,
  from: string | null = null,
): AsyncGenerator<readonly ListedRun[]> {
  let after = from;
  do {
    const page = await listRuns(ctx, filter, { ...order, limit: BATCH, after, window: WINDOW });
    if (page.runs.length > 0) yield page.runs;
    after = page.next;
  } while (after !== null);
}
