import { decisionLinkContext } from "@/lib/auth/contexts";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { VisitorContext } from "@/lib/security/context";
import { decideRun } from "./decide-run";
import { findLinkByToken, getDecisionByToken, refuseClosedLink, refuseUnknownLink } from "./get-decision-by-token";
import type { DecidedRun, PersonalDecision } from "./write-decision";

/**
 * Records an approver's decision through the emailed link. Approving needs `confirm`, because a robot that opens links and presses the
 * first button doesn't take the second step. Late approvers get who decided, and what.
 */
export async function decideByLink(
  ctx: VisitorContext,
  token: string,
  { confirm, ...answer }: PersonalDecision & { confirm: boolean },
): Promise<{ ok: true; run: DecidedRun } | Refusal> {
  if (answer.decision === "approve" && !confirm) {
    return refuse("validation_failed", "Approving takes a second step: confirm that you've checked the request.", {
      fields: { errors: [{ path: "confirm", message: "confirm must be true to approve." }] },
    });
  }
  const link = await findLinkByToken(ctx, token);
  if (!link) return refuseUnknownLink();
  const refusal = await refuseClosedLink(ctx, link);
  if (refusal) return refusal;
  const { runId } = link.approvalRequest;
  const outcome = await decideRun(decisionLinkContext(link, ctx.db), { ...answer, runId });
  if (outcome.ok) return outcome;
  // Someone else decided first. The link's new state says who.
  const closed = await getDecisionByToken(ctx, token);
  return closed.ok ? outcome : closed;
}
