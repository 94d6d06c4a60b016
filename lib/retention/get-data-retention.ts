import { NIL } from "uuid";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { cutoff, isPastRetention } from "./runs-past-retention";
import type { NewDataRetention } from "./schema";

/** So many runs are looked at to count, the oldest that may have data left: what a workspace has beyond them costs nothing. */
const LOOKED_AT = 10_000;

export interface DataRetention {
  readonly keptDays: number;
  readonly setBy: string;
}

/** After how many days the personal data of runs is erased, and who set it; null: it isn't erased by itself. */
export async function getDataRetention(ctx: WorkspaceContext): Promise<DataRetention | null> {
  await requirePermission(ctx, "run.read");
  return ctx.db.dataRetention.findUnique({ where: { workspaceId: ctx.workspaceId }, select: { keptDays: true, setBy: true } });
}

/** How many runs a retention of so many days would erase now, or that it would be more than so many. */
export async function countPastRetention(
  ctx: WorkspaceContext,
  { keptDays }: NewDataRetention,
): Promise<{ ok: true; runs: number; isMore: boolean }> {
  const { db, workspaceId } = ctx;
  await requirePermission(ctx, "run.erase");
  if (keptDays === null) return { ok: true, runs: 0, isMore: false };
  const from = (await db.dataRetention.findUnique({ where: { workspaceId } }))?.erasedUpTo ?? NIL;
  const [counted] = await db.$queryRaw<{ runs: number; old: number }[]>`
    SELECT count(*) FILTER (WHERE ${isPastRetention(keptDays)})::int AS runs,
      count(*) FILTER (WHERE run.created_at < ${cutoff(keptDays)})::int AS old
    FROM (SELECT * FROM action_runs WHERE workspace_id = ${workspaceId}::uuid AND id > ${from}::uuid ORDER BY id LIMIT ${LOOKED_AT}) run`;
  return { ok: true, runs: counted?.runs ?? 0, isMore: counted?.old === LOOKED_AT };
}
