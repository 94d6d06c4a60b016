import { expect, test, vi } from "vitest";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { logger } from "@/lib/logger";
import { withDb } from "@/lib/security/context";
import { atOnce, endApprovalWindow, expectOk, linkTokens, makeRun, makeWorkspace, tally } from "@/lib/testing/factories";
import { askApprover } from "./ask-approver";
import { decideByLink } from "./decide-by-link";
import { decideRun } from "./decide-run";
import { lockRequest } from "./lock-request";
import { noteRunOpened } from "./note-opened";

const mailsOf = (runId: string) => getDb().emailDelivery.findMany({ where: { runId }, orderBy: { id: "asc" } });
const request = (runId: string) => getDb().approvalRequest.findFirstOrThrow({ where: { runId } });

test("somebody new gets a link of their own; who was asked already keeps theirs; whoever answers first decides", async () => {
  const workspace = await makeWorkspace();
  const runId = await makeRun(workspace, "always_require_approval", { approverEmails: ["ann@example.com"] });
  const first = (await linkTokens(runId)).get("ann@example.com") ?? "";
  await atOnce(6, (index) => askApprover(workspace.ctx, { runId, email: `new-${index % 3}@example.com`, reason: "escalation" }));
  expectOk(await askApprover(workspace.ctx, { runId, email: "ann@example.com", reason: "resend" }));
  expect((await request(runId)).approverEmails.toSorted()).toEqual([
    "ann@example.com",
    "new-0@example.com",
    "new-1@example.com",
    "new-2@example.com",
  ]);
  const mails = await mailsOf(runId);
  expect(tally(mails.map(({ askReason, status }) => `${askReason} ${status}`))).toEqual({
    "null queued": 1,
    "escalation queued": 6,
    "resend queued": 1,
  });
  expect(await getDb().auditEvent.count({ where: { subjectId: runId, verb: "run.approver_asked" } })).toBe(7);
  expectOk(await decideByLink(visitorContext(), first, { decision: "reject", comment: null, confirm: false }));
  expect(
    await decideByLink(visitorContext(), (await linkTokens(runId)).get("new-1@example.com") ?? "", {
      decision: "approve",
      comment: null,
      confirm: true,
    }),
  ).toMatchObject({ ok: false, code: "already_decided" });
});

test("asking locks a request no further than it must: its links and mails can be written meanwhile", async () => {
  const workspace = await makeWorkspace();
  const runId = await makeRun(workspace, "always_require_approval");
  await inTransaction(getDb(), async (tx) => {
    expectOk(await askApprover(withDb(workspace.ctx, tx), { runId, email: "ben@example.com", reason: "resend" }));
    // What a foreign key to the request takes.
    await getDb().$queryRaw`SELECT 1 AS locked FROM approval_requests WHERE run_id = ${runId}::uuid FOR KEY SHARE NOWAIT`;
    await expect(
      getDb().$queryRaw`SELECT 1 AS locked FROM approval_requests WHERE run_id = ${runId}::uuid FOR NO KEY UPDATE NOWAIT`,
    ).rejects.toThrow(/lock/);
  });
});

test("nobody is asked about what is decided, over or not there", async () => {
  const workspace = await makeWorkspace();
  const [decided, over] = [await makeRun(workspace, "always_require_approval"), await makeRun(workspace, "always_require_approval")];
  expectOk(await decideRun(workspace.ctx, { runId: decided, decision: "reject", comment: null }));
  await endApprovalWindow(over);
  const ask = (runId: string) => askApprover(workspace.ctx, { runId, email: "ben@example.com", reason: "bounce" });
  expect(await ask(decided)).toMatchObject({ ok: false, code: "already_decided" });
  expect(await ask(over)).toMatchObject({ ok: false, code: "already_decided" });
  const stranger = await makeWorkspace();
  expect(await askApprover(stranger.ctx, { runId: decided, email: "ben@example.com", reason: "bounce" })).toMatchObject({
    ok: false,
    code: "run_not_found",
  });
  expect(await mailsOf(decided)).toHaveLength(1);
});

test("the mail counts against the owner's month; over it, the person is asked without a mail", async () => {
  const workspace = await makeWorkspace({ plan: "free", limits: { emailsPerMonth: 2 } });
  const runId = await makeRun(workspace, "always_require_approval", { approverEmails: ["ann@example.com"] });
  const asked = await atOnce(4, (index) => askApprover(workspace.ctx, { runId, email: `new-${index}@example.com`, reason: "delegation" }));
  expect(tally(asked.map((one) => String(expectOk(one).asked.isMailed)))).toEqual({ true: 1, false: 3 });
  expect(tally((await mailsOf(runId)).map(({ status, notSentReason }) => `${status} ${notSentReason}`))).toEqual({
    "queued null": 2,
    "not_sent monthly_email_limit": 3,
  });
  expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ mailNotSentReason: "monthly_email_limit" });
});

test("whoever opens a request and whoever asks about it at once do not wait for each other", async () => {
  const workspace = await makeWorkspace();
  const approver = "ann@example.com";
  const runId = await makeRun(workspace, "always_require_approval", { approverEmails: [approver] });
  let opening: Promise<void> | undefined;
  await inTransaction(getDb(), async (tx) => {
    await lockRequest(withDb(workspace.ctx, tx), { runId });
    opening = noteRunOpened(workspace.ctx, { workspaceId: workspace.workspaceId, runId, email: approver });
    await vi.waitFor(async () => {
      const blocked = await tx.$queryRaw`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      expect(blocked).toHaveLength(1);
    });
    // Withdrawing, and standing in for someone, write the links of the request that they have locked.
    await tx.decisionLink.updateMany({ where: { approvalRequest: { runId } }, data: { openedAt: null } });
  });
  await opening;
  expect((await request(runId)).openedAt).not.toBeNull();
  expect(await getDb().decisionLink.findMany({ where: { approvalRequest: { runId }, openedAt: null } })).toEqual([]);
});

test("a request is read, too, when it cannot be noted that it was", async () => {
  const workspace = await makeWorkspace();
  const runId = await makeRun(workspace, "always_require_approval");
  const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
  const { workspaceId } = workspace;
  await getDb().$executeRaw`ALTER TABLE decision_links RENAME TO decision_links_away`;
  try {
    await noteRunOpened(workspace.ctx, { workspaceId, runId, email: workspace.ownerEmail });
  } finally {
    await getDb().$executeRaw`ALTER TABLE decision_links_away RENAME TO decision_links`;
  }
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
  expect((await request(runId)).openedAt).toBeNull();
});
