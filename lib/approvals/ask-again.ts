import { databaseNow, inTransaction, rollBack } from "@/lib/db/transaction";
import { WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { MINUTE_MS } from "@/lib/domain/time/units";
import { type MemberContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { askInPlaceOf, placeTakenBy } from "./hand-over-request";
import { lockRequest } from "./lock-request";

/** Minimum time between two emails to one approver about a run, so that double clicks send one. */
const PAUSE_MINUTES = 5;

/**
 * Emails the approvers of a pending run again, each with a new link; their earlier links stay valid. With `email`, only that approver.
 * Skips approvers emailed in the last few minutes.
 */
export function askAgain(
  ctx: MemberContext,
  { runId, email }: { runId: string; email: string | null },
): Promise<{ ok: true; mailed: string[] } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "run.ask");
    const request = await lockRequest(inner, { runId });
    if (!request) return refuse("run_not_found", "This run is no longer pending approval, so no email was sent.");
    const wanted = request.approverEmails.filter((asked) => email === null || asked === email);
    if (wanted.length === 0)
      return refuse(
        "validation_failed",
        email === null ? "Nobody was asked to decide this run." : `${email} wasn't asked to decide this run.`,
      );
    const since = new Date((await databaseNow(tx)).getTime() - PAUSE_MINUTES * MINUTE_MS);
    const justMailed = await tx.emailDelivery.findMany({
      where: { workspaceId: ctx.workspaceId, runId, createdAt: { gt: since }, status: { in: ["queued", "sent"] } },
      select: { toEmail: true },
    });
    const toMail = wanted.filter((asked) => !justMailed.some(({ toEmail }) => toEmail === asked));
    if (toMail.length === 0)
      return refuse(
        "too_many_attempts",
        `This request was already emailed within the last ${PAUSE_MINUTES} minutes. Wait before you resend it.`,
      );
    const mailed: string[] = [];
    for (const asked of toMail) {
      const standsInFor = await placeTakenBy(inner, request, asked);
      if (await askInPlaceOf(inner, request, { email: asked, reason: "resend", standsInFor })) mailed.push(asked);
    }
    if (mailed.length === 0)
      return rollBack(
        refuse(
          "monthly_email_limit",
          `This month's approval email limit has been reached, so no email was sent. The run can be decided in the console. ${WHO_RAISES_LIMITS}`,
        ),
      );
    return { ok: true, mailed };
  });
}
