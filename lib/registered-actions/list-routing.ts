import { POLICY_TYPES_THAT_NEVER_ASK } from "@/lib/domain/policy/policy-types";
import { getEnv } from "@/lib/env";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** Who is asked about the runs of an action, and for how long. */
export interface Routing {
  actionName: string;
  actionTitle: string;
  /** How many people the action names; null: it names none, so the workspace's are asked, or its owner. */
  people: number | null;
  windowMinutes: number;
}

const MOST = 6;

/** The active actions that can ask a person, by title: a policy that lets everything through or nothing asks nobody. */
export async function listRouting(ctx: WorkspaceContext): Promise<{ routing: Routing[]; more: number }> {
  await requirePermission(ctx, "run.read");
  const actions = await ctx.db.$queryRaw<{ name: string; title: string; people: number; minutes: number | null }[]>`
    SELECT a.name, a.title, coalesce(cardinality(a.approver_emails), 0) AS people, coalesce(a.approval_window_minutes, w.approval_window_minutes) AS minutes
    FROM registered_actions a JOIN workspaces w ON w.id = a.workspace_id
    JOIN policy_versions p ON p.action_id = a.id AND p.version = a.policy_version
    WHERE a.workspace_id = ${ctx.workspaceId}::uuid AND a.is_active AND p.policy_type <> ALL(${POLICY_TYPES_THAT_NEVER_ASK}::text[])
    ORDER BY lower(a.title), a.name`;
  const routing = actions.slice(0, MOST).map(({ name, title, people, minutes }) => ({
    actionName: name,
    actionTitle: title,
    people: people === 0 ? null : people,
    windowMinutes: minutes ?? getEnv().DAAI_APPROVAL_WINDOW_MINUTES,
  }));
  return { routing, more: actions.length - routing.length };
}
