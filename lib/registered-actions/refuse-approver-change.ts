import { isDeepStrictEqual } from "node:util";
import { refuseFormerMembers } from "@/lib/approvers/refuse-former-members";
import type { RuleSet } from "@/lib/domain/policy/rules/rule-set";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { ApprovalStage, RuleApprovers } from "@/lib/domain/runs/approvals";
import type { WorkspaceContext } from "@/lib/security/context";
import { hasPermission } from "@/lib/security/require-permission";
import { ruleAskPath } from "./approval-stages";

interface Approvers {
  readonly approverEmails: readonly string[];
  readonly approverGroup: string | null;
  readonly approvals: number;
  readonly laterStages: readonly ApprovalStage[];
  readonly ruleApprovers: readonly RuleApprovers[];
  readonly escalationEmails: readonly string[];
  readonly requiresFourEyes: boolean;
}

/** What an action is registered with by those who may not say who approves: the workspace's approvers are asked. */
export const NO_APPROVERS: Approvers = {
  approverEmails: [],
  approverGroup: null,
  approvals: 1,
  laterStages: [],
  ruleApprovers: [],
  escalationEmails: [],
  requiresFourEyes: false,
};

/**
 * People who write the agent must not choose who approves it, so developers can't change approvers, how many of them are needed, or self-approval. Nobody can name
 * someone who has left.
 */
export async function refuseApproverChange(
  ctx: WorkspaceContext,
  before: Approvers,
  after: Parameters<typeof refuseFormerApprovers>[2],
): Promise<Refusal | null> {
  if (!areApproversChanged(before, after)) return null;
  if (await hasPermission(ctx, "approver.manage")) return refuseFormerApprovers(ctx, before, after);
  return ctx.actor.type === "management_key"
    ? refuse(
        "missing_scope",
        "Changing an action’s approvers, or whether it prevents self-approval, needs a key with the scope approvers:write.",
      )
    : refuse("not_permitted", "Only owners and admins can change an action’s approvers and whether it prevents self-approval.");
}

/** The part that holds for everyone. */
export async function refuseFormerApprovers(
  ctx: WorkspaceContext,
  before: Approvers,
  after: Approvers & { readonly policy: { readonly rules: RuleSet | null } },
): Promise<Refusal | null> {
  if (!areApproversChanged(before, after)) return null;
  const { approverEmails, laterStages, ruleApprovers, escalationEmails, policy } = after;
  const later = laterStages.map(({ people }, index) => [`laterStages.${index}.people`, people] as const);
  const ofRules = ruleApprovers.map(({ rule, people }) => [[...ruleAskPath(policy, rule), "people"].join("."), people] as const);
  return refuseFormerMembers(ctx, { approverEmails, escalationEmails, ...Object.fromEntries([...later, ...ofRules]) });
}

export function areApproversChanged(before: Approvers, after: Approvers): boolean {
  return !(
    isDeepStrictEqual(before.approverEmails, after.approverEmails) &&
    before.approverGroup === after.approverGroup &&
    before.approvals === after.approvals &&
    isDeepStrictEqual(before.laterStages, after.laterStages) &&
    isDeepStrictEqual(before.ruleApprovers, after.ruleApprovers) &&
    isDeepStrictEqual(before.escalationEmails, after.escalationEmails) &&
    before.requiresFourEyes === after.requiresFourEyes
  );
}
