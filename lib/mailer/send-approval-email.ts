import { countIdentical } from "@/lib/approvals/identical-requests";
import { decisionView, findLink } from "@/lib/approvals/link-with-run";
import type { ActionRun, EmailDelivery } from "@/lib/db/generated/client";
import { checked } from "@/lib/domain/runs/checked-texts";
import { firstIdAt } from "@/lib/domain/runs/first-id-at";
import { MINUTE_MS } from "@/lib/domain/time/units";
import type { MailProvider } from "@/lib/email/mail-provider";
import { renderApprovalMail } from "@/lib/email/render-approval-mail";
import { getEnv } from "@/lib/env";
import type { SystemContext } from "@/lib/security/context";
import { openToken } from "@/lib/security/seal-token";
import { deliverEmail, skipDelivery } from "./deliver-email";

/** Emails one approver about one run, unless it was decided meanwhile or they are no longer asked. */
export async function sendApprovalEmail(ctx: SystemContext, provider: MailProvider, delivery: EmailDelivery): Promise<void> {
  if (delivery.sealedToken === null || delivery.decisionLinkId === null) return;
  const link = await findLink(ctx, { id: delivery.decisionLinkId });
  const view = link && (await decisionView(link));
  if (!view || link.approvalRequest.run.governanceStatus !== "pending_approval") {
    const isWithdrawn = link?.approvalRequest.run.governanceReason === "withdrawn";
    return skipDelivery(ctx, delivery, isWithdrawn ? "run_withdrawn" : "already_decided");
  }
  // Someone with a disabled account isn't asked, even as the only approver.
  const [asked] = await ctx.db.$queryRaw<{ is_disabled: boolean }[]>`SELECT daai_is_disabled(${delivery.toEmail}) AS is_disabled`;
  const { stages, approverEmails } = link.approvalRequest;
  // Where several approvals are needed: they have answered, or their stage is over.
  const isOver = stages !== null && !approverEmails.includes(delivery.toEmail);
  if (link.withdrawnAt !== null || isOver || asked?.is_disabled) return skipDelivery(ctx, delivery, "withdrawn");
  const url = `${getEnv().DAAI_PUBLIC_URL}/decide/${openToken(delivery.sealedToken)}`;
  const { run } = link.approvalRequest;
  const mail = await renderApprovalMail(view, url, {
    askReason: checked(delivery).askReason,
    hasTwin: await hasTwin(ctx, run),
    identicalCount: await countIdentical(ctx, view),
  });
  await deliverEmail(ctx, provider, delivery, { ...mail, thread: await threadOf(ctx, delivery) });
}

/** Whether an earlier run of the action reads the same and ends in the same minute, which is as exact as subjects say it. */
async function hasTwin({ db }: SystemContext, run: ActionRun): Promise<boolean> {
  const [row] = await db.$queryRaw<{ has: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM action_runs twin WHERE twin.workspace_id = ${run.workspaceId}::uuid AND twin.action_name = ${run.actionName}
        AND twin.id < ${run.id}::uuid AND twin.id >= ${firstIdAt(new Date(run.createdAt.getTime() - MINUTE_MS))}::uuid
        AND twin.sentence = ${run.sentence} AND date_trunc('minute', twin.expires_at) = date_trunc('minute', ${run.expiresAt}::timestamptz)) AS has`;
  return row?.has ?? false;
}

/** The first email to the same person about the same run. Later ones join its thread. */
async function threadOf({ db }: SystemContext, { id, workspaceId, runId, toEmail, kind }: EmailDelivery): Promise<string> {
  const first = await db.emailDelivery.findFirst({
    where: { workspaceId, runId, toEmail, kind, OR: [{ status: "sent" }, { id }] },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return first?.id ?? id;
}
