import { beforeAll, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { releaseClaim } from "@/lib/action-runs/execute/release-claim";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { readDecisionBody } from "@/lib/domain/log/read-receipt-body";
import { ANN, answerRefund, askRefund, makeChangeableRefunds, REFUND } from "@/lib/testing/changes";
import { asSdk, claim, expectOk, linkToken, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";
import { getDecisionByToken } from "./get-decision-by-token";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeChangeableRefunds();
});

const ask = (more: JsonObject = {}) => askRefund(workspace, more);
const runOf = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id } });
const receiptOf = async (runId: string) =>
  readDecisionBody((await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } })).body);

describe("approve with a change", () => {
  test("the claim gives what was approved, and says what was changed and why; what was proposed stays", async () => {
    const { action_run_id: runId, payload_hash: proposedHash } = await ask();
    expectOk(await answerRefund(runId, { amount: "1480" }));
    const changed = { ...REFUND, amount: "1480" };
    expect(expectOk(await claim(workspace, runId)).answer).toMatchObject({
      payload: changed,
      payload_hash: jsonHash(changed),
      payload_changed: true,
      changes: [{ op: "replace", path: "/amount", value: "1480" }],
      reason: "Only 1,480 were charged twice.",
    });
    const run = await runOf(runId);
    expect(JSON.parse(run.payloadText ?? "")).toEqual(REFUND);
    expect(Buffer.from(run.payloadHash).toString("hex")).toBe(proposedHash);
    // What is listed, searched and added up from then on is what was approved.
    expect(run).toMatchObject({ sentence: "refund 1,480.00 EUR to ada@customer.example" });
    expect(run.amount?.toFixed()).toBe("1480");
    expect((await receiptOf(runId))?.change).toEqual({
      payload_commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
      changes_commitment: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test("an app that doesn't take changes is never given one: a person rejects with a proposal, and the replay has it", async () => {
    const key = crypto.randomUUID();
    const { action_run_id: runId } = await ask({ accepts_changes: false, idempotency_key: key });
    expect(await answerRefund(runId, { amount: "1480" })).toMatchObject({ code: "changes_not_accepted" });
    expectOk(await answerRefund(runId, { amount: "1480" }, { decision: "reject" }));
    expect(await getDecisionByToken(visitorContext(), await linkToken(runId))).toMatchObject({
      code: "link_used",
      fields: { summary: { changes: [{ field: "amount", before: "1840.00", after: "1480" }], is_proposal: true } },
    });
    const replayed = await proposeOk(workspace, { action: "refund", payload: REFUND, idempotency_key: key });
    expect(replayed).toMatchObject({
      executable: false,
      payload_changed: false,
      decision: {
        outcome: "rejected",
        by: ANN,
        comment: "Only 1,480 were charged twice.",
        changes: [{ op: "replace", path: "/amount", value: "1480" }],
        proposed_payload: { ...REFUND, amount: "1480" },
      },
    });
    expect((await runOf(runId)).amount?.toFixed()).toBe("1840");
  });

  test("a client that proposes the same without taking changes turns them off while the run is pending", async () => {
    const key = crypto.randomUUID();
    const { action_run_id: runId } = await ask({ idempotency_key: key });
    await proposeOk(workspace, { action: "refund", payload: REFUND, idempotency_key: key });
    expect(await answerRefund(runId, { amount: "1480" })).toMatchObject({ code: "changes_not_accepted" });
  });

  test("once it was changed, a client that never claims can't execute or report it", async () => {
    const key = crypto.randomUUID();
    const { action_run_id: runId } = await ask({ idempotency_key: key });
    expectOk(await answerRefund(runId, { amount: "1480" }));
    const claiming = { worker: "w", lease_seconds: 60 };
    const replay = await proposeOk(workspace, { action: "refund", payload: REFUND, idempotency_key: key, claim: claiming });
    expect(replay).toMatchObject({ governance_status: "approved", executable: false, payload_changed: true, claim: null });
    expect(await claim(workspace, runId, { payload: REFUND })).toMatchObject({ code: "payload_changed" });
    expect(await report(workspace, runId)).toMatchObject({ code: "not_claimed" });
    // One that takes changes claims it with a request of its own, whose response has the payload.
    const accepting = await ask({ idempotency_key: key, claim: claiming });
    expect(accepting).toMatchObject({ executable: true, payload_changed: true, claim: null });
    expect(await claim(workspace, runId, { payload: { ...REFUND, amount: "1480" } })).toMatchObject({ ok: true });
  });

  test("a process of the release before, which would hand out what was proposed, can't claim it", async () => {
    const { action_run_id: runId } = await ask();
    expectOk(await answerRefund(runId, { amount: "1480" }));
    const old = getDb().$executeRaw`UPDATE action_runs SET claim_worker = 'w', claim_token_hash = '\\x01', claimed_at = now(),
      claim_expires_at = now() WHERE id = ${runId}::uuid`;
    await expect(old).rejects.toThrow("was approved with a change");
    // Not either after a claim that gave the change, and with the same token.
    const { claim: held } = expectOk(await claim(workspace, runId)).answer;
    const { claimTokenHash } = await runOf(runId);
    expectOk(await asSdk(workspace, (ctx) => releaseClaim(ctx, { runId, claimToken: held.token })));
    const later = getDb().$executeRaw`UPDATE action_runs SET claim_worker = 'w', claim_token_hash = ${claimTokenHash}, claimed_at = now(),
      claim_expires_at = now() WHERE id = ${runId}::uuid`;
    await expect(later).rejects.toThrow("was approved with a change");
    expectOk(await claim(workspace, runId));
  });

  test.each([
    [{ amount: "1840.01" }, "amount: Enter at most 1,840.00, which was proposed."],
    [{ amount: "-1" }, "amount: Enter a plain number such as 1250.00."],
    [{ amount: "1e3" }, "amount: Enter a plain number such as 1250.00."],
    [{ currency: "GBP" }, "currency: Choose one of EUR, USD."],
    [{ note: "x".repeat(21) }, "note: Shorten the text to 20 characters."],
    [{ to: "eve@evil.example" }, "to: This field can't be changed."],
    [{ __proto__x: "1" }, "__proto__x: This field can't be changed."],
    [{}, "No field was changed. Change one, or answer without a change."],
    [{ amount: "1840" }, "No field was changed. Change one, or answer without a change."],
    [{ currency: "USD" }, "The policy blocks the changed request, so nobody can approve it."],
  ])("%j is refused", async (changes, detail) => {
    const { action_run_id: runId } = await ask();
    const outcome = await answerRefund(runId, changes);
    expect(outcome).toMatchObject({ code: "validation_failed", detail: expect.stringContaining(detail) });
    expect(await runOf(runId)).toMatchObject({ governanceStatus: "pending_approval", approvedPayloadHash: null });
    expect(await getDb().payloadChange.count({ where: { runId } })).toBe(0);
  });

  test("a change needs a reason, and a block takes none", async () => {
    const { action_run_id: runId } = await ask();
    expect(await answerRefund(runId, { amount: "1" }, { comment: " " })).toMatchObject({ code: "validation_failed" });
    expect(await answerRefund(runId, { amount: "1" }, { decision: "block" })).toMatchObject({ code: "validation_failed" });
  });

  test("erasing a run erases both payloads, the difference, and what webhooks said of it", async () => {
    const { workspaceId } = workspace.ctx;
    const endpoint = { id: crypto.randomUUID(), workspaceId, url: "https://hooks.example.com", eventTypes: ["run.decided"] };
    await getDb().webhookEndpoint.create({ data: { ...endpoint, sealedSecret: Buffer.from([0]), createdBy: ANN } });
    const { action_run_id: runId } = await ask();
    expectOk(await answerRefund(runId, { amount: "1480" }));
    const told = async () => (await getDb().webhookDelivery.findFirstOrThrow({ where: { runId } })).body;
    expect(await told()).toContain('"1480"');
    expectOk(await eraseRun(workspace.ctx, { runId, reason: "Asked to", erasedBy: "owner@example.com" }));
    expect(await told()).not.toContain('"1480"');
    expect(JSON.parse(await told())).toMatchObject({ data: { decision: { changes: null, by: ANN } } });
    const [change] = await getDb().payloadChange.findMany({ where: { runId } });
    expect(change).toMatchObject({
      payloadText: null,
      changesText: null,
      sentence: null,
      proposedSentence: null,
      amount: null,
      proposedAmount: null,
    });
  });
});
