import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";
import { listActionChanges } from "./list-action-changes";
import type { ActionWithPolicy } from "./list-actions";
import { settingsOf } from "./settings-of";

/** For who saves second: who was faster, when, and the action as it is now, so that nothing of either is lost. */
export async function refuseEditConflict(ctx: WorkspaceContext, current: ActionWithPolicy): Promise<Refusal> {
  const [last] = await listActionChanges(ctx, current.id, { limit: 1 });
  const who = last?.by ?? "Someone";
  return refuse("edit_conflict", `${who} changed this action after you opened it, so nothing was saved yet.`, {
    fields: {
      changed_by: who,
      changed_at: last?.at.toISOString() ?? null,
      config_version: current.configVersion,
      current: { ...settingsOf(current), policy: { ...settingsOf(current).policy } },
    },
  });
}
