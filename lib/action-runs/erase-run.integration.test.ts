import { beforeAll, describe, expect, test } from "vitest";
import { exportRuns } from "@/lib/action-runs/list/export-runs";
import { listRuns } from "@/lib/action-runs/list/list-runs";
import { parseRunSearch } from "@/lib/action-runs/list/schema";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { runView } from "@/lib/action-runs/show/run-view";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun } from "@/lib/approvals/decide-run";
import { getDecisionByToken } from "@/lib/approvals/get-decision-by-token";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { verifyReceiptFile } from "@/lib/domain/log/verify-receipt-file";
import { storeMailboxMessage } from "@/lib/mailer/store-mailbox-message";
import { exportReceipts } from "@/lib/receipts/document/export-receipts";
import { getReceiptFile } from "@/lib/receipts/document/get-receipt-file";
import { getLogKeys } from "@/lib/receipts/log/log-keys";
import { nodeCheck } from "@/lib/receipts/log/node-check";
import { NotPermitted } from "@/lib/security/not-permitted";
import {
  claim,
  claimOk,
  endLease,
  expectOk,
  linkToken,
  makeAction,
  makePerson,
  makeRun,
  makeWorkspace,
  propose,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { tablesWith } from "@/lib/testing/tables-with";
import { eraseRun } from "./erase-run";

const SECRET = "Marguerite Duras";
const PROPOSAL = {
  action: "refund",
  idempotency_key: "order-1",
  payload: { amount: "1840.00", currency: "EUR", recipient: SECRET, actor: "agent", reasoning: `${SECRET} was charged twice.` },
};

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, {
    name: "refund",
    sentence: "refund {amount} {currency} to {recipient}",
    approverEmails: ["ann@example.com"],
  });
});

const erase = (runId: string, ctx = workspace.ctx) =>
  eraseRun(ctx, { runId, reason: "Asked for by the customer.", erasedBy: "owner@example.com" });
const mail = (idempotencyKey: string) =>
  storeMailboxMessage(systemContext(null), {
    idempotencyKey,
    from: "console@example.com",
    to: "ann@example.com",
    subject: SECRET,
    html: SECRET,
    text: SECRET,
  });

async function textOf(pieces: AsyncGenerator<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

describe("an erased run", () => {
  test("holds nothing of people any more, anywhere, and everything copes and verifies", async () => {
    const { action_run_id: runId } = await proposeOk(workspace, PROPOSAL);
    const token = await linkToken(runId);
    const { id: mailId } = await getDb().emailDelivery.findFirstOrThrow({ where: { runId } });
    await mail(mailId);
    expectOk(await decideByLink(visitorContext(), token, { decision: "approve", comment: "Fine.", confirm: true }));
    expectOk(await report(workspace, runId, { claimToken: await claimOk(workspace, runId), result: { refunded_to: SECRET } }));
    expect((await tablesWith(SECRET)).sort()).toEqual(["action_runs", "mailbox_messages"]);

    expectOk(await erase(runId));
    expect(await tablesWith(SECRET)).toEqual([]);
    expect(await erase(runId)).toMatchObject({ ok: false, code: "already_erased" });
    expect(await tablesWith("Asked for by the customer.")).toEqual(expect.arrayContaining(["audit_events", "receipts"]));
    await expect(mail(mailId)).rejects.toThrow("erased");

    expect((await proposeOk(workspace, PROPOSAL)).action_run_id).toBe(runId);
    expect(await propose(workspace, { ...PROPOSAL, payload: { amount: "2" } })).toMatchObject({ code: "idempotency_conflict" });
    expect(expectOk(await report(workspace, runId, { result: { refunded_to: SECRET } })).answer.idempotent_replay).toBe(true);
    expect(expectOk(await getRunStatus(visitorContext(), workspace.credentials, runId)).answer).toMatchObject({
      execution_status: "executed",
      comment: "Fine.",
    });
    const story = await getRunStory(workspace.ctx, runId);
    expect(story && runView(story, "https://console.example/api")).toMatchObject({
      payload: null,
      result: null,
      sentence: null,
      erasure: { by: "owner@example.com" },
    });
    expect(await getDecisionByToken(visitorContext(), token)).toMatchObject({
      code: "link_used",
      fields: { summary: { sentence: "run refund (its data was erased)", amount: null } },
    });
    expect((await listRuns(workspace.ctx, { text: "Marguerite" }, { sort: "created", direction: "desc", limit: 10 })).runs).toEqual([]);
    expect(JSON.parse(await textOf(await exportRuns(workspace.ctx, parseRunSearch({}), { format: "json", ids: [runId] })))).toMatchObject([
      { action_run_id: runId, payload: null, recipient: null },
    ]);

    while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
    const { id } = await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "erasure" } });
    const file = await getReceiptFile(workspace.ctx, id);
    expect((await verifyReceiptFile(nodeCheck, (await getLogKeys()).keys, file)).problems).toEqual([]);
    expect((file?.receipts as { kind: string }[]).map(({ kind }) => kind)).toEqual(["decision", "execution", "erasure"]);
  });

  test("may not run, and a later report brings no text back", async () => {
    const runId = await makeRun(workspace, "always_allow", { autoReleasesClaims: true });
    const claimToken = await claimOk(workspace, runId);
    await endLease(runId);
    expectOk(await erase(runId));
    expect(await claim(workspace, runId)).toMatchObject({ ok: false, code: "not_executable" });
    expect(expectOk(await getRunStatus(visitorContext(), workspace.credentials, runId)).answer.executable).toBe(false);
    expectOk(await report(workspace, runId, { claimToken, outcome: "failed", error: SECRET }));
    expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
      executionStatus: "failed",
      executionError: null,
    });
  });
});

describe("erasing", () => {
  test("waits for the decision, for the claim's end and for a doubt to be settled", async () => {
    const { action_run_id: pending } = await proposeOk(workspace, { action: "refund", payload: { amount: "1" } });
    expect(await erase(pending)).toMatchObject({ ok: false, code: "not_decided" });
    expectOk(await decideRun(workspace.ctx, { runId: pending, decision: "approve", comment: null }));
    const claimToken = await claimOk(workspace, pending);
    expect(await erase(pending)).toMatchObject({ ok: false, code: "already_claimed" });
    await endLease(pending);
    expect(await erase(pending)).toMatchObject({ ok: false, code: "already_claimed", detail: expect.stringContaining("doubt") });
    expectOk(await report(workspace, pending, { claimToken }));
    expectOk(await erase(pending));
  });

  test("is for owners alone, and only in their own workspace", async () => {
    const runId = await makeRun(workspace, "always_block");
    for (const role of ["admin", "developer", "approver", "viewer", null] as const) {
      await expect(erase(runId, (await makePerson(workspace, role)).ctx as never)).rejects.toThrow(NotPermitted);
    }
    expect(await erase(runId, (await makeWorkspace()).ctx)).toMatchObject({ ok: false, code: "run_not_found" });
    expect(await getDb().receipt.count({ where: { runId, kind: "erasure" } })).toBe(0);
    expectOk(await erase(runId, (await makePerson(workspace, "owner")).ctx as never));
  });

  test("races with a claim and with a report: either the worker has the payload or nobody has", async () => {
    for (let round = 0; round < 10; round++) {
      const runId = await makeRun(workspace, "always_allow");
      const [claimed, erased] = await Promise.all([claim(workspace, runId), erase(runId)]);
      expect([claimed.ok, erased.ok].filter(Boolean)).toHaveLength(1);
      const reportedId = await makeRun(workspace, "always_allow");
      const [reported, gone] = await Promise.all([report(workspace, reportedId, { result: { to: SECRET } }), erase(reportedId)]);
      expect([reported.ok, gone.ok]).toEqual([true, true]);
    }
    expect(await tablesWith(SECRET)).toEqual([]);
  });

  test("by two at once happens once", async () => {
    const runId = await makeRun(workspace, "always_block");
    expect((await Promise.all([erase(runId), erase(runId)])).map(({ ok }) => ok).sort()).toEqual([false, true]);
  });
});

describe("an export of receipts", () => {
  test("holds what the filter means, each with its exact text, as CSV and as JSON, and is not for strangers", async () => {
    const all = JSON.parse(await textOf(await exportReceipts(workspace.ctx, {}, "json"))) as {
      kind: string;
      body: string;
      receipt_id: string;
    }[];
    expect(all).toHaveLength(await getDb().receipt.count({ where: { workspaceId: workspace.workspaceId } }));
    for (const { body, receipt_id: id, kind } of all) expect(JSON.parse(body)).toMatchObject({ receipt_id: id, kind });
    const lines = (await textOf(await exportReceipts(workspace.ctx, { kinds: ["erasure"] }, "csv"))).trimEnd().split("\r\n");
    expect(lines[0]).toMatch(/^\ufeffreceipt_id,kind,outcome,.*,leaf_hash,body$/);
    expect(lines).toHaveLength(1 + all.filter(({ kind }) => kind === "erasure").length);
    await makeAction(workspace, { name: "formula", recipientField: "recipient", policy: { type: "always_allow" } });
    await proposeOk(workspace, { action: "formula", payload: { recipient: "=1+1" } });
    expect(await textOf(await exportReceipts(workspace.ctx, { actions: ["formula"] }, "csv"))).toContain(",'=1+1,");
    await expect(exportReceipts((await makePerson(workspace, null)).ctx, {}, "csv")).rejects.toThrow(NotPermitted);
  });
});
