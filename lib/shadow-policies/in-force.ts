import { ACTION_FIELDS, type ActionField, actionChanges } from "@/lib/domain/policy/action-changes";
import { actionState } from "@/lib/registered-actions/action-state";
import type { ActionSettings, Draft } from "@/lib/registered-actions/schema";
import { policySummary } from "@/lib/words/policy-labels";
import { actionChangesShown, type ShownChange } from "@/lib/words/shown-changes";

/** An action's settings with its shadow policy in force. What approvers may change wasn't tried in shadow, so it stays the action's. */
export function settingsInForce(settings: ActionSettings, draft: Draft): ActionSettings {
  const { changeableFields } = settings.policy;
  return { ...settings, ...draft, policy: { ...draft.policy, changeableFields } };
}

/** What a policy in short may be instead of: it has some of each. */
const IN_SUMMARY: ReadonlySet<ActionField> = new Set<ActionField>(["policy_type", "threshold", "currency", "rules"]);

/** What that would change of the action: the policy in short, unless that reads the same, and what else differs. */
export function changesInForce(settings: ActionSettings, draft: Draft): ShownChange[] {
  const changes = actionChanges(actionState(settings), actionState(settingsInForce(settings, draft)));
  const [before, after] = [policySummary(settings.policy), policySummary(draft.policy)];
  if (before === after) return actionChangesShown(changes);
  const beside = changes.filter(({ field }) => !IN_SUMMARY.has(field));
  return [{ label: ACTION_FIELDS.policy_type, before, after }, ...actionChangesShown(beside)];
}
