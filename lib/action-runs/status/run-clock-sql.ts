import { Prisma } from "@/lib/db/generated/client";
import type { Db } from "@/lib/db/transaction";
import type { RunClock } from "@/lib/domain/runs/run-clock";

/** Since when `run` of the FROM clause has been frozen; null: it isn't. */
export const frozenSince = Prisma.sql`daai_frozen_since(run.workspace_id, run.action_id, run.api_key_id)`;

/** The clock of one run. */
export async function readRunClock(db: Db, runId: string): Promise<RunClock> {
  return (await readRunClocks(db, [runId]))(runId);
}

/** The clock of each of these runs, by its id. The time is the same for all of them. */
export async function readRunClocks(db: Db, runIds: readonly string[]): Promise<(runId: string) => RunClock> {
  const rows = await db.$queryRaw<{ now: Date; id: string | null; frozen_since: Date | null }[]>`
    SELECT date_trunc('milliseconds', clock.now) AS now, run.id, ${frozenSince} AS frozen_since
    FROM (SELECT clock_timestamp() AS now) clock LEFT JOIN action_runs run ON run.id = ANY(${runIds}::uuid[])`;
  const [first] = rows;
  if (!first) throw new Error("The database did not tell its time.");
  const since = new Map(rows.map(({ id, frozen_since }) => [id, frozen_since]));
  return (runId) => ({ now: first.now, frozenSince: since.get(runId) ?? null });
}
