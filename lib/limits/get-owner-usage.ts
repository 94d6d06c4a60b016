import type { Db } from "@/lib/db/transaction";
import type { LimitName, Plan } from "@/lib/domain/access/limits";
import type { UserContext, WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { FOREVER } from "./count-up";
import { limitsOfOwner } from "./limits-of-owner";
import { nextMonth } from "./rate-limits";

/** One limit as people see it: how much of it is gone. */
export interface LimitUse {
  name: Extract<LimitName, "activeWorkspaces" | "activeActionsPerWorkspace" | "runsPerMonth" | "emailsPerMonth">;
  used: number;
  /** null: unlimited. */
  limit: number | null;
}

export interface OwnerUsage {
  /** Whose limits they are. */
  ownerId: string;
  plan: Plan;
  uses: LimitUse[];
  /** When the counts of runs and emails reset. */
  resetsAt: Date;
}

interface Row {
  plan: string | null;
  limit_overrides: unknown;
  now: Date;
  workspaces: number;
  actions: number | null;
  runs: number;
  emails: number;
}

/** What the person has used as an owner of workspaces. */
export function getMyUsage({ actor, db }: UserContext): Promise<OwnerUsage> {
  return readUsage(db, actor.userId, null);
}

/** Returns the usage of the workspace's owner and of the workspace's own limit. All members may see it, because it affects them all. */
export async function getWorkspaceUsage(ctx: WorkspaceContext): Promise<OwnerUsage> {
  await requirePermission(ctx, "run.read");
  const { workspaceId, db } = ctx;
  const { ownerId } = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { ownerId: true } });
  return readUsage(db, ownerId, workspaceId);
}

async function readUsage(db: Db, ownerId: string, workspaceId: string | null): Promise<OwnerUsage> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT u.plan, u.limit_overrides, statement_timestamp() AS now,
      daai_counted('active_workspaces', u.id::text, ${FOREVER}::timestamptz) AS workspaces,
      daai_counted('active_actions', ${workspaceId}::text, ${FOREVER}::timestamptz) AS actions,
      daai_counted('runs_per_month', u.id::text, date_trunc('month', statement_timestamp(), 'UTC')) AS runs,
      daai_counted('emails_per_month', u.id::text, date_trunc('month', statement_timestamp(), 'UTC')) AS emails
    FROM users u WHERE u.id = ${ownerId}::uuid`;
  if (!row) throw new Error("The owner has no account.");
  const { plan, limits } = limitsOfOwner({ plan: row.plan, limitOverrides: row.limit_overrides });
  const limitUse = (name: LimitUse["name"], used: number): LimitUse => ({ name, used, limit: limits[name] });
  return {
    ownerId,
    plan,
    resetsAt: nextMonth(row.now),
    uses: [
      limitUse("activeWorkspaces", row.workspaces),
      ...(workspaceId === null ? [] : [limitUse("activeActionsPerWorkspace", row.actions ?? 0)]),
      limitUse("runsPerMonth", row.runs),
      limitUse("emailsPerMonth", row.emails),
    ],
  };
}
