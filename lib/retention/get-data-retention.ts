import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { cutoff, isPastRetention } from "./runs-past-retention";
import type { NewDataRetention } from "./schema";

/** More aren't counted. */
const MAX_COUNTED = 10_000;

export interface DataRetention {
  readonly keptDays: number;
  readonly setBy: string;
}

/** After how many days the personal data of runs is erased; null: it's kept. */
export async function getDataRetention(ctx: WorkspaceContext): Promise<DataRetention | null> {
  await requirePermission(ctx, "run.read");
  return ctx.db.dataRetention.findUnique({ where: { workspaceId: ctx.workspaceId }, select: { keptDays: true, setBy: true } });
}

/** How many runs a retention of so many days would erase now. */
export async function countPastRetention(
  ctx: WorkspaceContext,
  { keptDays }: NewDataRetention,
): Promise<{ ok: true; runs: number; isMore: boolean }> {
  const { db, workspaceId } = ctx;
  await requirePermission(ctx, "run.erase");
  if (keptDays === null) return { ok: true, runs: 0, isMore: false };
  const from = (await db.dataRetention.findUnique({ where: { workspaceId } }))?.erasedUpTo ?? null;
  const [counted] = await db.$queryRaw<{ runs: number }[]>`
    SELECT count(*)::int AS runs FROM (
      SELECT FROM action_runs run
      WHERE run.workspace_id = ${workspaceId}::uuid AND (${from}::uuid IS NULL OR run.id > ${from}::uuid)
        AND run.created_at < ${cutoff(keptDays)} AND ${isPastRetention(keptDays)}
      LIMIT ${MAX_COUNTED + 1}) past`;
  const runs = counted?.runs ?? 0;
  return { ok: true, runs: Math.min(runs, MAX_COUNTED), isMore: runs > MAX_COUNTED };
}
