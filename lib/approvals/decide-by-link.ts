import { decisionLinkContext } from "@/lib/auth/contexts";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { Decision } from "@/lib/domain/runs/statuses";
import type { GrantInput } from "@/lib/grants/schema";
import type { VisitorContext } from "@/lib/security/context";
import { decideRun } from "./decide-run";
import { findLinkByToken, getDecisionByToken, refuseClosedLink, refuseUnknownLink } from "./get-decision-by-token";
import type { DecidedRun } from "./write-decision";

/**
 * Records an approver's decision through the emailed link. Approving needs `confirm`, because a robot that opens links and presses the
 * first button doesn't take the second step. Late approvers get who decided, and what.
 */
export async function decideByLink(
  ctx: VisitorContext,
  token: string,
  { decision, comment, confirm, grant = null }: { decision: Decision; comment: string | null; confirm: boolean; grant?: GrantInput | null },
): Promise<{ ok: true; run: DecidedRun } | Refusal> {
  if (decision === "approve" && !confirm) {
    return refuse("validation_failed", "Approving takes a second step: confirm that you've checked the request.", {
      fields: { errors: [{ path: "confirm", message: "confirm must be true to approve." }] },
    });
  }
  const link = await findLinkByToken(ctx, token);
  if (!link) return refuseUnknownLink();
  const refusal = await refuseClosedLink(ctx, link);
  if (refusal) return refusal;
  const { runId } = link.approvalRequest;
  const outcome = await decideRun(decisionLinkContext(link, ctx.db), { runId, decision, comment, grant });
  if (outcome.ok) return outcome;
  // Someone else decided first. The link's new state says who.
  const closed = await getDecisionByToken(ctx, token);
  return closed.ok ? outcome : closed;
}
