import { requestView, requestWithRun } from "@/lib/approvals/link-with-run";
import type { EmailDelivery } from "@/lib/db/generated/client";
import type { MailProvider } from "@/lib/email/mail-provider";
import { renderAccountMail } from "@/lib/email/render-account-mail";
import { getEnv } from "@/lib/env";
import { presentTime } from "@/lib/present-time";
import type { SystemContext } from "@/lib/security/context";
import { deliverEmail, skipDelivery } from "./deliver-email";

/** Informs an owner that an approver's email did not arrive, unless the run was decided meanwhile. */
export async function sendBounceNotice(ctx: SystemContext, provider: MailProvider, delivery: EmailDelivery): Promise<void> {
  const bounced =
    delivery.aboutDeliveryId === null ? null : await ctx.db.emailDelivery.findUnique({ where: { id: delivery.aboutDeliveryId } });
  const { workspaceId, runId } = bounced ?? {};
  const request =
    workspaceId && runId ? await ctx.db.approvalRequest.findFirst({ where: { workspaceId, runId }, include: requestWithRun }) : null;
  const view = request && requestView(request, delivery.toEmail, await presentTime());
  if (!bounced || !view || request.run.governanceStatus !== "pending_approval") {
    return skipDelivery(ctx, delivery, "already_decided");
  }
  const next = await ctx.db.emailDelivery.findFirst({
    where: { workspaceId: request.workspaceId, runId: request.runId, askReason: "bounce", id: { gt: bounced.id } },
    orderBy: { id: "asc" },
    select: { toEmail: true },
  });
  const mail = await renderAccountMail({
    kind: "bounce_notice",
    email: delivery.toEmail,
    link: `${getEnv().DAAI_PUBLIC_URL}/workspaces/${request.workspaceId}/runs/${request.runId}`,
    bounced: bounced.toEmail,
    reason: bounced.bounceReason ?? bounced.lastError,
    sentence: view.sentence,
    expiresAt: view.expiresAt,
    next: next?.toEmail ?? null,
    workspaceName: view.workspace.name,
  });
  await deliverEmail(ctx, provider, delivery, mail);
}
