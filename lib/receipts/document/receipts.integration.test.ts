import { beforeAll, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { decideRun } from "@/lib/approvals/decide-run";
import { revokeApproval } from "@/lib/approvals/revoke-approval";
import { operatorContext, systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { checkReceipts } from "@/lib/receipts/log/check-receipts";
import { leafHash } from "@/lib/receipts/log/leaf-hash";
import { claimOk, expectOk, makeAction, makePerson, makeWorkspace, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { exportReceipts } from "./export-receipts";
import { getReceiptDocument } from "./get-receipt-document";
import { getReceiptFile } from "./get-receipt-file";
import { listReceiptedRuns, listReceipts } from "./list-receipts";

let workspace: TestWorkspace;
let other: TestWorkspace;
beforeAll(async () => {
  [workspace, other] = [await makeWorkspace(), await makeWorkspace()];
  const refund = {
    name: "refund",
    title: "Refund",
    sentence: "refund {amount} {currency} to {customer}",
    approverEmails: ["ann@example.com"],
  };
  await makeAction(workspace, { ...refund, policy: { type: "require_approval_above_amount", threshold: "100" } });
  await makeAction(workspace, { name: "blocked", policy: { type: "always_block" } });
});

async function receiptOf(runId: string, kind = "decision"): Promise<string> {
  return (await getDb().receipt.findFirstOrThrow({ where: { runId, kind } })).id;
}

async function approved(): Promise<string> {
  const { action_run_id: runId } = await proposeOk(workspace, {
    action: "refund",
    payload: { amount: 1840, currency: "EUR", customer: "Café GmbH", actor: "agent", reasoning: "Charged twice." },
  });
  expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: "Checked." }));
  return runId;
}

describe("getReceiptDocument", () => {
  test("answers the six questions, the execution attached once it is reported", async () => {
    const runId = await approved();
    const before = await getReceiptDocument(workspace.ctx, await receiptOf(runId));
    expect(before).toMatchObject({
      runId,
      proposal: "refund 1,840.00 EUR to Café GmbH",
      reasoning: "Charged twice.",
      policy: { explanation: "1,840.00 is above the threshold of 100.00, so a person decides.", reason: "policy_amount_above_threshold" },
      askedEmails: ["ann@example.com"],
      decision: { says: { governance_status: "approved", channel: "admin_cli", comment: "Checked.", approval_required: true } },
      execution: null,
      commitments: { payload: "matches", context: "matches" },
    });
    const claimToken = await claimOk(workspace, runId);
    expectOk(await report(workspace, runId, { claimToken, result: { refund_id: "re_1" } }));
    const byExecution = await getReceiptDocument(workspace.ctx, await receiptOf(runId, "execution"));
    expect(byExecution).toMatchObject({
      decision: { id: before?.decision.id },
      execution: { says: { execution_status: "executed", worker: "worker-1" } },
      resultRows: [{ path: "refund_id", text: "re_1" }],
    });
  });

  test("notices a text that does not have its hash, and a payload that is not the one", async () => {
    const runId = await approved();
    const id = await receiptOf(runId);
    await getDb().$executeRaw`ALTER TABLE receipts DISABLE TRIGGER USER`;
    await getDb().$executeRaw`ALTER TABLE receipts DROP CONSTRAINT receipts_leaf_hash`;
    await getDb().$executeRaw`UPDATE receipts SET body = replace(body, 'Checked.', 'Blessed.') WHERE id = ${id}::uuid`;
    await getDb().$executeRaw`ALTER TABLE action_runs DISABLE TRIGGER USER`;
    await getDb().$executeRaw`UPDATE action_runs SET payload_text = replace(payload_text, '1840', '18') WHERE id = ${runId}::uuid`;
    await getDb().$executeRaw`ALTER TABLE action_runs ENABLE TRIGGER USER`;
    await getDb().$executeRaw`ALTER TABLE receipts ENABLE TRIGGER USER`;
    expect(await getReceiptDocument(workspace.ctx, id)).toMatchObject({ commitments: { payload: "differs", context: "matches" } });
    while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
    expect((await checkReceipts(workspace.ctx, { runId })).verdict.problems.join()).toContain("its text was changed");
  });

  test("an erased payload leaves the receipt, and says so", async () => {
    const runId = await approved();
    expectOk(await eraseRun(workspace.ctx, { runId, reason: "Asked for.", erasedBy: "owner@example.com" }));
    expect(await getReceiptDocument(workspace.ctx, await receiptOf(runId))).toMatchObject({
      proposal: "refund (its data was erased)",
      reasoning: null,
      amount: null,
      payloadRows: [],
      policy: { explanation: null },
      commitments: { payload: "erased", context: "erased" },
      erasure: { says: { erased_by: "owner@example.com", reason: "Asked for." } },
    });
    const { receipts } = await listReceipts(workspace.ctx, { kinds: ["erasure"], by: "OWNER@example" }, {}, 10);
    expect(receipts).toMatchObject([{ runId, outcome: "erased", decidedBy: "owner@example.com", amount: null }]);
    expect((await listReceipts(workspace.ctx, { kinds: ["erasure"], by: "policy" }, {}, 10)).receipts).toEqual([]);
  });

  test("a foreign receipt is like a missing one; a stranger is refused", async () => {
    const id = await receiptOf(await approved());
    expect(await getReceiptDocument(other.ctx, id)).toBeNull();
    expect(await getReceiptFile(other.ctx, id)).toBeNull();
    const stranger = await makePerson(workspace, null);
    for (const read of [
      () => getReceiptDocument(stranger.ctx, id),
      () => getReceiptFile(stranger.ctx, id),
      () => listReceipts(stranger.ctx, {}, {}, 10),
    ]) {
      await expect(read()).rejects.toMatchObject({ name: "NotPermitted" });
    }
    for (const role of ["owner", "admin", "developer", "approver", "viewer"] as const) {
      expect(await getReceiptDocument((await makePerson(workspace, role)).ctx, id)).not.toBeNull();
    }
  });
});

test("the file holds the exact texts that the hashes cover", async () => {
  const file = await getReceiptFile(workspace.ctx, await receiptOf(await approved()));
  for (const receipt of file?.receipts as JsonObject[]) expect(leafHash(String(receipt.body)).toString("hex")).toBe(receipt.leaf_hash);
});

describe("listReceipts", () => {
  test("pages forth and back over all of them, the newest first", async () => {
    const own = await makeWorkspace();
    await makeAction(own, { name: "go", policy: { type: "always_allow" } });
    for (let made = 0; made < 7; made++) await proposeOk(own, { action: "go", payload: { made } });
    const all = (await listReceipts(own.ctx, {}, {}, 50)).receipts.map(({ id }) => id);
    expect(all).toEqual([...all].sort().reverse());
    const first = await listReceipts(own.ctx, {}, {}, 3);
    const second = await listReceipts(own.ctx, {}, { before: first.receipts.at(-1)?.id }, 3);
    const third = await listReceipts(own.ctx, {}, { before: second.receipts.at(-1)?.id }, 3);
    expect([first, second, third].flatMap(({ receipts }) => receipts.map(({ id }) => id))).toEqual(all);
    expect([first, second, third].map(({ hasMore, hasNewer }) => [hasMore, hasNewer])).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ]);
    const back = await listReceipts(own.ctx, {}, { after: third.receipts[0]?.id }, 3);
    expect(back).toEqual(second);
  });

  test("each filter keeps what it says", async () => {
    const runId = await approved();
    expectOk(await report(workspace, runId, { outcome: "failed", error: "No." }));
    await proposeOk(workspace, { action: "blocked", payload: {} });
    await proposeOk(workspace, { action: "never_registered", payload: {} });
    const outcomes = async (filter: Parameters<typeof listReceipts>[1]) =>
      new Set((await listReceipts(workspace.ctx, filter, {}, 50)).receipts.map(({ kind, outcome }) => `${kind} ${outcome}`));
    expect(await outcomes({ kinds: ["execution"], outcomes: ["failed"] })).toEqual(new Set(["execution failed"]));
    expect(await outcomes({ outcomes: ["blocked"] })).toEqual(new Set(["decision blocked"]));
    expect(await outcomes({ actions: ["never_registered"] })).toEqual(new Set(["decision blocked"]));
    expect(await outcomes({ by: "policy" })).toEqual(new Set(["decision blocked"]));
    expect(await outcomes({ by: workspace.ownerEmail.toUpperCase(), kinds: ["decision"] })).toEqual(new Set(["decision approved"]));
    expect(await outcomes({ by: "nobody@" })).toEqual(new Set());
    const today = new Date().toISOString().slice(0, 10);
    expect((await outcomes({ from: today, until: today })).size).toBeGreaterThan(2);
    expect(await outcomes({ until: "2020-01-01" })).toEqual(new Set());
    expect((await outcomes({ within: "1h" })).size).toBeGreaterThan(2);
    expect(await outcomes({ outcomes: ["blocked", "failed"] })).toEqual(new Set(["decision blocked", "execution failed"]));
  });

  test("an approval among several is its voter's, whoever decided", async () => {
    const own = await makeWorkspace();
    const [ann, ben] = ["ann@example.com", "ben@example.com"];
    await makeAction(own, { name: "wire", approverEmails: [ann, ben], approvals: 2 });
    const { action_run_id: runId } = await proposeOk(own, { action: "wire", payload: {} });
    const as = (email: string) => operatorContext(own.workspaceId, email);
    const approve = async (email: string) => expectOk(await decideRun(as(email), { runId, decision: "approve", comment: null }));
    const rows = async (filter: Parameters<typeof listReceipts>[1]) =>
      (await listReceipts(own.ctx, filter, {}, 50)).receipts.map(({ kind, outcome, decidedBy }) => [kind, outcome, decidedBy]);
    await approve(ann);
    expectOk(await revokeApproval(as(ann), { runId, comment: null }));
    const pending = [
      ["vote_revocation", "approval_revoked", ann],
      ["vote", "approved", ann],
    ];
    expect(await rows({})).toEqual(pending);
    await approve(ann);
    await approve(ben);
    const all = [["decision", "approved", ben], ["vote", "approved", ben], ["vote", "approved", ann], ...pending];
    expect(await rows({})).toEqual(all);
    expect(await rows({ by: "ANN@" })).toEqual(all.filter(([, , by]) => by === ann));
    expect(await rows({ by: ben })).toEqual(all.filter(([, , by]) => by === ben));
    expect(await rows({ outcomes: ["approved"] })).toEqual(all.filter(([, outcome]) => outcome === "approved"));
    expect(await rows({ outcomes: ["rejected", "blocked"] })).toEqual([]);
    for (const by of [ann, ben])
      expect((await listReceiptedRuns(own.ctx, { by }, {}, 50)).receipts).toMatchObject([{ runId, kind: "decision" }]);
    // What the run becomes afterwards changes none of it.
    expectOk(await revokeApproval(as(ann), { runId, comment: null }));
    expect(await rows({ kinds: ["vote", "vote_revocation"] })).toEqual(all.slice(1));
    let csv = "";
    for await (const piece of await exportReceipts(own.ctx, { kinds: ["vote"] }, "csv")) csv += piece;
    expect(csv.match(/,[a-z]+@example\.com,/g)).toEqual([`,${ben},`, `,${ann},`, `,${ann},`]);
  });

  test("one row a run: its newest receipt, found by what any of its receipts says", async () => {
    const own = await makeWorkspace();
    await makeAction(own, { name: "go", policy: { type: "always_allow" } });
    const reported = (await proposeOk(own, { action: "go", payload: { n: 1 } })).action_run_id;
    const plain = (await proposeOk(own, { action: "go", payload: { n: 2 } })).action_run_id;
    expectOk(await report(own, reported, { outcome: "executed" }));
    const runs = async (filter: Parameters<typeof listReceiptedRuns>[1]) =>
      (await listReceiptedRuns(own.ctx, filter, {}, 50)).receipts.map(({ runId, kind, governanceStatus, executionStatus }) => [
        runId,
        kind,
        governanceStatus,
        executionStatus,
      ]);
    const both = [
      [reported, "execution", "allowed", "executed"],
      [plain, "decision", "allowed", "awaiting_execution_report"],
    ];
    expect(await runs({})).toEqual(both);
    expect(await runs({ outcomes: ["allowed"] })).toEqual(both);
    expect(await runs({ kinds: ["decision"] })).toEqual(both);
    expect(await runs({ kinds: ["execution"] })).toEqual(both.slice(0, 1));
    expect(await runs({ outcomes: ["executed"] })).toEqual(both.slice(0, 1));
    const first = await listReceiptedRuns(own.ctx, {}, {}, 1);
    expect([first.hasMore, first.receipts.map(({ runId }) => runId)]).toEqual([true, [reported]]);
    const second = await listReceiptedRuns(own.ctx, {}, { before: first.receipts[0]?.id }, 1);
    expect([second.hasMore, second.receipts.map(({ runId }) => runId)]).toEqual([false, [plain]]);
  });
});
