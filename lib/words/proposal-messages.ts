import { ACTION_FIELDS, type ActionChange } from "@/lib/domain/policy/action-changes";
import type { ProposalKind } from "@/lib/domain/policy/policy-proposals";
import { valueLabel } from "./action-value-labels";

/** What a proposal is, in a list: "Change of Refund a customer". */
export function proposalTitle({
  kind,
  action,
  group,
}: {
  kind: ProposalKind;
  action: { title: string } | null;
  group: string | null;
}): string {
  switch (kind) {
    case "edit":
      return `Change of ${action?.title ?? "an action"}`;
    case "restore":
      return `Earlier policy of ${action?.title ?? "an action"}`;
    case "activate":
      return `Activation of ${action?.title ?? "an action"}`;
    case "group":
      return `Change of the group ${group ?? ""}`;
    case "rule":
      return "End of the second person for policy changes";
  }
}

/** Who proposed it. */
export function proposerText(proposedBy: string | null): string {
  return proposedBy ?? "The operator";
}

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

export const PROPOSED_TOAST = {
  tone: "ok",
  title: "Change proposed",
  children: "Nothing was changed yet. Another owner or admin has to confirm it.",
} as const;
