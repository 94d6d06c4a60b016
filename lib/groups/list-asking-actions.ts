import { type ActionWithPolicy, listActions } from "@/lib/registered-actions/list-actions";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import type { WorkspaceContext } from "@/lib/security/context";

/** The actions that ask this group in any stage or by any rule, in the order in which their rows are locked. */
export async function listAskingActions(ctx: WorkspaceContext, group: string): Promise<ActionWithPolicy[]> {
  const actions = (await listActions(ctx)).filter((action) => asks(action, group));
  return actions.sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Locks these actions, so that an edit at the same time is either read here or follows. */
export async function lockAskingActions({ db, workspaceId }: WorkspaceContext, group: string): Promise<void> {
  await db.$executeRaw`
    SELECT FROM registered_actions WHERE workspace_id = ${workspaceId}::uuid
      AND (approver_group = ${group} OR later_stages || rule_approvers @> jsonb_build_array(jsonb_build_object('group', ${group}::text))) ORDER BY id FOR NO KEY UPDATE`;
}

export function asks(action: ActionWithPolicy, group: string): boolean {
  const { approverGroup, laterStages, ruleApprovers } = settingsOf(action);
  return approverGroup === group || [...laterStages, ...ruleApprovers].some((stage) => stage.group === group);
}
