import type { EmailDelivery } from "@/lib/db/generated/client";
import { databaseNow } from "@/lib/db/transaction";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { AccountMail } from "@/lib/email/account-mail-messages";
import type { MailProvider } from "@/lib/email/mail-provider";
import { renderAccountMail } from "@/lib/email/render-account-mail";
import { getEnv } from "@/lib/env";
import { hashAccountToken } from "@/lib/security/account-token";
import type { SystemContext } from "@/lib/security/context";
import { openToken } from "@/lib/security/seal-token";
import { deliverEmail, skipDelivery } from "./deliver-email";

/** Sends someone an account link, unless it has become useless. Never counts toward the limit of approval emails. */
export async function sendAccountEmail(ctx: SystemContext, provider: MailProvider, delivery: EmailDelivery): Promise<void> {
  if (delivery.sealedToken === null) return;
  const mail = await accountMail(ctx, delivery, openToken(delivery.sealedToken));
  if (!mail) return skipDelivery(ctx, delivery, "link_closed");
  await deliverEmail(ctx, provider, delivery, await renderAccountMail(mail));
}

/** The email's content; null when its link no longer works. */
function accountMail(ctx: SystemContext, delivery: EmailDelivery, token: string): Promise<AccountMail | null> {
  return delivery.invitationId === null ? tokenMail(ctx, delivery, token) : invitationMail(ctx, delivery.invitationId, token);
}

async function tokenMail({ db }: SystemContext, { kind, accountTokenId }: EmailDelivery, token: string): Promise<AccountMail | null> {
  const found = accountTokenId === null ? null : await db.accountToken.findUnique({ where: { id: accountTokenId } });
  if (!found || found.usedAt || found.expiresAt <= (await databaseNow(db))) return null;
  const { email, expiresAt } = found;
  switch (kind) {
    case "sign_in_link":
      return { kind, email, expiresAt, link: linkTo(`/sign-in/link?token=${token}`) };
    case "password_reset":
      return { kind, email, expiresAt, link: linkTo(`/reset-password?token=${token}`) };
    case "sign_up_confirmation": {
      // Checked here instead of at sign-up, so that the response can't reveal it.
      const isKnown = (await db.user.findUnique({ where: { email }, select: { id: true } })) !== null;
      if (isKnown) return { kind: "account_exists", email, link: linkTo("/sign-in"), resetLink: linkTo("/forgot-password") };
      return { kind, email, expiresAt, link: linkTo(`/sign-up/confirm?token=${token}`) };
    }
    default:
      return null;
  }
}

async function invitationMail({ db }: SystemContext, id: string, token: string): Promise<AccountMail | null> {
  // Compares the token: a resent invitation has a new one.
  const found = await db.invitation.findUnique({ where: { id, tokenHash: hashAccountToken(token) }, include: { workspace: true } });
  if (!found || found.acceptedAt || found.revokedAt || found.workspace.deletedAt || found.expiresAt <= (await databaseNow(db))) return null;
  const { email, role, invitedBy, expiresAt, workspace } = checked(found);
  return {
    kind: "invitation",
    email,
    role,
    invitedBy,
    expiresAt,
    workspaceName: workspace.name,
    clientName: workspace.clientName,
    link: linkTo(`/invitation/${token}`),
  };
}

function linkTo(path: string): string {
  return `${getEnv().DAAI_PUBLIC_URL}${path}`;
}
