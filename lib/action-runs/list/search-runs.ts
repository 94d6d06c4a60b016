import { databaseNow } from "@/lib/db/transaction";
import { firstPage, type RunSearch } from "@/lib/domain/runs/run-search";
import type { MemberContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { countNewerRuns, countRuns } from "./count-runs";
import { listRuns, readRuns } from "./list-runs";
import { runFilterOf } from "./run-filter";
import { type RunRow, runRow } from "./run-row";

export interface RunPage {
  readonly rows: readonly RunRow[];
  /** Searches of the adjacent pages, or of where to continue. */
  readonly next: RunSearch | null;
  readonly previous: RunSearch | null;
  readonly searchedRuns: number | null;
  /** How many runs match; null when counting them would take too long. */
  readonly count: number | null;
}

/** Returns what the runs page shows for its URL. */
export async function searchRuns(ctx: MemberContext, search: RunSearch): Promise<RunPage> {
  const { sort, direction, size, after, before, at } = search;
  const filter = runFilterOf(search, await databaseNow(ctx.db));
  const [list, count] = await Promise.all([
    listRuns(ctx, filter, { sort, direction, limit: size, after, before }),
    countRuns(ctx, filter, { sort, direction }),
  ]);
  const from = list.previous === null ? 0 : at;
  return {
    rows: list.runs.map(runRow),
    next: list.next === null ? null : { ...firstPage(search), after: list.next, at: from + list.runs.length },
    previous: list.previous === null ? null : { ...firstPage(search), before: list.previous, at: Math.max(0, from - size) },
    searchedRuns: list.searchedRuns,
    count,
  };
}

/** Returns the current state of the given runs and how many newer ones match. */
export async function refreshRuns(
  ctx: MemberContext,
  search: RunSearch,
  ids: readonly string[],
): Promise<{ ok: true; rows: RunRow[]; newer: number }> {
  await requirePermission(ctx, "run.read");
  const newest = ids.toSorted().at(-1);
  const filter = runFilterOf(search, await databaseNow(ctx.db));
  const newer = newest === undefined ? 0 : await countNewerRuns(ctx, filter, newest);
  return { ok: true, rows: (await readRuns(ctx, ids)).map(runRow), newer };
}
