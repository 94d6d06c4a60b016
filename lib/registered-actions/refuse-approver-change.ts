import { isDeepStrictEqual } from "node:util";
import { refuseFormerMembers } from "@/lib/approvers/refuse-former-members";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { ApprovalStage } from "@/lib/domain/runs/approvals";
import type { WorkspaceContext } from "@/lib/security/context";
import { hasPermission } from "@/lib/security/require-permission";

interface Approvers {
  readonly approverEmails: readonly string[];
  readonly approverGroup: string | null;
  readonly approvals: number;
  readonly laterStages: readonly ApprovalStage[];
  readonly escalationEmails: readonly string[];
  readonly requiresFourEyes: boolean;
}

/** What an action is registered with by those who may not say who approves: the workspace's approvers are asked. */
export const NO_APPROVERS: Approvers = {
  approverEmails: [],
  approverGroup: null,
  approvals: 1,
  laterStages: [],
  escalationEmails: [],
  requiresFourEyes: false,
};

/**
 * People who write the agent must not choose who approves it, so developers can't change approvers, how many of them are needed, or self-approval. Nobody can name
 * someone who has left.
 */
export async function refuseApproverChange(ctx: WorkspaceContext, before: Approvers, after: Approvers): Promise<Refusal | null> {
  const { approverEmails, approverGroup, approvals, laterStages, escalationEmails, requiresFourEyes } = after;
  const isSame =
    isDeepStrictEqual(before.approverEmails, approverEmails) &&
    before.approverGroup === approverGroup &&
    before.approvals === approvals &&
    isDeepStrictEqual(before.laterStages, laterStages) &&
    isDeepStrictEqual(before.escalationEmails, escalationEmails) &&
    before.requiresFourEyes === requiresFourEyes;
  if (isSame) return null;
  if (!(await hasPermission(ctx, "approver.manage"))) {
    return refuse("not_permitted", "Only owners and admins can change an action’s approvers and whether it prevents self-approval.");
  }
  const later = laterStages.map(({ people }, index) => [`laterStages.${index}.people`, people] as const);
  return refuseFormerMembers(ctx, { approverEmails, escalationEmails, ...Object.fromEntries(later) });
}
