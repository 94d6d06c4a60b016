import type { ApprovalStage, RuleApprovers } from "./approvals";

/**
 * Which rule's own approvers are asked; null: the action's. Usually one rule asks. Where some couldn't be read, every rule that might have asked
 * counts, and whoever needs the most approvals is asked, so that what can't be read never needs fewer people. null in `asking`: what
 * happens when no rule applies.
 */
export function approversOfRules(
  asking: readonly (string | null)[],
  {
    ruleApprovers,
    approvals,
    laterStages,
  }: { ruleApprovers: readonly RuleApprovers[]; approvals: number; laterStages: readonly ApprovalStage[] },
): RuleApprovers | null {
  const named = asking.map((rule) => ruleApprovers.find((one) => one.rule === rule) ?? null);
  const own = named.filter((one) => one !== null);
  const strictest = own.find((one) => own.every((other) => other.approvals <= one.approvals)) ?? null;
  // The action's own approvers are asked by a rule that names nobody.
  const general = named.includes(null) ? neededApprovals([{ approvals }, ...laterStages]) : 0;
  return strictest === null || general > strictest.approvals ? null : strictest;
}

/** How many must say yes in all. */
export function neededApprovals(stages: readonly Pick<ApprovalStage, "approvals">[]): number {
  return stages.reduce((sum, { approvals }) => sum + approvals, 0);
}
