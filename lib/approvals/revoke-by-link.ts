import { decisionLinkContext } from "@/lib/auth/contexts";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { VisitorContext } from "@/lib/security/context";
import { findLinkByToken, refuseUnknownLink } from "./get-decision-by-token";
import { type RevokedApproval, revokeApproval } from "./revoke-approval";

/** Ends an approver's own approval through the link they were asked by. Needs the second step, as approving does. */
export async function revokeByLink(
  ctx: VisitorContext,
  token: string,
  { comment, confirm }: { comment: string | null; confirm: boolean },
): Promise<{ ok: true; revoked: RevokedApproval } | Refusal> {
  if (!confirm) {
    return refuse("validation_failed", "Revoking takes a second step: confirm that the approval no longer holds.", {
      fields: { errors: [{ path: "confirm", message: "confirm must be true to revoke." }] },
    });
  }
  const link = await findLinkByToken(ctx, token);
  if (!link) return refuseUnknownLink();
  return revokeApproval(decisionLinkContext(link, ctx.db), { runId: link.approvalRequest.runId, comment });
}
