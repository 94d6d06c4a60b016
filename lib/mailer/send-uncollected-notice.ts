import { requestView, requestWithRun } from "@/lib/approvals/link-with-run";
import type { EmailDelivery } from "@/lib/db/generated/client";
import type { MailProvider } from "@/lib/email/mail-provider";
import { renderAccountMail } from "@/lib/email/render-account-mail";
import { getEnv } from "@/lib/env";
import { presentTime } from "@/lib/present-time";
import type { SystemContext } from "@/lib/security/context";
import { deliverEmail, skipDelivery } from "./deliver-email";

/** Notifies an owner that an approval lapsed because nobody claimed its run. */
export async function sendUncollectedNotice(ctx: SystemContext, provider: MailProvider, delivery: EmailDelivery): Promise<void> {
  const { workspaceId, runId, toEmail } = delivery;
  const request =
    workspaceId && runId ? await ctx.db.approvalRequest.findFirst({ where: { workspaceId, runId }, include: requestWithRun }) : null;
  const view = request && requestView(request, toEmail, await presentTime());
  // The run was erased meanwhile, so its page has all there is to know.
  if (!view || request.run.approvalValidUntil === null || request.run.payloadText === null) {
    return skipDelivery(ctx, delivery, "not_wanted");
  }
  const mail = await renderAccountMail({
    kind: "uncollected_notice",
    email: toEmail,
    link: `${getEnv().DAAI_PUBLIC_URL}/workspaces/${request.workspaceId}/runs/${request.runId}`,
    sentence: view.sentence,
    approvedBy: request.run.decision?.decidedBy ?? null,
    lapsedAt: request.run.approvalValidUntil,
    workspaceName: view.workspace.name,
  });
  await deliverEmail(ctx, provider, delivery, mail);
}
