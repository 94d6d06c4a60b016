import { listOwnerEmails } from "@/lib/approvers/list-owner-emails";
import { Prisma } from "@/lib/db/generated/client";
import type { WorkspaceContext } from "@/lib/security/context";

interface Routing {
  action_approvers: string[];
  workspace_approvers: string[];
  action_escalation: string[];
  workspace_escalation: string[];
}

/** Everyone named by the action or the workspace, in the order in which they would be asked, then the owners. In a stage, only its people. */
export async function listRouting(ctx: WorkspaceContext, runId: string): Promise<string[]> {
  const routing = await readRouting(ctx, runId);
  return [
    ...routing.action_approvers,
    ...routing.workspace_approvers,
    ...routing.action_escalation,
    ...routing.workspace_escalation,
    ...(await listOwnerEmails(ctx)),
  ];
}

/**
 * Returns who would be asked first if the run were proposed now: the first non-empty list of the action's (in a stage, its people), the workspace's and its owners.
 */
export async function listFirstAsked(ctx: WorkspaceContext, runId: string): Promise<string[]> {
  const { action_approvers: own, workspace_approvers: general } = await readRouting(ctx, runId);
  return [own, general].find((emails) => emails.length > 0) ?? (await listOwnerEmails(ctx));
}

/** Whom the action lists, or the rule that asks: where several approvals are needed, for the stage that the request is in. */
const ownPeople = Prisma.sql`CASE WHEN request.stages IS NULL THEN lists.own ELSE daai_people_of_stage(request.stages, request.stage, lists.own, lists.later) END`;

/** Without people who left the workspace, in case a list still names them. */
async function readRouting({ db, workspaceId }: WorkspaceContext, runId: string): Promise<Routing> {
  const [routing] = await db.$queryRaw<Routing[]>`
    SELECT
      daai_without_former(w.id, ${ownPeople}) AS action_approvers,
      CASE WHEN request.stage > 1 THEN '{}' ELSE daai_without_former(w.id, w.approver_emails) END AS workspace_approvers,
      daai_without_former(w.id, coalesce(action.escalation_emails, '{}')) AS action_escalation,
      daai_without_former(w.id, w.escalation_emails) AS workspace_escalation
    FROM action_runs run JOIN workspaces w ON w.id = run.workspace_id LEFT JOIN registered_actions action ON action.id = run.action_id
    LEFT JOIN approval_requests request ON request.workspace_id = run.workspace_id AND request.run_id = run.id
    CROSS JOIN LATERAL (
      SELECT coalesce(daai_own_people(action.approver_emails, action.rule_approvers, request.asked_rule), '{}') AS own,
        coalesce(daai_own_later_stages(action.later_stages, action.rule_approvers, request.asked_rule), '[]') AS later) lists
    WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ${runId}::uuid`;
  if (!routing) throw new Error(`There is no run ${runId} in workspace ${workspaceId}.`);
  return routing;
}
