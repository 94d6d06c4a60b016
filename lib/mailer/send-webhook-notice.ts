import type { EmailDelivery } from "@/lib/db/generated/client";
import type { WebhookKind } from "@/lib/domain/runs/webhook-events";
import { webhookPath } from "@/lib/domain/runs/webhook-path";
import type { MailProvider } from "@/lib/email/mail-provider";
import { renderAccountMail } from "@/lib/email/render-account-mail";
import { getEnv } from "@/lib/env";
import type { SystemContext } from "@/lib/security/context";
import { deliverEmail, skipDelivery } from "./deliver-email";

/** Notifies an owner that the console disabled an endpoint, unless someone has dealt with it meanwhile. */
export async function sendWebhookNotice(ctx: SystemContext, provider: MailProvider, delivery: EmailDelivery): Promise<void> {
  const endpoint =
    delivery.aboutWebhookId === null
      ? null
      : await ctx.db.webhookEndpoint.findUnique({ where: { id: delivery.aboutWebhookId }, include: { workspace: true } });
  const isStopped = endpoint?.disabledReason === "failing" || endpoint?.disabledReason === "gone";
  if (!isStopped || endpoint.deletedAt !== null) return skipDelivery(ctx, delivery, "webhook_settled");
  const { id, workspaceId, url, workspace } = endpoint;
  const kind = endpoint.kind as WebhookKind;
  const mail = await renderAccountMail({
    kind: "webhook_notice",
    email: delivery.toEmail,
    link: `${getEnv().DAAI_PUBLIC_URL}${webhookPath(workspaceId, { id, kind })}`,
    webhookKind: kind,
    url,
    isGone: endpoint.disabledReason === "gone",
    lastAnswer: await lastAnswer(ctx, workspaceId, id),
    workspaceName: workspace.name,
  });
  await deliverEmail(ctx, provider, delivery, mail);
}

/** The result of the last attempt. */
async function lastAnswer({ db }: SystemContext, workspaceId: string, endpointId: string): Promise<string | null> {
  const attempt = await db.webhookAttempt.findFirst({
    where: { workspaceId, delivery: { endpointId } },
    orderBy: { id: "desc" },
    select: { responseStatus: true, error: true },
  });
  return attempt && (attempt.error ?? `It responded with ${attempt.responseStatus}.`);
}
