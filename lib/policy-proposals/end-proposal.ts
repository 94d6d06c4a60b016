import { inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { type MemberContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { endProposal, findPending, isOwnProposal } from "./pending-proposal";

/** The no of somebody who could confirm it. */
export function declineProposal(
  ctx: MemberContext,
  { proposalId, comment }: { proposalId: string; comment: string | null },
): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "policy_change.confirm");
    const proposal = await findPending(inner, proposalId);
    if ("ok" in proposal) return proposal;
    if (isOwnProposal(proposal, inner.actor.email)) return refuse("not_permitted", "You proposed this change. Withdraw it instead.");
    return endProposal(inner, proposal, { as: "declined", comment });
  });
}

/** Whoever proposed it changes their mind, also after losing their role. */
export function withdrawProposal(ctx: MemberContext, { proposalId }: { proposalId: string }): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "action.read");
    const proposal = await findPending(inner, proposalId);
    if ("ok" in proposal) return proposal;
    if (!isOwnProposal(proposal, inner.actor.email))
      return refuse("not_permitted", "Only the person who proposed this change can withdraw it. Owners and admins can decline it.");
    return endProposal(inner, proposal, { as: "withdrawn" });
  });
}
