import type { ActionChange, ActionField } from "./action-changes";

/** What can wait for a second person: new settings of an action, a policy of before, an action's activation, a group's members, and the end of the rule. */
export const PROPOSAL_KINDS = ["edit", "restore", "activate", "group", "rule"] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

export const PROPOSAL_STATUSES = ["pending", "confirmed", "declined", "withdrawn", "replaced", "stale"] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

/** What no policy reads and what doesn't say who approves. */
const FREE_FIELDS: ReadonlySet<ActionField> = new Set<ActionField>([
  "title",
  "description",
  "sentence",
  "approval_window_minutes",
  "approval_valid_minutes",
  "ask_again_after_minutes",
  "requires_reject_comment",
  "auto_releases_claims",
]);

/** Whether changes of an action change what is decided about it, or by whom. */
export function changesDecisions(changes: readonly Pick<ActionChange, "field">[]): boolean {
  return changes.some(({ field }) => !FREE_FIELDS.has(field));
}
