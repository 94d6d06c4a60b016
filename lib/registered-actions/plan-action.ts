import type { ManagedBy } from "@/lib/contract/manage-actions";
import type { JsonValue } from "@/lib/domain/json-value";
import { ACTION_FIELDS, type ActionState, actionChanges } from "@/lib/domain/policy/action-changes";
import { managedByText } from "@/lib/domain/policy/managed-by-text";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";
import { managedByOf } from "./action-document";
import { actionState } from "./action-state";
import { decidesTheSame } from "./compare-drafts";
import { type ActionWithPolicy, getAction } from "./list-actions";
import { NO_APPROVERS, refuseFormerApprovers } from "./refuse-approver-change";
import { type ActionSettings, actionSchema, draftOf } from "./schema";
import { settingsOf } from "./settings-of";
import { refuseNewEmptyGroup, withGroupMembers } from "./with-group-members";

export interface PlannedChange {
  field: string;
  label: string;
  before: JsonValue;
  after: JsonValue;
}

/**
 * What saving an action with these settings would change, or why they aren't valid. Whoever only looks needs no permission to save them. Nothing is
 * stored.
 */
export async function planAction(
  ctx: WorkspaceContext,
  { settings: given, managedBy }: { settings: ActionSettings; managedBy: ManagedBy | null | undefined },
): Promise<{ ok: true; current: ActionWithPolicy | null; changes: PlannedChange[]; changesDecisions: boolean } | Refusal> {
  const settings = await withGroupMembers(ctx, given, { mayBeEmpty: true });
  if ("ok" in settings) return settings;
  const current = await getAction(ctx, settings.name);
  const approvers = current === null ? NO_APPROVERS : settingsOf(current);
  const refusal = refuseNewEmptyGroup(approvers, settings) ?? (await refuseFormerApprovers(ctx, approvers, settings));
  if (refusal) return refusal;
  const before = current === null ? unregistered(settings.name) : actionState(settingsOf(current));
  const changes: PlannedChange[] = actionChanges(before, actionState(settings)).map(({ field, ...values }) => ({
    field,
    label: ACTION_FIELDS[field],
    before: current === null ? null : values.before,
    after: values.after,
  }));
  const wasManaged = current && managedByOf(current);
  const willBeManaged = managedBy === undefined ? wasManaged : managedBy;
  const [managedBefore, managedAfter] = [wasManaged, willBeManaged].map((one) => (one ? managedByText(one) : null));
  const isRecordedAnew = managedBefore !== managedAfter || (managedBy && wasManaged?.is_current === false);
  if (isRecordedAnew)
    changes.push({ field: "managed_by", label: "Managed by", before: managedBefore ?? null, after: managedAfter ?? null });
  const changesDecisions = current !== null && !decidesTheSame(draftOf(settingsOf(current)), draftOf(settings));
  return { ok: true, current, changes, changesDecisions };
}

/** Of an action that there isn't yet: what is at its default isn't worth a line. */
function unregistered(name: string): ActionState {
  const defaults = actionSchema.parse({ name, title: name, policy: { type: "always_allow" } });
  return { ...actionState(defaults), title: null, policy_type: null };
}
