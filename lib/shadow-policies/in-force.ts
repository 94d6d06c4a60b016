import { ACTION_FIELDS, actionChanges } from "@/lib/domain/policy/action-changes";
import { actionState } from "@/lib/registered-actions/action-state";
import type { ActionSettings, Draft } from "@/lib/registered-actions/schema";
import { policySummary } from "@/lib/words/policy-labels";
import { actionChangesShown, type ShownChange } from "@/lib/words/shown-changes";

/** An action's settings with its shadow policy in force. What approvers may change wasn't tried in shadow, so it stays the action's. */
export function settingsInForce(settings: ActionSettings, draft: Draft): ActionSettings {
  const { changeableFields } = settings.policy;
  return { ...settings, ...draft, policy: { ...draft.policy, changeableFields } };
}

/** What that would change of the action: the policy in short, unless that reads the same. */
export function changesInForce(settings: ActionSettings, draft: Draft): ShownChange[] {
  const changes = actionChanges(actionState(settings), actionState(settingsInForce(settings, draft)));
  const [before, after] = [policySummary(settings.policy), policySummary(draft.policy)];
  if (before === after) return actionChangesShown(changes);
  const beside = changes.filter(({ field }) => field === "risk_level" || field === "recipient_field");
  return [{ label: ACTION_FIELDS.policy_type, before, after }, ...actionChangesShown(beside)];
}
