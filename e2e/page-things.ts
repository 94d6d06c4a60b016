import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun } from "@/lib/approvals/decide-run";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { createGroup } from "@/lib/groups/create-group";
import { storeMailboxMessage } from "@/lib/mailer/store-mailbox-message";
import { inviteMember } from "@/lib/members/invite-member";
import { openMailBody } from "@/lib/notifications/mailbox-body";
import { shareReceipt } from "@/lib/receipts/sharing/share-receipt";
import { editAction } from "@/lib/registered-actions/edit-action";
import { draftSchema } from "@/lib/registered-actions/schema";
import { startShadow } from "@/lib/shadow-policies/start-shadow";
import { makeBudget } from "@/lib/testing/budgets";
import { NOTHING, type Things } from "@/lib/testing/console/sweep-world";
import { APPROVE } from "@/lib/testing/deciders";
import { claimOk, endLease, expectOk, makeAction, makeRun, proposeOk, report } from "@/lib/testing/factories";
import { giveGrant } from "@/lib/testing/grants";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { claimAsLong, LONG, makeLongWorkspace, proposal } from "./long-things";
import { mailedPath, mailedToken } from "./mailbox";
import type { Person, World } from "./world";

export interface PageThings {
  readonly things: Things & { workspaceId: string };
  /** Who may see all of them: the workspace's owner, an operator. */
  readonly owner: Person;
  /** Pages that show the longest of something, by what they show: for anyone, and for the owner. */
  readonly morePages: { readonly anybody: Readonly<Record<string, string>>; readonly signedIn: Readonly<Record<string, string>> };
  /** What the mails look like, by what they are about. */
  readonly mails: Readonly<Record<string, string>>;
}

/** What every page of the console needs to have something to show: of each kind something usual, and the longest. */
export async function makePageThings(world: World): Promise<PageThings> {
  const workspace = await makeLongWorkspace(world);
  const { ctx, workspaceId, ownerEmail } = workspace;
  await makeAction(workspace, { name: "pay", title: "Pay", riskLevel: "critical" });
  await makeAction(workspace, {
    name: LONG.action,
    title: LONG.name("Title"),
    description: LONG.text(300),
    sentence: "refund {amount} {currency} to {customer.email}: {note}",
    recipientField: "customer.email",
    riskLevel: "critical",
    approverEmails: [LONG.email("approver"), ownerEmail],
    escalationEmails: [LONG.email("escalation")],
    // "23 h 58 min left" is the longest.
    approvalWindowMinutes: 24 * 60 - 1,
    policy: { type: "require_approval_above_amount", threshold: "5000" },
  });
  await makeAction(workspace, {
    name: "wire",
    title: "Wire",
    riskLevel: "high",
    approverEmails: [LONG.email("approver"), ownerEmail],
    approvals: 2,
    laterStages: [{ approvals: 1, people: [LONG.email("board")] }],
  });
  const group = { name: LONG.name("Group").slice(0, 80), members: [ownerEmail] };
  expectOk(await createGroup(ctx, group));
  await makeAction(workspace, { name: "grouped", title: "Grouped", approverGroup: group.name });
  const budgetId = await makeBudget(workspace, {
    name: LONG.name("Budget").slice(0, 80),
    countsAllActions: false,
    actions: [LONG.action],
    limit: "9".repeat(30),
    per: "recipient",
  });
  await makeAction(workspace, { name: "granted", title: LONG.name("Granted") });
  const grantId = await giveGrant(workspace, {
    action: "granted",
    payload: { amount: LONG.amount.slice(0, 20), currency: LONG.text(30), supplier: { id: LONG.text(300) } },
    amountEach: "9".repeat(30),
    total: "9".repeat(30),
  });
  await proposeOk(workspace, { action: "granted", payload: { amount: "1", currency: LONG.text(30), supplier: { id: LONG.text(300) } } });
  const propose = async (more: object = {}) => (await proposeOk(workspace, { ...proposal(), ...more })).action_run_id;
  const usual = { memo: "a\u200bb", supplier: { name: "Baltic Fr\u0435ight OÜ" } };
  const { action_run_id: short } = await proposeOk(workspace, { action: "pay", payload: usual });
  const asked = await propose();
  const odd = await propose({ payload: { ...proposal().payload, currency: LONG.text(60) } });

  const { action_run_id: several } = await proposeOk(workspace, { action: "wire", payload: usual });
  const voted = await mailedToken(several, LONG.email("approver"));
  expectOk(await decideByLink(visitorContext(), voted, { ...APPROVE, comment: LONG.text(500) }));

  const settled = await propose();
  expectOk(await decideRun(ctx, { runId: settled, decision: "approve", comment: null }));
  const claimToken = await claimAsLong(workspace, settled);
  const result = { id: LONG.text(400) };
  expectOk(await report(workspace, settled, { result, claimToken }));
  const rejected = await propose();
  const rejectedLink = await linkOf(rejected);
  expectOk(await decideRun(ctx, { runId: rejected, decision: "reject", comment: LONG.text(500) }));
  const failed = await propose({ payload: { ...proposal().payload, amount: "1" } });
  const failedToken = await claimOk(workspace, failed);
  expectOk(await report(workspace, failed, { outcome: "failed", error: LONG.text(600), claimToken: failedToken }));
  const doubtful = await makeRun(workspace, "always_allow");
  await claimAsLong(workspace, doubtful);
  await endLease(doubtful);
  const tools = [
    { tool: LONG.text(100), action: `${LONG.action.slice(0, -1)}4`, says_read_only: true },
    { tool: "pay", action: "pay" },
  ];
  const unregistered = await propose({
    action: `${LONG.action.slice(0, -1)}3`,
    payload: { ...proposal().payload, server: LONG.text(60), tools },
  });
  const rules = [{ name: LONG.text(60), when: "has(payload.memo)", then: "block" as const }];
  const draft = draftSchema.parse({ policy: { type: "rules", rules: { rules, otherwise: "allow" } } });
  for (const name of ["pay", LONG.action]) {
    expectOk(await startShadow(ctx, { name, draft }));
    await proposeOk(workspace, { action: name, payload: usual });
  }
  await getDb().workspace.update({ where: { id: workspaceId }, data: { policyChangeNeedsAnotherPerson: true } });
  const change = { name: LONG.action, title: LONG.name("Title"), policy: { type: "always_block" as const } };
  expectOk(await editAction(ctx, { ...change, approverEmails: [LONG.email("proposed")] }, { comment: LONG.text(500) }));
  await sequenceReceipts(ctx);

  const receiptOf = (runId: string) => getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } });
  const receipt = await receiptOf(settled);
  const { url: shareUrl } = expectOk(await shareReceipt(ctx, { receiptId: receipt.id, payload: "disclosed", endsAfter: "never" }));
  const person = await world.person(workspace, "approver");
  await getDb().user.update({
    where: { id: person.userId },
    data: { email: LONG.email(`colleague-${workspaceId.slice(-12)}`), name: LONG.name("Colleague") },
  });
  const invited = LONG.email("invited");
  expectOk(await inviteMember(ctx, { email: invited, role: "viewer" }));
  const { id: messageId } = await storeMailboxMessage(systemContext(null), {
    idempotencyKey: receipt.id,
    from: "console@example.com",
    to: LONG.email("priya"),
    subject: LONG.text(200),
    html: "<p>Decide</p>",
    text: LONG.text(300),
  });
  const hooks = { url: `https://example.com/${LONG.text(300)}` };
  const { id: webhookId } = expectOk(await createWebhook(ctx, { kind: "webhook", ...hooks, eventTypes: ["run.decided"] }));
  const { id: channelId } = expectOk(await createWebhook(ctx, { kind: "notification", ...hooks, eventTypes: ["run.pending"] }));

  const invitation = await mailedPath(invited, /invite/i);
  const base = `/workspaces/${workspaceId}`;
  return {
    things: {
      ...NOTHING,
      workspaceId,
      runId: short,
      doubtfulRunId: doubtful,
      receiptId: (await receiptOf(doubtful)).id,
      userId: person.userId,
      actionName: "pay",
      budgetId,
      grantId,
      messageId,
      webhookId,
      channelId,
    },
    owner: workspace.owner,
    morePages: {
      anybody: {
        "an open decision": await linkOf(asked),
        "the second step": `${await linkOf(odd)}?step=reject`,
        "a decision that somebody took": rejectedLink,
        "one of several approvals": `/decide/${await mailedToken(several, ownerEmail)}`,
        "an approval that others follow": `/decide/${voted}`,
        "a shared receipt": new URL(shareUrl).pathname,
        "an invitation": invitation,
      },
      signedIn: {
        "a run in the queue": `/approvals?run=${odd}`,
        "a run that one of several approved": `${base}/runs/${several}`,
        "the same in the queue": `/approvals?run=${several}`,
        "a waiting run": `${base}/runs/${asked}`,
        "an executed run": `${base}/runs/${settled}`,
        "a grouped queue": `/approvals?sort=amount&group=action&q=${LONG.action}`,
        "an unregistered action's run": `${base}/runs/${unregistered}`,
        "registering it": `${base}/actions/new?run=${unregistered}`,
        "runs of one recipient": `${base}/runs?action=${LONG.action}&recipient=${encodeURIComponent(LONG.email("customer"))}`,
        "a rejected run": `${base}/runs/${rejected}`,
        "a failed run": `${base}/runs/${failed}`,
        "a run in doubt": `${base}/runs/${doubtful}`,
        "a long action": `${base}/actions/${LONG.action}`,
        "a long action's form": `${base}/actions/${LONG.action}/edit`,
        "a long shadow policy": `${base}/actions/${LONG.action}/shadow`,
        "a long receipt": `${base}/receipts/${receipt.id}`,
        "found runs": `${base}/runs?q=refund&amount_min=1`,
      },
    },
    mails: {
      "a request for approval": await htmlOf(/^/, LONG.email("approver")),
      "an invitation": await htmlOf(/invite/i, invited),
    },
  };
}

/** The path of the approver's link to a run. */
async function linkOf(runId: string): Promise<string> {
  return `/decide/${await mailedToken(runId, LONG.email("approver"))}`;
}

async function htmlOf(subject: RegExp, toEmail: string): Promise<string> {
  await mailedPath(toEmail, subject);
  const mails = await getDb().mailboxMessage.findMany({ where: { toEmail }, orderBy: { id: "desc" } });
  const mail = mails.find((one) => subject.test(one.subject));
  if (!mail) throw new Error(`No mail to ${toEmail} whose subject is like ${subject}.`);
  return openMailBody(mail).html;
}
