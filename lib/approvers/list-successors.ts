import { Prisma } from "@/lib/db/generated/client";
import type { Db } from "@/lib/db/transaction";
import { DECIDERS } from "@/lib/domain/access/permissions";
import { mayTakeOver } from "./reassign-requests";

/** Someone to whom pending requests can be reassigned. */
export interface Successor {
  readonly email: string;
  readonly name: string | null;
  /** How many of the requests they can take over. */
  readonly runs: number;
}

/** As many as a list offers. */
const MOST = 200;

/**
 * Lists who can take over these pending requests: members whose role can decide, and approvers that the action or workspace lists. `requests`
 * selects the ids of requests, `except` is the person who passes them on. Whether someone can depends only on the action and the key.
 */
export function listSuccessors(db: Db, requests: Prisma.Sql, except: string | null): Promise<Successor[]> {
  return db.$queryRaw<Successor[]>`
    WITH run AS (
      SELECT r.workspace_id, r.action_id, r.api_key_id, count(*)::int AS runs
      FROM approval_requests q JOIN action_runs r ON r.workspace_id = q.workspace_id AND r.id = q.run_id
      WHERE q.id IN (${requests}) GROUP BY 1, 2, 3),
    able AS (
      SELECT m.workspace_id, u.email FROM members m JOIN users u ON u.id = m.user_id
      WHERE m.role = ANY(${DECIDERS}) AND m.workspace_id IN (SELECT workspace_id FROM run)
      UNION SELECT w.id, unnest(w.approver_emails || w.escalation_emails) FROM workspaces w WHERE w.id IN (SELECT workspace_id FROM run)
      UNION SELECT a.workspace_id, unnest(a.approver_emails || daai_stage_people(a.later_stages || a.rule_approvers) || a.escalation_emails) FROM registered_actions a
        WHERE a.id IN (SELECT action_id FROM run))
    SELECT able.email, u.name, sum(run.runs)::int AS runs
    FROM able JOIN run ON run.workspace_id = able.workspace_id LEFT JOIN users u ON u.email = able.email
    WHERE ${mayTakeOver(Prisma.sql`able.email`)} AND (${except}::text IS NULL OR daai_person(able.email) <> daai_person(${except}))
    GROUP BY able.email, u.name ORDER BY u.name NULLS LAST, able.email LIMIT ${MOST}`;
}
