import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { endLostGrants } from "@/lib/approvers/end-lost-grants";
import { reassignRequests } from "@/lib/approvers/reassign-requests";
import { withdrawApprover } from "@/lib/approvers/withdraw-approver";
import { revokeShare } from "@/lib/receipts/sharing/revoke-share";
import type { WorkspaceContext } from "@/lib/security/context";
import { liveKeysOf, liveSharesOf } from "./get-member-rights";

export interface EndedRights {
  actions: number;
  /** Pending runs about which others are asked, by the approval routing. */
  runs: number;
  /** Pending runs that were reassigned to one person. */
  reassigned: number;
  keys: number;
  shares: number;
}

/**
 * Ends the rights of someone who leaves or whose account is disabled, in the same transaction. Removes their address from all approver
 * lists and groups, and withdraws their open requests. Others may depend on their keys and shared links, so these end only on request.
 */
export async function endRights(
  ctx: WorkspaceContext,
  {
    email,
    reason,
    revokesKeys = false,
    revokesShares = false,
    reassignTo,
  }: {
    email: string;
    reason: "left" | "disabled";
    revokesKeys?: boolean | undefined;
    revokesShares?: boolean | undefined;
    reassignTo?: string | undefined;
  },
): Promise<EndedRights> {
  const { db, workspaceId } = ctx;
  // Before their address leaves the lists. What the other person can't take over goes the usual way.
  const reassigned = reassignTo === undefined ? [] : await reassignRequests(ctx, { from: email, to: reassignTo });
  // Raises the versions, so that every cached decision snapshot, which includes the lists, is read again. An action's file names groups, not
  // who is in them: where they were asked as members of groups alone, the action stays as its file says.
  await db.$executeRaw`
    UPDATE workspaces SET config_version = config_version + 1, approver_emails = daai_without_former(id, approver_emails),
      escalation_emails = daai_without_former(id, escalation_emails) WHERE id = ${workspaceId}::uuid`;
  const actions = await db.$executeRaw`
    UPDATE registered_actions a SET config_version = config_version + 1, approver_emails = daai_without_former(workspace_id, approver_emails),
      escalation_emails = daai_without_former(workspace_id, escalation_emails),
      later_stages = daai_stages_without_former(workspace_id, later_stages),
      rule_approvers = daai_stages_without_former(workspace_id, rule_approvers),
      managed_config_version = managed_config_version + CASE WHEN managed_config_version = config_version AND NOT EXISTS (
        SELECT FROM unnest(CASE WHEN a.approver_group IS NULL THEN a.approver_emails ELSE '{}' END || a.escalation_emails
          || daai_stage_people(jsonb_path_query_array(a.later_stages || a.rule_approvers, '$[*] ? (!exists(@.group))'))) named
        WHERE daai_person(named) = daai_person(${email})) THEN 1 ELSE 0 END
    WHERE a.workspace_id = ${workspaceId}::uuid
      AND EXISTS (SELECT FROM unnest(a.approver_emails || a.escalation_emails || daai_stage_people(a.later_stages || a.rule_approvers)) listed WHERE daai_person(listed) = daai_person(${email}))`;
  await db.$executeRaw`
    DELETE FROM approver_group_members one USING users u
    WHERE one.workspace_id = ${workspaceId}::uuid AND u.id = one.user_id AND daai_person(u.email) = daai_person(${email})`;
  const runs = await withdrawApprover(ctx, { email, reason });
  await endLostGrants(ctx);
  const keys = revokesKeys ? await liveKeysOf(ctx, email) : [];
  for (const { id } of keys) await revokeApiKey(ctx, id);
  const shares = revokesShares ? await liveSharesOf(ctx, email) : [];
  for (const { id } of shares) await revokeShare(ctx, id);
  return { actions, runs, reassigned: reassigned.length, keys: keys.length, shares: shares.length };
}
