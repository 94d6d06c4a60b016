import type { RuleSet } from "@/lib/domain/policy/rules/rule-set";
import type { ApprovalStage, RuleApprovers } from "@/lib/domain/runs/approvals";

export interface Stages {
  readonly approverEmails: readonly string[];
  readonly approverGroup?: string | null;
  readonly approvals: number;
  readonly laterStages: readonly ApprovalStage[];
  readonly ruleApprovers?: readonly RuleApprovers[];
  readonly policy?: { readonly rules: RuleSet | null } | undefined;
}

/** Who must say yes, in order; null where one yes is enough. */
export function stagesOfAction({ approverEmails, approverGroup = null, approvals, laterStages }: Stages): ApprovalStage[] | null {
  if (approvals === 1 && laterStages.length === 0) return null;
  return [{ approvals, people: approverEmails, ...(approverGroup !== null && { group: approverGroup }) }, ...laterStages];
}
