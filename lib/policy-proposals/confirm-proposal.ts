import { lockMembers } from "@/lib/approvers/lock-members";
import type { ManagedBy } from "@/lib/contract/manage-actions";
import { inTransaction, rollBack } from "@/lib/db/transaction";
import { isPermitted, type Permission } from "@/lib/domain/access/permissions";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { checked } from "@/lib/domain/runs/checked-texts";
import { editGroup } from "@/lib/groups/edit-group";
import type { GroupEdit } from "@/lib/groups/schema";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import type { Confirmation } from "@/lib/registered-actions/propose-change";
import { recordManagedBy } from "@/lib/registered-actions/record-managed-by";
import { areApproversChanged } from "@/lib/registered-actions/refuse-approver-change";
import { restorePolicy } from "@/lib/registered-actions/restore-policy";
import { type ActionSettings, actionSchema } from "@/lib/registered-actions/schema";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { type MemberContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { endProposal, findPending, isOwnProposal, type ProposalWithSubject } from "./pending-proposal";
import { setPolicyRule } from "./set-policy-rule";

/**
 * A second person's yes: the proposed change is written now, by the same command as without the rule, so that all of its rules hold. Only in the state
 * that it was proposed for; otherwise it ends as stale. Roles stay as they are meanwhile.
 */
export function confirmProposal(ctx: MemberContext, { proposalId }: { proposalId: string }): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await lockMembers(inner);
    await requirePermission(inner, "policy_change.confirm");
    const proposal = await findPending(inner, proposalId);
    if ("ok" in proposal) return proposal;
    if (isOwnProposal(proposal, inner.actor.email))
      return refuse("not_permitted", "You proposed this change, so another owner or admin has to confirm it.");
    const refusal = await refuseLostProposer(inner, proposal);
    if (refusal) return refusal;
    const written = await write(inner, proposal);
    if (!written.ok) return written.code === "edit_conflict" ? endStale(inner, proposal) : written;
    const ended = await endProposal(inner, proposal, { as: "confirmed" });
    return ended.ok ? ended : rollBack(ended);
  });
}

async function endStale(ctx: MemberContext, proposal: ProposalWithSubject): Promise<Refusal> {
  const ended = await endProposal(ctx, proposal, { as: "stale" });
  if (!ended.ok) return ended;
  const what = proposal.group ? "group" : "action";
  return refuse("proposal_ended", `The ${what} was changed after this was proposed, so nothing was saved. Propose the change again.`);
}

/** Whoever may no longer change it can't have it changed by someone else's yes either. */
async function refuseLostProposer(ctx: MemberContext, proposal: ProposalWithSubject): Promise<Refusal | null> {
  const { db, workspaceId } = ctx;
  const { proposedBy } = proposal;
  if (proposedBy === null) return null;
  const member = await db.member.findFirst({ where: { workspaceId, user: { email: proposedBy, disabledAt: null } } });
  if (member && isPermitted(checked(member).role, await permissionFor(ctx, proposal))) return null;
  return refuse("not_permitted", `${proposedBy} proposed this and may no longer change it. Decline it, and propose it yourself.`);
}

async function permissionFor(ctx: MemberContext, { kind, change, action }: ProposalWithSubject): Promise<Permission> {
  if (kind === "group") return "approver.manage";
  if (kind === "rule") return "policy_rule.manage";
  const current = kind === "edit" && action ? await getAction(ctx, action.name) : null;
  const { settings } = change as unknown as { settings: ActionSettings };
  return current && areApproversChanged(settingsOf(current), settings) ? "approver.manage" : "action.manage";
}

async function write(ctx: MemberContext, { kind, change, base, proposedBy, action, groupId }: ProposalWithSubject) {
  const confirms: Confirmation = { proposedBy };
  if (kind === "rule") return setPolicyRule(ctx, { policyChangeNeedsAnotherPerson: false }, { confirms });
  if (kind === "group") return editGroup(ctx, { id: groupId ?? "", ...(change as Omit<GroupEdit, "id">) }, { confirms, base });
  const [name, configVersion] = [action?.name ?? "", Number(base)];
  if (kind === "activate") return setActionActive(ctx, { name, isActive: true, configVersion }, { confirms });
  if (kind === "restore") return restorePolicy(ctx, { name, configVersion, ...(change as { version: number }) }, { confirms });
  return writeEdit(ctx, change as { settings: unknown; managedBy?: ManagedBy | null }, configVersion, confirms);
}

async function writeEdit(
  ctx: MemberContext,
  { settings, managedBy }: { settings: unknown; managedBy?: ManagedBy | null },
  configVersion: number,
  confirms: Confirmation,
): Promise<{ ok: true } | Refusal> {
  const edited = await editAction(ctx, { ...actionSchema.parse(settings), configVersion }, { confirms: { ...confirms, settings } });
  if (!edited.ok || managedBy === undefined) return edited;
  return recordManagedBy(ctx, { settings: actionSchema.parse(settings), managedBy });
}
