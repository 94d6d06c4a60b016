import { encode } from "next-auth/jwt";
import { saveView } from "@/lib/action-runs/views/saved-views";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { systemContext } from "@/lib/auth/contexts";
import { startSession } from "@/lib/auth/start-session";
import { startBacktest } from "@/lib/backtests/start-backtest";
import { getDb } from "@/lib/db/client";
import { ROLES, type Role } from "@/lib/domain/access/roles";
import { getEnv } from "@/lib/env";
import { createGroup } from "@/lib/groups/create-group";
import { storeMailboxMessage } from "@/lib/mailer/store-mailbox-message";
import { createManagementKey } from "@/lib/management-keys/create-management-key";
import { inviteMember } from "@/lib/members/invite-member";
import { shareReceipt } from "@/lib/receipts/sharing/share-receipt";
import { editAction } from "@/lib/registered-actions/edit-action";
import { draftSchema } from "@/lib/registered-actions/schema";
import type { MemberContext } from "@/lib/security/context";
import { startShadow } from "@/lib/shadow-policies/start-shadow";
import { MISSING_RUN as MISSING } from "@/lib/testing/api-suite/api-client";
import { makeBudget } from "@/lib/testing/budgets";
import {
  claimOk,
  endLease,
  expectOk,
  linkToken,
  makeAction,
  makePerson,
  makeRun,
  makeWorkspace,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { giveGrant } from "@/lib/testing/grants";
import { createWebhook } from "@/lib/webhooks/create-webhook";

/** What a request can name: things that there are in a workspace, or things that there are not. */
export interface Things {
  readonly runId: string;
  readonly doubtfulRunId: string;
  readonly decidedRunId: string;
  readonly receiptId: string;
  /** Of a link to that receipt. */
  readonly shareId: string;
  readonly keyId: string;
  readonly managementKeyId: string;
  readonly userId: string;
  readonly invitationId: string;
  readonly sessionId: string;
  readonly actionName: string;
  readonly budgetId: string;
  readonly groupId: string;
  readonly grantId: string;
  /** A policy change that waits for a second person. */
  readonly proposalId: string;
  /** A queued one. */
  readonly backtestId: string;
  readonly shadowId: string;
  /** A view that the viewer saved. */
  readonly viewId: string;
  readonly linkToken: string;
  readonly webhookId: string;
  /** Of a notification webhook. */
  readonly channelId: string;
  /** Of a mail that the mailbox kept. */
  readonly messageId: string;
  /** The workspace's name, by which a page that shows anything of it gives itself away. */
  readonly workspaceName: string;
}

export const NOTHING: Things = {
  runId: MISSING,
  doubtfulRunId: MISSING,
  decidedRunId: MISSING,
  receiptId: MISSING,
  shareId: MISSING,
  keyId: MISSING,
  managementKeyId: MISSING,
  userId: MISSING,
  invitationId: MISSING,
  sessionId: MISSING,
  actionName: "not_there",
  budgetId: MISSING,
  groupId: MISSING,
  grantId: MISSING,
  proposalId: MISSING,
  backtestId: MISSING,
  shadowId: MISSING,
  viewId: MISSING,
  linkToken: "x".repeat(43),
  webhookId: MISSING,
  channelId: MISSING,
  messageId: MISSING,
  workspaceName: "Not there",
};

export interface SweepWorld {
  readonly mine: TestWorkspace;
  readonly things: Things;
  /** The workspace of an unrelated person. */
  readonly other: TestWorkspace;
  /** Cookies of signed-in people: one of each role, the other workspace's owner, an operator, and a session that was revoked. */
  readonly cookies: Readonly<Record<Role | "stranger" | "operator" | "revoked", string>>;
}

const MAIL = {
  idempotencyKey: MISSING,
  from: "console@example.com",
  to: "priya@example.com",
  subject: "Decide",
  html: "<p>Decide</p>",
  text: "Decide",
};

export async function makeSweepWorld(): Promise<SweepWorld> {
  const [mine, other] = [await makeWorkspace(), await makeWorkspace()];
  const workspaceName = "Halvorsen ledger 7f3a";
  await getDb().workspace.update({ where: { id: mine.workspaceId }, data: { name: workspaceName } });
  await makeAction(mine, { name: "pay_supplier" });
  await makeAction(other, { name: "theirs_alone" });
  await makeAction(mine, { name: "granted" });
  const [runId, doubtfulRunId] = [await makeRun(mine, "always_require_approval"), await makeRun(mine, "always_allow")];
  await claimOk(mine, doubtfulRunId);
  await endLease(doubtfulRunId);
  const receipt = await getDb().receipt.findFirstOrThrow({ where: { runId: doubtfulRunId } });
  const { id: keyId } = await createApiKey(mine.ctx, { kind: "api", name: "Spare" });
  const { email: operatorEmail, ctx: operator } = await makePerson(other, null);
  await getDb().user.update({ where: { email: operatorEmail }, data: { isOperator: true } });
  const target = await makePerson(mine, "viewer");
  await inviteMember((await makePerson(mine, "owner")).ctx, { email: "invited@example.com", role: "viewer" }).then(expectOk);
  const invitation = await getDb().invitation.findFirstOrThrow({ where: { workspaceId: mine.workspaceId } });

  const people = new Map<Role, string>();
  for (const role of ROLES) people.set(role, (await makePerson(mine, role)).ctx.actor.userId);
  const ofRole = async (role: Role) => cookieOf(people.get(role) ?? "");
  const revoked = await signIn(people.get("owner") ?? "");
  await getDb().session.update({ where: { id: revoked }, data: { revokedAt: new Date() } });
  const stranger = await getDb().user.findUniqueOrThrow({ where: { email: other.ownerEmail } });
  return {
    mine,
    other,
    things: {
      runId,
      doubtfulRunId,
      decidedRunId: await makeRun(mine, "always_block"),
      receiptId: receipt.id,
      shareId: expectOk(await shareReceipt(mine.ctx, { receiptId: receipt.id, payload: "withheld", endsAfter: "never" })).id,
      keyId,
      managementKeyId: expectOk(await createManagementKey(mine.ctx, { name: "Policy pipeline", scopes: ["actions:write"] })).id,
      userId: target.ctx.actor.userId,
      invitationId: invitation.id,
      sessionId: await signIn(target.ctx.actor.userId),
      actionName: "pay_supplier",
      budgetId: await makeBudget(mine, { limit: "1000000" }),
      groupId: expectOk(await createGroup(mine.ctx, { name: "Finance", members: [mine.ownerEmail] })).id,
      grantId: await giveGrant(mine, { action: "granted" }),
      proposalId: await pendingProposal(mine),
      backtestId: await queuedBacktest(mine),
      shadowId: await runningShadow(mine),
      viewId: await savedViewOf(target.ctx),
      linkToken: await linkToken(runId),
      webhookId: expectOk(await createWebhook(mine.ctx, { kind: "webhook", url: "https://example.com/hooks", eventTypes: ["run.decided"] }))
        .id,
      channelId: expectOk(
        await createWebhook(mine.ctx, { kind: "notification", url: "https://example.com/channel", eventTypes: ["run.pending"] }),
      ).id,
      messageId: (await storeMailboxMessage(systemContext(null), MAIL)).id,
      workspaceName,
    },
    cookies: {
      owner: await ofRole("owner"),
      admin: await ofRole("admin"),
      developer: await ofRole("developer"),
      approver: await ofRole("approver"),
      viewer: await ofRole("viewer"),
      stranger: await cookieOf(stranger.id),
      operator: await cookieOf(operator.actor.userId),
      revoked: await cookie(revoked),
    },
  };
}

async function queuedBacktest(workspace: TestWorkspace): Promise<string> {
  const { ctx } = await makePerson(workspace, "developer");
  const draft = draftSchema.parse({ policy: { type: "log_only" } });
  return expectOk(await startBacktest(ctx, { name: "pay_supplier", days: 90, draft })).backtestId;
}

async function runningShadow(workspace: TestWorkspace): Promise<string> {
  const { ctx } = await makePerson(workspace, "developer");
  const draft = draftSchema.parse({ policy: { type: "log_only" } });
  return expectOk(await startShadow(ctx, { name: "pay_supplier", draft })).shadowId;
}

/** Of the command line, about an action that nothing else needs. */
async function pendingProposal({ ctx, workspaceId }: TestWorkspace): Promise<string> {
  const setRule = (policyChangeNeedsAnotherPerson: boolean) =>
    getDb().workspace.update({ where: { id: workspaceId }, data: { policyChangeNeedsAnotherPerson } });
  await setRule(true);
  const edited = await editAction(ctx, { name: "granted", title: "granted", policy: { type: "always_block" } });
  await setRule(false);
  return expectOk(edited).proposalId ?? MISSING;
}

async function savedViewOf(ctx: MemberContext): Promise<string> {
  expectOk(await saveView(ctx, { name: "Rejected", search: "status=rejected" }));
  return (await getDb().savedView.findFirstOrThrow({ where: { userId: ctx.actor.userId } })).id;
}

async function signIn(userId: string): Promise<string> {
  const user = await getDb().user.findUniqueOrThrow({ where: { id: userId } });
  return startSession(getDb(), { user, method: "password", userAgent: null, clientAddress: "127.0.0.1" });
}

async function cookieOf(userId: string): Promise<string> {
  return cookie(await signIn(userId));
}

/** As next-auth writes it on a console without TLS. */
async function cookie(sessionId: string): Promise<string> {
  return `next-auth.session-token=${await encode({ token: { sessionId }, secret: getEnv().NEXTAUTH_SECRET })}`;
}
