import { eraseRuns } from "@/lib/action-runs/erase-run";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { systemContext } from "@/lib/auth/contexts";
import { eachAlone } from "@/lib/db/each-alone";
import { inTransaction } from "@/lib/db/transaction";
import { type SystemContext, type WorkspaceContext, withDb } from "@/lib/security/context";
import { counted } from "@/lib/words/counted";
import { cutoff, isPastRetention } from "./runs-past-retention";

/** Each is a transaction, so that claims and reports of these runs wait only briefly. */
const BATCH = 200;

interface Walk {
  /** Looked at up to this run. */
  position: string;
  /** A run before it has to be looked at again the next time. */
  isRunLeft: boolean;
}

/**
 * Erases the personal data of runs that ended longer ago than their workspace keeps it, each with a receipt. What can't be erased yet is
 * left for the next time: what a worker holds, what is in doubt, and what a standing grant compares others with.
 */
export async function eraseOldData({ db }: SystemContext, stop: AbortSignal | null = null): Promise<void> {
  const retentions = await db.dataRetention.findMany({ orderBy: { workspaceId: "asc" } });
  await eachAlone(retentions, async ({ workspaceId, erasedUpTo }) => {
    const walk: Walk = { position: erasedUpTo, isRunLeft: false };
    while (!stop?.aborted && (await eraseNext(systemContext(workspaceId, db), walk)));
  });
}

/** The next runs, in the order of time. Returns whether more of them may be old enough. */
function eraseNext(ctx: WorkspaceContext, walk: Walk): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const { workspaceId } = inner;
    // Two workers take turns, and a change of the setting waits.
    const [retention] = await tx.$queryRaw<{ kept_days: number; set_by: string }[]>`
      SELECT kept_days, set_by FROM data_retentions WHERE workspace_id = ${workspaceId}::uuid FOR UPDATE`;
    if (!retention) return false;
    const { kept_days: keptDays, set_by: erasedBy } = retention;
    const runs = await tx.$queryRaw<{ id: string; is_old: boolean; is_erased: boolean; is_due: boolean }[]>`
      SELECT run.id, run.created_at < ${cutoff(keptDays)} AS is_old, run.payload_text IS NULL AS is_erased,
        ${isPastRetention(keptDays)} AS is_due
      FROM action_runs run WHERE run.workspace_id = ${workspaceId}::uuid AND run.id > ${walk.position}::uuid ORDER BY run.id LIMIT ${BATCH}`;
    const end = runs.findIndex(({ is_old }) => !is_old);
    const old = end === -1 ? runs : runs.slice(0, end);
    const due = old.filter(({ is_due }) => is_due).map(({ id }) => id);
    const reason = `Stored for ${counted(keptDays, "day")}, as set in the workspace’s data retention.`;
    const erased = new Set(await eraseRuns(inner, due, { reason, erasedBy }));
    if (erased.size > 0) {
      const data = { runs: erased.size, days: keptDays };
      await recordAuditEvent(inner, { verb: "workspace.old_data_erased", subjectType: "workspace", subjectId: workspaceId, data });
    }
    const left = old.findIndex(({ id, is_erased: isErased }) => !isErased && !erased.has(id));
    const last = (left === -1 ? old : old.slice(0, left)).at(-1);
    if (!walk.isRunLeft && last) await tx.dataRetention.update({ where: { workspaceId }, data: { erasedUpTo: last.id } });
    walk.isRunLeft ||= left !== -1;
    walk.position = old.at(-1)?.id ?? walk.position;
    return end === -1 && runs.length === BATCH;
  });
}
