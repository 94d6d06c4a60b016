import { isDeepStrictEqual } from "node:util";
import { v7 as uuidv7 } from "uuid";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { JsonObject } from "@/lib/domain/json-value";
import type { ProposalKind } from "@/lib/domain/policy/policy-proposals";
import { publishChange } from "@/lib/live/publish-change";
import type { WorkspaceContext } from "@/lib/security/context";
import { endPendingProposal, proposalSubject } from "./end-pending-proposal";
import { personActing } from "./person-acting";
import { emailConfirmers, emailProposer } from "./policy-mail";

/** Given to a command by a second person's yes alone: whose proposal it writes now. */
export interface Confirmation {
  readonly proposedBy: string | null;
  /** An edit's settings as they were confirmed. */
  readonly settings?: unknown;
}

export interface Proposal {
  readonly kind: ProposalKind;
  readonly actionId?: string;
  readonly groupId?: string;
  /** Of the action or the group. */
  readonly name: string | null;
  readonly change: object;
  /** The state that it would change. */
  readonly base: string;
  readonly comment?: string | null | undefined;
  /** From what to what, for the activity. */
  readonly differences?: { before: JsonObject; after: JsonObject };
}

/** Whether the workspace asks for a second person before a change of what policies decide. */
export async function needsAnotherPerson({ db, workspaceId }: WorkspaceContext): Promise<boolean> {
  const workspace = await db.workspace.findUnique({ where: { id: workspaceId }, select: { policyChangeNeedsAnotherPerson: true } });
  return workspace?.policyChangeNeedsAnotherPerson ?? false;
}

/**
 * Stores a change until a second person confirms it, in place of what is pending about the same action, group or rule. The caller holds the lock of that.
 * Proposing what the same person has proposed already changes nothing, unless they say something else about it.
 */
export async function proposeChange(ctx: WorkspaceContext, proposal: Proposal): Promise<string> {
  const { db, workspaceId } = ctx;
  const { kind, actionId = null, groupId = null, name, base, comment = null, differences } = proposal;
  const change = asStored(proposal.change);
  const proposedBy = personActing(ctx);
  const pending = await db.policyProposal.findFirst({ where: { workspaceId, actionId, groupId, status: "pending" } });
  if (pending) {
    const saysNothingNew = comment === null || comment === pending.comment;
    const isSame = pending.kind === kind && pending.base === base && pending.proposedBy === proposedBy;
    if (isSame && saysNothingNew && isDeepStrictEqual(pending.change, change)) return pending.id;
    if (await endPendingProposal(ctx, pending, { as: "replaced", name })) await emailProposer(ctx, pending, proposedBy);
  }
  const id = uuidv7();
  await db.policyProposal.create({ data: { id, workspaceId, kind, actionId, groupId, change, base, proposedBy, comment } });
  await recordAuditEvent(ctx, {
    verb: "proposal.made",
    ...proposalSubject({ workspaceId, actionId, groupId }),
    data: { kind, name, proposal_id: id, comment, ...differences },
  });
  await emailConfirmers(ctx, { id, proposedBy });
  await publishChange(db, workspaceId, "actions");
  return id;
}

/** As the database gives it back. */
export function asStored(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
