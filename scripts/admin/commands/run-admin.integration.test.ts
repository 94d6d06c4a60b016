import { beforeAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { mailboxProvider } from "@/lib/email/mailbox-provider";
import { sendEmail } from "@/lib/mailer/send-email";
import { storeMailboxMessage } from "@/lib/mailer/store-mailbox-message";
import {
  claimOk,
  endLease,
  expectOk,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { withinOnePeriod } from "@/lib/testing/within-one-period";
import { admin, json, listIn, refused } from "../try-admin";

const NO_ONE = "019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b";

const limitAndUses = (document: JsonObject) =>
  Object.fromEntries(
    listIn(document, "limits").map(({ name, limit, usage }) => [String(name), [limit, ...(usage as JsonObject[]).map((use) => use.used)]]),
  );

describe("run", () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await makeWorkspace();
  });

  test("list filters, pages from the newest on, and looks into one workspace or all", async () => {
    const pending = await makeRun(workspace, "always_require_approval");
    const allowed = await makeRun(workspace, "always_allow");
    const blocked = await makeRun(workspace, "always_block");
    const elsewhere = await makeRun(await makeWorkspace(), "always_allow");
    const ids = async (...args: string[]) => listIn(await json("run", "list", ...args), "runs").map((run) => run.action_run_id);
    const here = ["--workspace", workspace.workspaceId];

    expect(await ids(...here)).toEqual([blocked, allowed, pending]);
    expect(await ids("--limit", "1")).toEqual([elsewhere]);
    expect(await ids(...here, "--limit", "1", "--before", blocked)).toEqual([allowed]);
    expect(await ids(...here, "--status", "pending_approval")).toEqual([pending]);
    expect(await ids(...here, "--execution", "awaiting_execution_report")).toEqual([allowed]);
    expect(await ids(...here, "--until", "2020-01-01")).toEqual([]);
    expect(await ids(...here, "--from", "2020-01-01T00:00:00+02:00")).toHaveLength(3);
    expect(await ids(...here, "--in-doubt")).toEqual([]);
  });

  test("show tells the whole story of a run that was asked about, decided, claimed and executed", async () => {
    await makeAction(workspace, { name: "refund_customer", approverEmails: ["ada@example.com"] });
    const proposal = {
      action: "refund_customer",
      payload: { amount: "12.50", currency: "EUR", note: "a\u200bb" },
      reasoning: "Late.\u001b[2J",
      actor: "agent",
      idempotency_key: "k-1",
    };
    const { action_run_id: runId } = await proposeOk(workspace, proposal);
    await deliverMails(runId);
    const decided = await json("run", "decide", runId, "--decision", "approve", "--as", "ada@example.com", "--comment", "Checked.");
    expect(decided).toMatchObject({
      governance_status: "approved",
      execution_status: "awaiting_execution_report",
      decided_by: "ada@example.com",
      comment: "Checked.",
    });
    const claimToken = await claimOk(workspace, runId);
    expectOk(await report(workspace, runId, { result: { mail_id: 7 }, claimToken }));

    const story = await json("run", "show", runId);
    expect(story).toMatchObject({
      action_run_id: runId,
      idempotency_key: "k-1",
      payload: proposal.payload,
      actor: "agent",
      governance_status: "approved",
      execution_status: "executed",
      policy: { type: "always_require_approval", version: 1 },
      approval: { asked: ["ada@example.com"], links: [{ approver: "ada@example.com" }] },
      mails: [{ to: "ada@example.com", status: "sent", provider: "mailbox" }],
      decision: { decision: "approve", channel: "admin_cli", decided_by: "ada@example.com", comment: "Checked." },
      claim: { worker: "worker-1" },
      report: { execution_status: "executed", execution_result: { mail_id: 7 } },
      receipts: [{ kind: "decision" }, { kind: "execution" }],
    });
    expect(listIn(story, "events").map((event) => event.verb)).toEqual(["run.decided", "run.claimed", "run.reported"]);

    const { out } = await admin("run", "show", runId);
    for (const part of [
      "refund_customer",
      "Late.[U+001B][2J",
      "Approved by ada@example.com from the command line. “Checked.”",
      "Claimed by worker worker-1 for 60 s.",
      "Executed as reported by the app.",
    ])
      expect(out).toContain(part);
    // What an agent sends must not move the terminal's cursor, nor hide.
    expect(out).not.toContain("\u001b");
    expect(out).not.toContain("\u200b");
  });

  test("decide keeps to who may, and tells who was faster", async () => {
    const runId = await makeRun(workspace, "always_require_approval");
    expect(await refused("run", "decide", runId, "--decision", "approve", "--as", "stranger@example.com")).toContain(
      "stranger@example.com can't decide it",
    );
    expect(await json("run", "decide", runId, "--decision", "block", "--as", workspace.ownerEmail)).toMatchObject({
      governance_reason: "manually_blocked_by_approver",
    });
    expect(await refused("run", "decide", runId, "--decision", "approve", "--as", workspace.ownerEmail)).toContain(
      `The run was already blocked by ${workspace.ownerEmail}.`,
    );
    expect(
      await refused("run", "decide", runId, "--decision", "approve", "--as", workspace.ownerEmail, "--comment", "x".repeat(2001)),
    ).toBe("--comment must have at most 2000 characters.");
  });

  test("settle ends the doubt about a run, each in its way", async () => {
    const inDoubt = async () => {
      const runId = await makeRun(workspace, "always_allow");
      await claimOk(workspace, runId);
      expect(await refused("run", "settle", runId, "--as", "executed")).toBe("The run isn't in doubt: no claim on it has expired.");
      await endLease(runId);
      expect(listIn(await json("run", "list", "--in-doubt", "--workspace", workspace.workspaceId), "runs")).toMatchObject([
        { action_run_id: runId, in_doubt: true },
      ]);
      return runId;
    };
    const executed = await inDoubt();
    expect(await json("run", "settle", executed, "--as", "executed", "--by", "ada@example.com")).toMatchObject({
      execution_status: "executed",
      settled_by: "ada@example.com",
    });
    expect((await admin("run", "show", executed)).out).toContain("Marked as executed by ada@example.com, who settled the run.");
    expect(await json("run", "settle", await inDoubt(), "--as", "failed")).toMatchObject({ execution_status: "failed", settled_by: null });
    const released = await inDoubt();
    expect(await json("run", "settle", released, "--as", "released")).toMatchObject({ execution_status: "awaiting_execution_report" });
    await claimOk(workspace, released);
  });
});

describe("mailbox", () => {
  test("messages are listed by address and run, and shown with their links", async () => {
    const workspace = await makeWorkspace();
    const runId = await makeRun(workspace, "always_require_approval", { approverEmails: ["chi@example.com"] });
    await deliverMails(runId);
    const [message] = listIn(await json("mailbox", "list", "--to", "chi@example.com"), "messages");
    expect(message).toMatchObject({ to: "chi@example.com", action_run_id: runId });
    expect(listIn(await json("mailbox", "list", "--run", runId), "messages")).toEqual([message]);
    expect(listIn(await json("mailbox", "list", "--run", NO_ONE), "messages")).toEqual([]);

    const shown = await json("mailbox", "show", String(message?.message_id));
    expect(shown.links).toContainEqual(expect.stringMatching(/^http:\/\/localhost:3000\/decide\/[\w-]{43}$/));
    const { out } = await admin("mailbox", "show", String(message?.message_id));
    expect(out).toContain(String((shown.links as string[])[0]));
  });
});

describe("limits", () => {
  test("show has what is used, set changes it, and what is set for one owner wins over the plan", () =>
    withinOnePeriod("day", async () => {
      const workspace = await makeWorkspace({ plan: "free" });
      await makeRun(workspace, "always_allow");
      await makeRun(workspace, "always_require_approval");
      const shown = await json("limits", "show", "--owner", workspace.ownerEmail);
      expect(shown.plan).toBe("free");
      expect(limitAndUses(shown)).toMatchObject({
        active_workspaces: [2, 1],
        active_actions_per_workspace: [3, 2],
        runs_per_month: [1000, 2],
        emails_per_month: [100, 1],
        intercepts_per_day: [500, 2],
      });
      const set = await json("limits", "set", "--owner", workspace.ownerEmail, "--plan", "unlimited", "--runs-per-month", "2");
      expect(limitAndUses(set)).toMatchObject({ runs_per_month: [2, 2], emails_per_month: [null, 1] });
      await makeAction(workspace, { name: "one_more" });
      await expect(proposeOk(workspace, { action: "one_more", payload: {} })).rejects.toThrow("monthly_run_limit");
    }));

  test("nothing to set is a mistake", async () => {
    expect(await refused("limits", "set", "--owner", "a@example.com")).toBe(
      "Give something to set: --plan, or a limit such as --runs-per-month.",
    );
  });
});

test("doctor fails on a problem, and still prints its findings", async () => {
  const { code, out, err } = await admin("doctor", "--json");
  const findings = JSON.parse(out) as { ok: boolean; checks: { name: string; status: string; detail: string }[] };
  // The server of the tests does without fsync, which a console must not.
  expect({ code, err, ok: findings.ok }).toEqual({ code: 1, err: "", ok: false });
  const { database, migrations, notifications, clock } = Object.fromEntries(findings.checks.map((check) => [check.name, check]));
  expect(database).toMatchObject({ status: "problem", detail: expect.stringContaining("fsync") as string });
  expect([migrations?.status, notifications?.status, clock?.status]).toEqual(["ok", "ok", "ok"]);
});

async function deliverMails(runId: string): Promise<void> {
  const queued = await getDb().emailDelivery.findMany({ where: { runId, status: "queued" } });
  for (const { id } of queued)
    await sendEmail(
      systemContext(null),
      mailboxProvider((message) => storeMailboxMessage(systemContext(null), message)),
      id,
    );
}
