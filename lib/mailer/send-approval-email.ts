import { decisionView, findLink } from "@/lib/approvals/link-with-run";
import type { EmailDelivery } from "@/lib/db/generated/client";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { MailProvider } from "@/lib/email/mail-provider";
import { renderApprovalMail } from "@/lib/email/render-approval-mail";
import { getEnv } from "@/lib/env";
import type { SystemContext } from "@/lib/security/context";
import { openToken } from "@/lib/security/seal-token";
import { deliverEmail, skipDelivery } from "./deliver-email";

/** Asks one approver about one run, unless it is decided meanwhile, or they are not to be asked any more. */
export async function sendApprovalEmail(ctx: SystemContext, provider: MailProvider, delivery: EmailDelivery): Promise<void> {
  if (delivery.sealedToken === null || delivery.decisionLinkId === null) return;
  const link = await findLink(ctx, { id: delivery.decisionLinkId });
  const view = link && decisionView(link);
  if (!view || link.approvalRequest.run.governanceStatus !== "pending_approval") {
    return skipDelivery(ctx, delivery, "already_decided");
  }
  // Whoever alone could be asked is asked nothing either while their account is disabled.
  const [asked] = await ctx.db.$queryRaw<{ is_disabled: boolean }[]>`SELECT daai_is_disabled(${delivery.toEmail}) AS is_disabled`;
  if (link.withdrawnAt !== null || asked?.is_disabled) return skipDelivery(ctx, delivery, "withdrawn");
  const url = `${getEnv().DAAI_PUBLIC_URL}/decide/${openToken(delivery.sealedToken)}`;
  await deliverEmail(ctx, provider, delivery, await renderApprovalMail(view, url, { askReason: checked(delivery).askReason }));
}
