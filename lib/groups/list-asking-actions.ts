import { type ActionWithPolicy, listActions } from "@/lib/registered-actions/list-actions";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import type { WorkspaceContext } from "@/lib/security/context";

/** The actions that ask this group in any stage, in the order in which their rows are locked. */
export async function listAskingActions(ctx: WorkspaceContext, group: string): Promise<ActionWithPolicy[]> {
  const actions = (await listActions(ctx)).filter((action) => asks(action, group));
  return actions.sort((one, other) => (one.id < other.id ? -1 : 1));
}

export function asks(action: ActionWithPolicy, group: string): boolean {
  const { approverGroup, laterStages } = settingsOf(action);
  return approverGroup === group || laterStages.some((stage) => stage.group === group);
}
