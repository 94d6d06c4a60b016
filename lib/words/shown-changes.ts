import { ACTION_FIELDS, type ActionChange } from "@/lib/domain/policy/action-changes";
import { valueLabel } from "./action-value-labels";

/** One setting that a change would set, beside what is set now. */
export interface ShownChange {
  label: string;
  before: string;
  after: string;
}

export function actionChangesShown(changes: readonly ActionChange[]): ShownChange[] {
  return changes.map(({ field, before, after }) => ({
    label: ACTION_FIELDS[field],
    before: valueLabel(field, before),
    after: valueLabel(field, after),
  }));
}

/** What differs between a group and what is proposed of it. Its members are lines. */
export function groupChangesShown(now: NamedMembers, proposed: NamedMembers): ShownChange[] {
  return [
    { label: "Name", before: now.name, after: proposed.name },
    { label: "Members", before: now.members.join("\n"), after: proposed.members.join("\n") },
  ].filter(({ before, after }) => before !== after);
}

interface NamedMembers {
  readonly name: string;
  readonly members: readonly string[];
}
