import { readdirSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun } from "@/lib/approvals/decide-run";
import { revokeApproval } from "@/lib/approvals/revoke-approval";
import { memberContext, operatorContext, visitorContext } from "@/lib/auth/contexts";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
import { limitsOfOwner } from "@/lib/limits/limits-of-owner";
import { getMailboxMessage } from "@/lib/notifications/list-mailbox";
import { checkReceipts } from "@/lib/receipts/log/check-receipts";
import { verifyStoredLog } from "@/lib/receipts/log/verify-stored-log";
import { getSharedReceipt } from "@/lib/receipts/sharing/get-shared-receipt";
import { createDatabaseBefore } from "@/lib/testing/database";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { claim, credentialsOf, expectOk, linkTokens, report, type TestWorkspace, tally } from "@/lib/testing/factories";
import { FIRST_NEW, HIDING, OLD, restoreOldRelease } from "@/lib/testing/old-release";
import { resetProcess } from "@/lib/testing/reset-process";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { tablesWith } from "@/lib/testing/tables-with";
import { getDb } from "./client";
import { migrate } from "./migrate";

const { workspaceId, apiKey, workspaceKey } = OLD.known;
let workspace: TestWorkspace;

beforeAll(async () => {
  const { url } = await createDatabaseBefore(FIRST_NEW);
  await restoreOldRelease(url);
  expect(await migrate({ databaseUrl: url })).toBe(
    readdirSync("prisma/migrations").filter((name) => /^\d/.test(name) && name >= FIRST_NEW).length,
  );
  await resetProcess(url);
  const ownerEmail = "ann@example.com";
  const credentials = credentialsOf(apiKey, workspaceKey);
  workspace = { workspaceId, ownerEmail, apiKey, workspaceKey, credentials, ctx: operatorContext(workspaceId, ownerEmail) };
});

const runOf = (actionName: string) => getDb().actionRun.findFirstOrThrow({ where: { workspaceId, actionName } });
const idOf = async (actionName: string) => (await runOf(actionName)).id;
const statusOf = async (actionName: string) =>
  expectOk(await getRunStatus(visitorContext(), workspace.credentials, await idOf(actionName))).answer;
const askedOf = async (actionName: string) =>
  (await getDb().approvalRequest.findFirstOrThrow({ where: { runId: await idOf(actionName) } })).approverEmails;
async function member(email: string) {
  const user = await getDb().user.findUniqueOrThrow({ where: { email } });
  return memberContext({ userId: user.id, email }, workspaceId);
}
const mailed = (actionName: string, email: string) => OLD.known.mailedTokens[actionName]?.[email] ?? "";
const APPROVE = { decision: "approve", comment: null, confirm: true } as const;

test("every receipt verifies, the log does, and a shared receipt opens", async () => {
  expect((await verifyStoredLog(workspace.ctx))?.problems).toEqual([]);
  const runs = await getDb().receipt.findMany({ distinct: ["runId"], select: { runId: true } });
  expect(runs).toHaveLength(8);
  for (const { runId } of runs) {
    const { verdict, isWaiting } = await checkReceipts(workspace.ctx, { runId: runId ?? "" });
    expect(verdict.problems).toEqual([]);
    expect(isWaiting).toBe(false);
  }
  const shared = await getSharedReceipt(visitorContext(), new URL(OLD.known.shareUrl).pathname.split("/").at(-1) ?? "");
  expect(shared).toMatchObject({ state: "open", check: { verdict: { problems: [] } }, document: { runId: await idOf("done") } });
});

test("statuses are what they were", async () => {
  const statuses = await Promise.all(
    OLD.tables.action_runs?.map(async (row) => {
      const { action_name: name, governance_status: governance, execution_status: execution } = row as Record<string, string>;
      expect(await statusOf(name ?? "")).toMatchObject({ governance_status: governance, execution_status: execution });
      return governance ?? "";
    }) ?? [],
  );
  expect(tally(statuses)).toEqual({ allowed: 4, approved: 1, blocked: 1, pending_approval: 4, rejected: 2 });
});

test("runs of before are no tests, and a claimed one is still claimed", async () => {
  expect(await getDb().actionRun.count({ where: { isTest: true } })).toBe(0);
  expect(await getDb().actionRun.count({ where: { claimTokenHash: { not: null } } })).toBeGreaterThan(0);
});

test("runs say what they said", async () => {
  const runs = await getDb().actionRun.findMany({ select: { actionName: true, actionTitle: true, sentence: true } });
  expect(runs).toHaveLength(OLD.tables.action_runs?.length ?? 0);
  for (const { actionName, actionTitle, sentence } of runs)
    expect([actionTitle, sentence]).toEqual([actionName, actionName === "erased" ? null : `run ${actionName} for 1,840.00 EUR`]);
});

test("names show what they hid, and no such name gets in any more", async () => {
  expect(await getDb().workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { name: true, clientName: true } })).toEqual({
    name: "Be    Review and decide:  x",
    clientName: "Halvorsen[U+202E] 👩‍💻",
  });
  for (const change of Object.entries(HIDING))
    await expect(getDb().workspace.update({ where: { id: workspaceId }, data: Object.fromEntries([change]) })).rejects.toThrow(
      "workspaces_names_show",
    );
});

test("the address of a webhook becomes the one it was always connected to", async () => {
  const url = "https://hooks.example.com/ab";
  expect(await getDb().webhookEndpoint.findMany({ where: { workspaceId }, select: { url: true } })).toEqual([{ url }]);
  expect(new URL("https://hooks.example.com/a\r\n\tb").href).toBe(url);
});

test("claims stay held, in doubt and free, and a held one is reported under its token", async () => {
  expect(await statusOf("held")).toMatchObject({ claimed: true, in_doubt: false, executable: false });
  expect(await statusOf("in_doubt")).toMatchObject({ claimed: true, in_doubt: true, executable: false });
  expect(await statusOf("lapsed")).toMatchObject({ claimed: false, in_doubt: false, executable: true });
  expect(await claim(workspace, await idOf("held"))).toMatchObject({ ok: false, code: "already_claimed" });
  expect(await claim(workspace, await idOf("in_doubt"))).toMatchObject({ ok: false, code: "already_claimed" });
  expectOk(await claim(workspace, await idOf("lapsed")));
  expectOk(await report(workspace, await idOf("held"), { claimToken: OLD.known.claimToken }));
});

test("whoever was removed decides nothing by any old link, and others are asked in their place", async () => {
  for (const name of ["waits_for_former", "waits_unsent"]) {
    expect(await decideByLink(visitorContext(), mailed(name, "cleo@example.com"), APPROVE)).toMatchObject({ ok: false });
    expect(await askedOf(name)).not.toContain("cleo@example.com");
  }
  const cleo = await getDb().user.findUniqueOrThrow({ where: { email: "cleo@example.com" } });
  expect(await getDb().formerMember.findMany()).toEqual([expect.objectContaining({ workspaceId, userId: cleo.id })]);
  expect(await getDb().registeredAction.count({ where: { approverEmails: { has: "cleo@example.com" } } })).toBe(0);
  await drainJobs();
  expect(await askedOf("waits_for_former")).toEqual(["ann@example.com"]);
  expect(await getDb().mailboxMessage.count({ where: { toEmail: "ann@example.com" } })).toBe(1);
  expectOk(await decideRun(await member("ann@example.com"), { runId: await idOf("waits_for_former"), decision: "approve", comment: null }));
});

test("mails that were kept in plain text are sealed, and read as before", async () => {
  await drainJobs();
  const before = OLD.tables.mailbox_messages as unknown as readonly { id: string; html: string; text: string }[];
  expect(before.length).toBeGreaterThan(0);
  for (const { id, html, text } of before) {
    expect(await getDb().mailboxMessage.findUnique({ where: { id }, select: { html: true, text: true } })).toEqual({
      html: null,
      text: null,
    });
    expect(await getMailboxMessage(operatorContext(null), id)).toMatchObject({ html, text });
    for (const [link] of text.matchAll(/https?:\/\/\S+/g)) expect(await tablesWith(link)).toEqual([]);
  }
  // Once more an hour later, for what a process of that release kept meanwhile.
  const [plain] = before;
  await getDb().mailboxMessage.update({
    where: { id: plain?.id ?? "" },
    data: { sealedBody: null, html: plain?.html ?? "", text: plain?.text ?? "" },
  });
  await getDb()
    .$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'seal-kept-mails')`;
  await drainJobs();
  expect(await getDb().mailboxMessage.count({ where: { sealedBody: null } })).toBe(0);
});

test("open links and roles still decide, each once, also where the action needs two from now on", async () => {
  await getDb().registeredAction.updateMany({ where: { name: { in: ["waits_unsent", "waits_for_three"] } }, data: { approvals: 2 } });
  expectOk(await decideByLink(visitorContext(), mailed("waits_unsent", "eve@example.org"), APPROVE));
  expect(await decideByLink(visitorContext(), mailed("waits_unsent", "bob@example.com"), APPROVE)).toMatchObject({
    ok: false,
    code: "already_decided",
  });
  const runId = await idOf("waits_for_three");
  expect(await decideRun(await member("dan@example.com"), { runId, ...APPROVE })).toMatchObject({ ok: false, code: "run_not_found" });
  expectOk(await decideRun(await member("bob@example.com"), { runId, ...APPROVE }));
  expect(await statusOf("waits_for_three")).toMatchObject({ governance_status: "approved", executable: true, approvals: null });
});

test("an approval of before is revoked by whoever gave it, with a receipt that follows the old one", async () => {
  const runId = await idOf("approved_in_console");
  expect(await revokeApproval(await member("ann@example.com"), { runId, comment: null })).toMatchObject({ code: "not_permitted" });
  expectOk(await revokeApproval(await member("bob@example.com"), { runId, comment: null }));
  expect(await statusOf("approved_in_console")).toMatchObject({ governance_reason: "approval_revoked", executable: false });
});

test("approvals have no end where nobody has said one, whether they were given before or now", async () => {
  const ends = await getDb().registeredAction.groupBy({ by: ["approvalValidMinutes"], _count: true });
  expect(ends.map(({ approvalValidMinutes }) => approvalValidMinutes)).toEqual([null]);
  const approved = await getDb().actionRun.findMany({ where: { governanceStatus: "approved" } });
  expect(approved.length).toBeGreaterThan(1);
  expect(approved.filter(({ approvalValidUntil }) => approvalValidUntil !== null)).toEqual([]);
});

test("nothing is frozen; what waits from before is frozen and gets its time back like anything else", async () => {
  expect(await getDb().freeze.count()).toBe(0);
  expect(await getDb().workspace.count({ where: { thawNeedsAnotherPerson: true } })).toBe(0);
  const where = { id: await idOf("waits_for_four_eyes") };
  const { workspaceId, expiresAt } = await getDb().actionRun.findUniqueOrThrow({ where });
  const ctx = operatorContext(workspaceId, "ops@example.com");
  const { freezeId, frozenAt } = expectOk(
    await startFreeze(ctx, { actionName: null, apiKeyId: null, reason: "Upgrade", channel: "admin_cli" }),
  );
  const { thawedAt } = expectOk(await thaw(ctx, { freezeId, comment: null, channel: "admin_cli" }));
  const after = await getDb().actionRun.findUniqueOrThrow({ where });
  expect((after.expiresAt?.getTime() ?? 0) - (expiresAt?.getTime() ?? 0)).toBe(thawedAt.getTime() - frozenAt.getTime());
});

test("keys have the makers that four eyes ask for", async () => {
  expect(await getDb().apiKey.findMany({ distinct: ["createdBy"], select: { createdBy: true } })).toEqual([
    { createdBy: "ann@example.com" },
  ]);
  const runId = await idOf("waits_for_four_eyes");
  expect(await decideRun(await member("ann@example.com"), { runId, ...APPROVE })).toMatchObject({ ok: false, code: "four_eyes" });
  expectOk(await decideByLink(visitorContext(), mailed("waits_for_four_eyes", "bob@example.com"), APPROVE));
});

test("operators have no limits from now on, and everybody else has those they had, without the one that is no owner's any more", async () => {
  const before = OLD.tables.users as readonly { email: string; is_operator: boolean; plan: string | null; limit_overrides: object }[];
  const kept = ({ linkAttemptsPerMinute: _, ...overrides }: Record<string, unknown>) => overrides;
  expect(await getDb().user.findMany({ orderBy: { id: "asc" }, select: { email: true, plan: true, limitOverrides: true } })).toEqual(
    before.map(({ email, is_operator: isOperator, plan, limit_overrides: overrides }) => ({
      email,
      plan: isOperator ? (plan ?? "unlimited") : plan,
      limitOverrides: kept({ ...overrides }),
    })),
  );
  const { plan, limitOverrides } = await getDb().user.findUniqueOrThrow({ where: { email: "dan@example.com" } });
  expect(limitOverrides).toEqual({ runsPerMonth: 5000 });
  expect(limitsOfOwner({ plan, limitOverrides }).limits).toMatchObject({ runsPerMonth: 5000 });
});

test("the log goes on from what was signed before", async () => {
  expect(await linkTokens(await idOf("waits_for_three"))).toEqual(new Map());
  expect(await sequenceReceipts(workspace.ctx)).toBe(8);
  const verdict = await verifyStoredLog(workspace.ctx);
  expect((await checkReceipts(workspace.ctx, { runId: await idOf("approved_in_console") })).verdict.problems).toEqual([]);
  expect(verdict?.problems).toEqual([]);
  expect(await getDb().receiptCheckpoint.findMany({ orderBy: { size: "asc" }, select: { size: true } })).toEqual([
    { size: 5n },
    { size: 10n },
    { size: 18n },
  ]);
});
