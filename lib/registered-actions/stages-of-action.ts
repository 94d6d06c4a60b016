import type { ApprovalStage } from "@/lib/domain/runs/approvals";

export interface Stages {
  readonly approverEmails: readonly string[];
  readonly approverGroup?: string | null;
  readonly approvals: number;
  readonly laterStages: readonly ApprovalStage[];
}

/** Who must say yes, in order; null where one yes is enough. */
export function stagesOfAction({ approverEmails, approverGroup = null, approvals, laterStages }: Stages): ApprovalStage[] | null {
  if (approvals === 1 && laterStages.length === 0) return null;
  return [{ approvals, people: approverEmails, ...(approverGroup !== null && { group: approverGroup }) }, ...laterStages];
}
