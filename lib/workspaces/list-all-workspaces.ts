import { Prisma } from "@/lib/db/generated/client";
import type { OperatorContext } from "@/lib/security/context";

export interface ListedWorkspace {
  id: string;
  name: string;
  clientName: string;
  ownerId: string;
  ownerEmail: string;
  members: number;
  activeActions: number;
  runsThisMonth: number;
  pending: number;
  lastRunAt: Date | null;
  deletedAt: Date | null;
  createdAt: Date;
}

/** Workspaces of every owner, the newest first, deleted ones too. `search` is part of a name or of the owner's address. */
export async function listAllWorkspaces(
  { db }: OperatorContext,
  { search, before }: { search?: string; before?: string },
  limit: number,
): Promise<{ workspaces: ListedWorkspace[]; hasMore: boolean }> {
  const words = search?.trim().toLowerCase() ?? "";
  const rows = await db.$queryRaw<ListedWorkspace[]>`
    SELECT w.id, w.name, w.client_name AS "clientName", w.owner_id AS "ownerId", owner.email AS "ownerEmail",
      w.deleted_at AS "deletedAt", w.created_at AS "createdAt",
      (SELECT count(*)::int FROM members m WHERE m.workspace_id = w.id) AS members,
      (SELECT count(*)::int FROM registered_actions a WHERE a.workspace_id = w.id AND a.is_active) AS "activeActions",
      (SELECT coalesce(sum(allowed + pending_approval + approved + rejected + blocked), 0)::int FROM run_counts c
        WHERE c.workspace_id = w.id AND c.hour >= date_trunc('month', statement_timestamp(), 'UTC')) AS "runsThisMonth",
      (SELECT count(*)::int FROM action_runs run WHERE run.workspace_id = w.id AND run.governance_status = 'pending_approval') AS pending,
      (SELECT run.created_at FROM action_runs run WHERE run.workspace_id = w.id ORDER BY run.id DESC LIMIT 1) AS "lastRunAt"
    FROM workspaces w JOIN users owner ON owner.id = w.owner_id
    WHERE strpos(lower(w.name || ' ' || w.client_name || ' ' || owner.email), ${words}) > 0
      ${before === undefined ? Prisma.empty : Prisma.sql`AND w.id < ${before}::uuid`}
    ORDER BY w.id DESC LIMIT ${limit + 1}`;
  return { workspaces: rows.slice(0, limit), hasMore: rows.length > limit };
}
