import { databaseNow } from "@/lib/db/transaction";
import { firstIdAt } from "@/lib/domain/runs/first-id-at";
import { DAY_MS } from "@/lib/domain/time/units";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

const WINDOW_MS = 30 * DAY_MS;
/** More are not counted: the list says "more than". */
export const MAX_COUNTED = 10_000;

export interface ActionActivity {
  /** Of the last 30 days, at most MAX_COUNTED + 1. */
  recentRuns: number;
  lastRunAt: Date | null;
}

interface ActivityRow {
  name: string;
  recent_runs: number;
  last_run_at: Date | null;
}

/** How much each registered action is used, by name. Reads the end of an index for each, however many runs there are. */
export async function listActionActivity(ctx: WorkspaceContext, only?: string): Promise<Map<string, ActionActivity>> {
  await requirePermission(ctx, "action.read");
  const { workspaceId, db } = ctx;
  const since = firstIdAt(new Date((await databaseNow(db)).getTime() - WINDOW_MS));
  const rows = await db.$queryRaw<ActivityRow[]>`
    SELECT action.name, recent.runs::int AS recent_runs, newest.created_at AS last_run_at
    FROM registered_actions action
    CROSS JOIN LATERAL (
      SELECT count(*) AS runs FROM (
        SELECT FROM action_runs WHERE workspace_id = action.workspace_id AND action_name = action.name AND id >= ${since}::uuid
        LIMIT ${MAX_COUNTED + 1}::int) run) recent
    LEFT JOIN LATERAL (
      SELECT created_at FROM action_runs WHERE workspace_id = action.workspace_id AND action_name = action.name
      ORDER BY id DESC LIMIT 1) newest ON true
    WHERE action.workspace_id = ${workspaceId}::uuid AND (${only ?? null}::text IS NULL OR action.name = ${only ?? null}::text)`;
  return new Map(rows.map((row) => [row.name, { recentRuns: row.recent_runs, lastRunAt: row.last_run_at }]));
}
