import { isDeepStrictEqual } from "node:util";
import { type ActionChange, actionChanges } from "@/lib/domain/policy/action-changes";
import type { ProposalKind } from "@/lib/domain/policy/policy-proposals";
import { groupBase, groupState } from "@/lib/groups/group-base";
import { actionState } from "@/lib/registered-actions/action-state";
import { type ActionWithPolicy, getAction } from "@/lib/registered-actions/list-actions";
import { policySettingsOf } from "@/lib/registered-actions/policy-rule";
import { type ActionSettings, type Draft, draftOf } from "@/lib/registered-actions/schema";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import type { MemberContext, WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { isOwnProposal, type ProposalWithSubject, withSubject } from "./pending-proposal";

export interface PendingProposal {
  id: string;
  kind: ProposalKind;
  /** null: the operator at the command line. */
  proposedBy: string | null;
  isOwn: boolean;
  at: Date;
  comment: string | null;
  actionId: string | null;
  groupId: string | null;
  /** What it would change was changed since, so it can't be confirmed. */
  isStale: boolean;
  /** From what to what, of an action. */
  changes: ActionChange[];
  /** What the action would decide by, for a backtest; null where the policy stays. */
  draft: Draft | null;
  /** The version that would be restored. */
  version: number | null;
  /** What a group would be. */
  group: { name: string; members: string[] } | null;
}

/** The workspace's pending proposals: those about one action, or about groups, or about the rule itself. */
export async function listProposals(
  ctx: MemberContext,
  about: { actionId: string } | { kind: "group" | "rule" },
): Promise<PendingProposal[]> {
  await requirePermission(ctx, "action.read");
  const { db, workspaceId } = ctx;
  const proposals = await db.policyProposal.findMany({
    where: { workspaceId, ...about, status: "pending" },
    include: withSubject,
    orderBy: { id: "asc" },
  });
  return Promise.all(
    proposals.map(async (proposal) => ({ ...(await describeProposal(ctx, proposal)), isOwn: isOwnProposal(proposal, ctx.actor.email) })),
  );
}

/** A pending proposal, whoever reads it. */
export async function describeProposal(ctx: WorkspaceContext, proposal: ProposalWithSubject): Promise<Omit<PendingProposal, "isOwn">> {
  const { id, proposedBy, createdAt: at, comment, actionId, groupId, change } = proposal;
  const kind = proposal.kind as ProposalKind;
  const action = proposal.action && (await getAction(ctx, proposal.action.name));
  const settings = action && (await proposedSettings(ctx, action, proposal));
  const before = action && settingsOf(action);
  const changes = before && settings ? actionChanges(actionState(before), actionState(settings)) : [];
  const draft = before && settings && !isDeepStrictEqual(draftOf(before), draftOf(settings)) ? draftOf(settings) : null;
  return {
    id,
    kind,
    proposedBy,
    at,
    comment,
    actionId,
    groupId,
    isStale: baseNow(action, proposal) !== proposal.base,
    changes,
    draft,
    version: kind === "restore" ? (change as { version: number }).version : null,
    group: kind === "group" ? (change as { name: string; members: string[] }) : null,
  };
}

/** The state of what it would change. That of the rule is the proposal itself, which ends with it. */
function baseNow(action: ActionWithPolicy | null, { group, base }: ProposalWithSubject): string {
  if (action) return String(action.configVersion);
  return group ? groupBase(groupState(group)) : base;
}

async function proposedSettings(
  ctx: WorkspaceContext,
  action: ActionWithPolicy,
  { kind, change }: ProposalWithSubject,
): Promise<ActionSettings | null> {
  if (kind === "edit") return (change as unknown as { settings: ActionSettings }).settings;
  if (kind !== "restore") return null;
  const { version } = change as { version: number };
  const old = await ctx.db.policyVersion.findUniqueOrThrow({ where: { actionId_version: { actionId: action.id, version } } });
  return { ...settingsOf(action), policy: policySettingsOf(old) };
}
