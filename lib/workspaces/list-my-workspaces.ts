import { runsInDoubt } from "@/lib/action-runs/status/claim-state-sql";
import { databaseNow } from "@/lib/db/transaction";
import type { Role } from "@/lib/domain/access/roles";
import { firstIdAt } from "@/lib/domain/runs/first-id-at";
import type { UserContext } from "@/lib/security/context";

/** Higher counts are shown as "10,000+", because exact ones would slow down the page. */
export const MAX_COUNTED = 10_000;

export interface MyWorkspace {
  id: string;
  name: string;
  clientName: string;
  role: Role;
  inDoubt: number;
  /** Waiting runs that no one has opened for too long. */
  unseen: number;
  runsThisMonth: number;
  /** null: no run yet. */
  lastRunAt: Date | null;
}

interface Row {
  id: string;
  name: string;
  client_name: string;
  role: Role;
  in_doubt: number;
  unseen: number;
  runs: number;
  last_run_at: Date | null;
}

/** Lists the person's workspaces by name, with their current activity. What waits for the person is in the queue. */
export async function listMyWorkspaces({ actor, db }: UserContext): Promise<MyWorkspace[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT w.id, w.name, w.client_name, m.role,
      (SELECT count(*)::int FROM ${runsInDoubt} run WHERE run.workspace_id = w.id) AS in_doubt,
      (SELECT count(*)::int FROM action_runs run JOIN approval_requests q ON q.workspace_id = run.workspace_id AND q.run_id = run.id
        WHERE run.workspace_id = w.id AND run.governance_status = 'pending_approval' AND NOT daai_is_overdue(run, now())
          AND daai_is_unseen(q.opened_at, q.created_at, q.expires_at)) AS unseen,
      (SELECT count(*)::int FROM (SELECT FROM action_runs run
        WHERE run.workspace_id = w.id AND run.id >= ${firstIdAt(startOfMonth(await databaseNow(db)))}::uuid LIMIT ${MAX_COUNTED + 1}) counted) AS runs,
      (SELECT run.created_at FROM action_runs run WHERE run.workspace_id = w.id ORDER BY run.id DESC LIMIT 1) AS last_run_at
    FROM members m JOIN workspaces w ON w.id = m.workspace_id AND w.deleted_at IS NULL
    WHERE m.user_id = ${actor.userId}::uuid
    ORDER BY lower(w.name), w.id`;
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    clientName: row.client_name,
    role: row.role,
    inDoubt: row.in_doubt,
    unseen: row.unseen,
    runsThisMonth: row.runs,
    lastRunAt: row.last_run_at,
  }));
}

function startOfMonth(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
}
