import { Prisma } from "@/lib/db/generated/client";
import type { Plan } from "@/lib/domain/access/limits";
import type { OperatorContext } from "@/lib/security/context";

export interface ListedUser {
  id: string;
  email: string;
  name: string | null;
  isOperator: boolean;
  isDisabled: boolean;
  /** null: the plan of the settings. */
  plan: Plan | null;
  hasOwnLimits: boolean;
  ownedWorkspaces: number;
  memberships: number;
  createdAt: Date;
}

/** Accounts, the newest first. `search` is part of an address or a name. */
export async function listUsers(
  { db }: OperatorContext,
  { search, before }: { search?: string; before?: string },
  limit: number,
): Promise<{ users: ListedUser[]; hasMore: boolean }> {
  const words = search?.trim().toLowerCase() ?? "";
  const rows = await db.$queryRaw<ListedUser[]>`
    SELECT u.id, u.email, u.name, u.is_operator AS "isOperator", u.disabled_at IS NOT NULL AS "isDisabled", u.plan, u.limit_overrides <> '{}'::jsonb AS "hasOwnLimits",
      (SELECT count(*)::int FROM workspaces w WHERE w.owner_id = u.id AND w.deleted_at IS NULL) AS "ownedWorkspaces",
      (SELECT count(*)::int FROM members m JOIN workspaces w ON w.id = m.workspace_id AND w.deleted_at IS NULL
        WHERE m.user_id = u.id) AS memberships,
      u.created_at AS "createdAt"
    FROM users u
    WHERE strpos(lower(u.email || ' ' || coalesce(u.name, '')), ${words}) > 0
      ${before === undefined ? Prisma.empty : Prisma.sql`AND u.id < ${before}::uuid`}
    ORDER BY u.id DESC LIMIT ${limit + 1}`;
  return { users: rows.slice(0, limit), hasMore: rows.length > limit };
}
