import type { ApprovalStage, RuleApprovers } from "@/lib/domain/runs/approvals";

export interface Stages {
  readonly approverEmails: readonly string[];
  readonly approverGroup?: string | null;
  readonly approvals: number;
  readonly laterStages: readonly ApprovalStage[];
}

/** Who must say yes, in order; null where one yes is enough. `own`: the approvers of the rule that asks, if it has some. */
export function stagesOfAction(
  { approverEmails, approverGroup = null, approvals, laterStages }: Stages,
  own: RuleApprovers | null = null,
): ApprovalStage[] | null {
  if (own) return own.approvals === 1 ? null : [{ approvals: own.approvals, people: own.people }];
  if (approvals === 1 && laterStages.length === 0) return null;
  return [{ approvals, people: approverEmails, ...(approverGroup !== null && { group: approverGroup }) }, ...laterStages];
}
