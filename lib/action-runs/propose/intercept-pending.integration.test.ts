import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { openToken } from "@/lib/security/seal-token";
import { makeAction, makeWorkspace, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";

interface Job {
  task: string;
  payload: Record<string, string>;
  run_at: Date;
}

const jobsNaming = (...ids: string[]) =>
  getDb().$queryRaw<Job[]>`
    SELECT task.identifier AS task, job.payload, job.run_at
    FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id
    WHERE job.payload ->> 'deliveryId' = ANY(${ids}) OR job.payload ->> 'runId' = ANY(${ids}) ORDER BY job.id`;

/** As a future settings page does it. */
const routeWorkspaceTo = (workspace: TestWorkspace, emails: string[]) =>
  getDb().workspace.update({ where: { id: workspace.workspaceId }, data: { approverEmails: emails, configVersion: { increment: 1 } } });

describe("a proposal that waits for people", () => {
  test("writes request, links, mails and jobs in one transaction", async () => {
    const workspace = await makeWorkspace();
    const approverEmails = ["ann@example.com", "ben@example.com"];
    await makeAction(workspace, { name: "refund", approverEmails, approvalWindowMinutes: 90 });
    const { action_run_id: runId } = await proposeOk(workspace, { action: "refund", payload: { amount: 5 } });

    const run = await getDb().actionRun.findUniqueOrThrow({
      where: { id: runId },
      include: { approvalRequest: { include: { links: true } } },
    });
    const expiresAt = new Date(run.createdAt.getTime() + 90 * 60_000);
    expect(run).toMatchObject({ expiresAt, decidedAt: null, mailNotSentReason: null });
    expect(run.approvalRequest).toMatchObject({ approverEmails, policyReason: "policy_requires_approval", expiresAt });
    const links = run.approvalRequest?.links ?? [];
    expect(links.map((link) => link.approverEmail).sort()).toEqual(approverEmails);
    expect(links).toEqual(links.map((link) => expect.objectContaining({ id: link.id, expiresAt, usedAt: null }) as unknown));

    const mails = await getDb().emailDelivery.findMany({ where: { runId } });
    for (const mail of mails) {
      const link = links.find(({ id }) => id === mail.decisionLinkId);
      expect(mail).toMatchObject({
        kind: "approval_request",
        toEmail: link?.approverEmail,
        status: "queued",
        notSentReason: null,
        attempts: 0,
      });
      const token = openToken(mail.sealedToken ?? new Uint8Array());
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(Buffer.from(link?.tokenHash ?? "")).toEqual(createHash("sha256").update(token).digest());
      expect(Buffer.from(mail.sealedToken ?? "").includes(token)).toBe(false);
    }
    const jobs = await jobsNaming(runId, ...mails.map(({ id }) => id));
    expect(tally(jobs.map(({ task }) => task))).toEqual({ "send-email": 2, "expire-run": 1 });
    expect(jobs.find(({ task }) => task === "expire-run")).toMatchObject({ payload: { runId }, run_at: expiresAt });
    expect(
      jobs
        .filter(({ task }) => task === "send-email")
        .map(({ payload }) => payload.deliveryId)
        .sort(),
    ).toEqual(mails.map(({ id }) => id).sort());
  });

  test("asks the action's approvers, else the workspace's, else the owner", async () => {
    const workspace = await makeWorkspace();
    await makeAction(workspace, { name: "unrouted" });
    await makeAction(workspace, { name: "routed", approverEmails: ["ann@example.com"] });
    const askedBy = async (action: string) => {
      const { action_run_id: runId } = await proposeOk(workspace, { action, payload: {} });
      const { approverEmails } = await getDb().approvalRequest.findFirstOrThrow({ where: { runId } });
      const mails = await getDb().emailDelivery.findMany({ where: { runId }, orderBy: { id: "asc" } });
      expect(mails.map(({ toEmail }) => toEmail)).toEqual(approverEmails);
      return approverEmails;
    };
    expect(await askedBy("unrouted")).toEqual([workspace.ownerEmail]);
    await routeWorkspaceTo(workspace, ["office@example.com", "desk@example.com"]);
    expect(await askedBy("unrouted")).toEqual(["office@example.com", "desk@example.com"]);
    expect(await askedBy("routed")).toEqual(["ann@example.com"]);
  });

  test("without a window of its own, an action has the settings' one", async () => {
    const workspace = await makeWorkspace();
    await makeAction(workspace, { name: "refund" });
    const { action_run_id: id } = await proposeOk(workspace, { action: "refund", payload: {} });
    const { createdAt, expiresAt } = await getDb().actionRun.findUniqueOrThrow({ where: { id } });
    expect((expiresAt?.getTime() ?? 0) - createdAt.getTime()).toBe(1440 * 60_000);
  });

  test("a decision at once writes nothing of that", async () => {
    const workspace = await makeWorkspace();
    await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
    const { action_run_id: runId } = await proposeOk(workspace, { action: "export_report", payload: {} });
    expect(await jobsNaming(runId)).toEqual([]);
    expect(await getDb().emailDelivery.count({ where: { runId } })).toBe(0);
    expect(await getDb().approvalRequest.count({ where: { runId } })).toBe(0);
  });
});
