import type { EmailDelivery } from "@/lib/db/generated/client";
import { verifierKeyText } from "@/lib/domain/log/signed-note";
import type { MailProvider } from "@/lib/email/mail-provider";
import { renderAccountMail } from "@/lib/email/render-account-mail";
import { getEnv } from "@/lib/env";
import { getPythonPackage } from "@/lib/packages/python-package";
import { getLogKeys } from "@/lib/receipts/log/log-keys";
import type { SystemContext } from "@/lib/security/context";
import { deliverEmail, skipDelivery } from "./deliver-email";

/** Emails a checkpoint to a recipient, unless the owners have removed them. */
export async function sendCheckpointMail(ctx: SystemContext, provider: MailProvider, delivery: EmailDelivery): Promise<void> {
  const found = await ctx.db.emailDelivery.findUnique({ where: { id: delivery.id }, select: { workspace: true, checkpoint: true } });
  const { workspace, checkpoint } = found ?? {};
  if (!workspace || !checkpoint || workspace.deletedAt !== null || !workspace.checkpointEmails.includes(delivery.toEmail)) {
    return skipDelivery(ctx, delivery, "not_wanted");
  }
  const { DAAI_PUBLIC_URL } = getEnv();
  const mail = await renderAccountMail({
    kind: "log_checkpoint",
    email: delivery.toEmail,
    link: `${DAAI_PUBLIC_URL}/verify`,
    wheelUrl: `${DAAI_PUBLIC_URL}${getPythonPackage().path}`,
    workspaceName: workspace.name,
    clientName: workspace.clientName,
    note: checkpoint.note,
    size: Number(checkpoint.size),
    signedAt: checkpoint.createdAt,
    earlierOrigin: await originMailedBefore(ctx, delivery),
    keys: (await getLogKeys()).signers.map(({ key }) => verifierKeyText(key)),
  });
  await deliverEmail(ctx, provider, delivery, mail);
}

/** The log's name in the last email to this address, if it was another one. */
async function originMailedBefore(
  { db }: SystemContext,
  { workspaceId, toEmail, checkpointDay, checkpointOrigin }: EmailDelivery,
): Promise<string | null> {
  const before = await db.emailDelivery.findFirst({
    where: { workspaceId, toEmail, kind: "log_checkpoint", status: "sent", checkpointDay: { lt: checkpointDay ?? undefined } },
    orderBy: { checkpointDay: "desc" },
    select: { checkpointOrigin: true },
  });
  return before === null || before.checkpointOrigin === checkpointOrigin ? null : before.checkpointOrigin;
}
