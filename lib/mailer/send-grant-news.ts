import { isActiveMember } from "@/lib/approvers/is-active-member";
import { listOwnerEmails } from "@/lib/approvers/list-owner-emails";
import { systemContext } from "@/lib/auth/contexts";
import type { EmailDelivery } from "@/lib/db/generated/client";
import { databaseNow } from "@/lib/db/transaction";
import { type GrantEndReason, grantState } from "@/lib/domain/grants/grant";
import { grantPath } from "@/lib/domain/grants/grant-paths";
import type { MailProvider } from "@/lib/email/mail-provider";
import { renderAccountMail } from "@/lib/email/render-account-mail";
import { getEnv } from "@/lib/env";
import type { SystemContext } from "@/lib/security/context";
import { deliverEmail, skipDelivery } from "./deliver-email";

/** Notifies an owner that someone approved more than one run, unless the grant was ended or they no longer own the workspace. */
export async function sendGrantGiven(ctx: SystemContext, provider: MailProvider, delivery: EmailDelivery): Promise<void> {
  const grant = await findGrant(ctx, delivery);
  if (!grant || grant.state === "ended" || !(await listOwnerEmails(grant.inWorkspace)).includes(delivery.toEmail))
    return skipDelivery(ctx, delivery, "not_wanted");
  const { givenBy, facts, limits, needsConfirmation, confirmedAt } = grant;
  const mail = await renderAccountMail({
    kind: "grant_given",
    ...grant.about,
    givenBy,
    facts,
    limits,
    needsConfirmation: needsConfirmation && confirmedAt === null,
  });
  await deliverEmail(ctx, provider, delivery, mail);
}

/** Notifies who gave a grant that it allows nothing any more, as long as they can open its page. */
export async function sendGrantOver(ctx: SystemContext, provider: MailProvider, delivery: EmailDelivery): Promise<void> {
  const grant = await findGrant(ctx, delivery);
  if (!grant || !(await isActiveMember(grant.inWorkspace, delivery.toEmail))) return skipDelivery(ctx, delivery, "not_wanted");
  const { state, endedReason: reason, endedBy, uses, maxUses } = grant;
  const mail = await renderAccountMail({ kind: "grant_over", ...grant.about, state, reason, endedBy, uses, maxUses });
  await deliverEmail(ctx, provider, delivery, mail);
}

async function findGrant({ db }: SystemContext, { aboutGrantId: id, toEmail: email }: EmailDelivery) {
  if (id === null) return null;
  const found = await db.standingGrant.findFirst({
    where: { id, workspace: { deletedAt: null } },
    include: { action: true, workspace: true },
  });
  if (!found) return null;
  const { workspaceId, workspace, action, amountEach, total, endedReason, ...grant } = found;
  const limits = { ...grant, amountEach: amountEach?.toFixed() ?? null, total: total?.toFixed() ?? null };
  const { _count: uses, _sum } = await db.grantUse.aggregate({ where: { grantId: id }, _count: true, _sum: { amount: true } });
  return {
    ...grant,
    inWorkspace: systemContext(workspaceId, db),
    limits,
    endedReason: endedReason as GrantEndReason | null,
    uses,
    state: grantState(limits, { uses, used: _sum.amount?.toFixed() ?? "0" }, await databaseNow(db)),
    about: {
      email,
      link: `${getEnv().DAAI_PUBLIC_URL}${grantPath(workspaceId, id)}`,
      actionTitle: action.title,
      workspaceName: workspace.name,
    },
  };
}
