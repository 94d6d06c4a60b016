import type { ProposalKind } from "@/lib/domain/policy/policy-proposals";

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

export const PROPOSED_TOAST = {
  tone: "ok",
  title: "Change proposed",
  children: "Nothing was changed yet. Another owner or admin has to confirm it.",
} as const;
