import type { JsonObject, JsonValue } from "@/lib/domain/json-value";

/** An action's settings, by their names in the audit log, with their labels, in the form's order. */
export const ACTION_FIELDS = {
  title: "Title",
  description: "Description",
  risk_level: "Risk",
  policy_type: "Policy",
  threshold: "Threshold",
  currency: "Currency",
  rules: "Rules",
  amount_field: "Amount field",
  currency_field: "Currency field",
  approvers: "Approvers",
  approver_group: "Approver group",
  approvals: "Approvals needed",
  later_stages: "Later stages",
  rule_approvers: "Approvers of rules",
  escalation: "Escalation contacts",
  approval_window_minutes: "Approval window",
  approval_valid_minutes: "Approval validity",
  ask_again_after_minutes: "Cool-down",
  changeable_fields: "Changeable fields",
  sentence: "Sentence",
  recipient_field: "Recipient field",
  requires_reject_comment: "Comment required to reject",
  requires_four_eyes: "Prevent self-approval",
  auto_releases_claims: "Safe to execute twice",
} as const;

export type ActionField = keyof typeof ACTION_FIELDS;
export type ActionState = Record<ActionField, JsonValue>;

export interface ActionChange {
  field: ActionField;
  before: JsonValue;
  after: JsonValue;
}

/** What differs between two states of an action. */
export function actionChanges(before: ActionState, after: ActionState): ActionChange[] {
  return fieldsOf(ACTION_FIELDS)
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

/** The same as the audit log keeps it: only what changed, from what to what. */
export function changesForAudit(changes: readonly ActionChange[]): { before: JsonObject; after: JsonObject } {
  return {
    before: Object.fromEntries(changes.map(({ field, before }) => [field, before])),
    after: Object.fromEntries(changes.map(({ field, after }) => [field, after])),
  };
}

/** Reads what changesForAudit wrote. */
export function changesFromAudit(before: JsonObject, after: JsonObject): ActionChange[] {
  return fieldsOf(ACTION_FIELDS)
    .filter((field) => Object.hasOwn(after, field))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}

// Object.keys forgets the literal names.
function fieldsOf(fields: typeof ACTION_FIELDS): ActionField[] {
  return Object.keys(fields) as ActionField[];
}
