import type { PolicyRule } from "@/lib/domain/policy/policy-types";
import { stagesOf } from "@/lib/domain/runs/approvals";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { ruleApproversText, stageText } from "./action-state";
import { policyRuleOf, ruleApproversOf } from "./policy-rule";

export interface ListedPolicyVersion {
  version: number;
  rule: PolicyRule;
  /** Who had to approve, in order: "2 of ann@example.com, ben@example.com"; then of rules. Empty: one approval was enough. */
  stages: readonly string[];
  /** A mail address, or "the operator" when the command line acted for nobody. */
  createdBy: string;
  createdAt: Date;
}

/** Every version of an action's policy, the newest first. */
export async function listPolicyVersions(ctx: WorkspaceContext, actionId: string): Promise<ListedPolicyVersion[]> {
  await requirePermission(ctx, "action.read");
  const versions = await ctx.db.policyVersion.findMany({ where: { workspaceId: ctx.workspaceId, actionId }, orderBy: { version: "desc" } });
  return versions.map((version) => ({
    version: version.version,
    rule: policyRuleOf(version),
    stages: [...(stagesOf(version) ?? []).map(stageText), ...ruleApproversOf(version).map(ruleApproversText)],
    createdBy: version.createdBy.includes("@") ? version.createdBy : "the operator",
    createdAt: version.createdAt,
  }));
}
