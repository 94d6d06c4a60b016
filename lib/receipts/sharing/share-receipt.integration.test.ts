import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { decideRun } from "@/lib/approvals/decide-run";
import { operatorContext, shareLinkContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { bytes } from "@/lib/db/bytes";
import { getDb } from "@/lib/db/client";
import { getReceiptDocument, readRunDocument } from "@/lib/receipts/document/get-receipt-document";
import { getReceiptFile } from "@/lib/receipts/document/get-receipt-file";
import { listReceipts } from "@/lib/receipts/document/list-receipts";
import { checkReceipts } from "@/lib/receipts/log/check-receipts";
import { readReceiptFile } from "@/lib/receipts/log/read-receipt-file";
import { commitTo } from "@/lib/security/commitment";
import { hashLinkToken, makeLinkToken } from "@/lib/security/link-token";
import { NotPermitted } from "@/lib/security/not-permitted";
import { expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { makeRefund, makeRefunding, share, stateOf } from "@/lib/testing/shared-refund";
import { deleteWorkspace } from "@/lib/workspaces/delete-workspace";
import { getSharedFile, getSharedReceipt, type SharedReceipt } from "./get-shared-receipt";
import { listShares } from "./list-shares";
import { revokeShare } from "./revoke-share";
import { shareReceipt } from "./share-receipt";

const SECRETS = ["1,840.00", "1840.00", "Marguerite", "charged twice", "order-17", "re_88214"];

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeRefunding();
});

test("a link reads the receipts of its own run, and nothing else", async () => {
  const [shared, foreign] = [await makeRefund(workspace), await makeRefund(workspace)];
  const { id } = await share(workspace, shared.receiptId);
  const ctx = shareLinkContext({ id, runId: shared.runId, workspaceId: workspace.workspaceId });
  expect(await readRunDocument(ctx, shared.runId)).toMatchObject({ runId: shared.runId });
  expect((await readReceiptFile(ctx, { runId: shared.runId }, { disclosesPayload: false })).file).toMatchObject({ run_id: shared.runId });
  for (const reading of [
    () => readRunDocument(ctx, foreign.runId),
    () => getReceiptDocument(ctx, foreign.receiptId),
    () => getReceiptFile(ctx, foreign.receiptId),
    () => readReceiptFile(ctx, { runId: foreign.runId }, { disclosesPayload: true }),
    () => checkReceipts(ctx, { id: foreign.receiptId }),
    () => listReceipts(ctx, {}, {}, 10),
    () => listShares(ctx, shared.runId),
    () => getRunStory(ctx, shared.runId),
    () => revokeShare(ctx, id),
  ]) {
    await expect(reading()).rejects.toThrow(NotPermitted);
  }
});

async function read(token: string): Promise<SharedReceipt> {
  const shared = await getSharedReceipt(visitorContext(), token);
  if (shared.state !== "open") throw new Error(`The link is ${shared.state}.`);
  return shared;
}

describe("a link to a receipt", () => {
  test("shows what the receipts say, verified, and nothing of the payload", async () => {
    const { runId, receiptId } = await makeRefund(workspace);
    const { token, url, id } = await share(workspace, receiptId);
    expect(url).toMatch(/^https?:\/\/[^/]+\/share\/[\w-]{43}$/);
    const shared = await read(token);
    expect(shared.check).toMatchObject({
      isWaiting: false,
      verdict: { problems: [] },
      log: { signedBy: [expect.stringContaining("daai-console/")] },
    });
    expect(shared.document).toMatchObject({
      runId,
      isWithheld: true,
      proposal: "run refund",
      policy: { explanation: null, reason: "policy_amount_above_threshold" },
      askedEmails: ["ann@example.com"],
      decision: { says: { comment: "Checked by phone.", policy: { threshold: "100" } } },
      execution: { says: { execution_status: "executed" } },
      commitments: { payload: "withheld", context: "withheld" },
    });
    const file = JSON.stringify(await getSharedFile(visitorContext(), token));
    const told = JSON.stringify({ ...shared, file });
    for (const secret of SECRETS) expect(told).not.toContain(secret);
    const [salt] = await getDb().$queryRaw<
      { hex: string }[]
    >`SELECT encode(payload_salt, 'hex') AS hex FROM action_runs WHERE id = ${runId}::uuid`;
    expect(told).not.toContain(salt?.hex);
    // Only a hash of the token is kept, here or in the audit.
    const rows = JSON.stringify([
      await getDb().receiptShare.findUnique({ where: { id } }),
      await getDb().auditEvent.findMany({ where: { subjectId: receiptId } }),
    ]);
    expect(rows).not.toContain(token);
  });

  test("discloses the payload if it was made to, with the salt that opens the commitments", async () => {
    const { receiptId } = await makeRefund(workspace);
    const { token } = await share(workspace, receiptId, { payload: "disclosed" });
    const { document } = await read(token);
    expect(document).toMatchObject({
      isWithheld: false,
      proposal: "refund 1,840.00 to Marguerite",
      reasoning: "She was charged twice.",
      commitments: { payload: "matches", context: "matches" },
    });
    const opened = await getSharedFile(visitorContext(), token);
    if (opened.state !== "open") throw new Error("It is open.");
    const { salt, payload, context, result } = opened.file.disclosed as Record<string, string>;
    const commit = (text = "") => commitTo(Buffer.from(salt ?? "", "hex"), text);
    const { says } = document.decision;
    expect([commit(payload), commit(context), commit(result)]).toEqual([
      says.payload_commitment,
      says.context_commitment,
      document.execution?.says.result_commitment,
    ]);
  });

  test("ends when its time is over, when it is revoked, and with its workspace", async () => {
    const { runId, receiptId } = await makeRefund(workspace);
    const { token, id } = await share(workspace, receiptId, { endsAfter: "7" });
    const [listed] = await listShares(workspace.ctx, runId);
    expect((listed?.expiresAt?.getTime() ?? 0) - (listed?.createdAt.getTime() ?? 0)).toBe(7 * 86_400_000);
    expect(await stateOf(token)).toEqual(["open", "open"]);
    const old = makeLinkToken();
    const { workspaceId } = workspace;
    await getDb().receiptShare.create({
      data: {
        id: randomUUID(),
        workspaceId,
        runId,
        tokenHash: bytes(hashLinkToken(old)),
        disclosesPayload: true,
        createdBy: "ann@example.com",
        createdAt: new Date(0),
        expiresAt: new Date(1),
      },
    });
    expect(await stateOf(old)).toEqual(["expired", "expired"]);
    expect(await revokeShare(workspace.ctx, id)).toEqual({ ok: true });
    expect(await stateOf(token)).toEqual(["revoked", "revoked"]);
    expect(await revokeShare(workspace.ctx, id)).toMatchObject({ ok: false, code: "not_found" });
    expect((await listShares(workspace.ctx, runId)).map(({ state }) => state).sort()).toEqual(["expired", "revoked"]);

    const doomed = await makeWorkspace();
    await makeAction(doomed, { name: "go", policy: { type: "always_allow" } });
    const { action_run_id: doomedRun } = await proposeOk(doomed, { action: "go", payload: {} });
    const doomedReceipt = await getDb().receipt.findFirstOrThrow({ where: { runId: doomedRun } });
    const { url } = expectOk(await shareReceipt(doomed.ctx, { receiptId: doomedReceipt.id, payload: "withheld", endsAfter: "never" }));
    const doomedToken = url.split("/share/")[1] ?? "";
    // Before the log has it, it is shown, and says that it cannot be checked yet.
    expect((await read(doomedToken)).check).toMatchObject({ isWaiting: true, log: null });
    expectOk(await deleteWorkspace(doomed.ctx, { name: "Test workspace" }));
    expect([await stateOf(doomedToken), await stateOf("x".repeat(43)), await stateOf("")]).toEqual([
      ["unknown", "unknown"],
      ["unknown", "unknown"],
      ["unknown", "unknown"],
    ]);
  });

  test("of an erased run shows that its data was erased, and still verifies", async () => {
    const { runId, receiptId } = await makeRefund(workspace);
    const [disclosed, withheld] = [await share(workspace, receiptId, { payload: "disclosed" }), await share(workspace, receiptId)];
    expectOk(await eraseRun(workspace.ctx, { runId, reason: "Asked for by the customer.", erasedBy: workspace.ownerEmail }));
    while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
    for (const { token } of [disclosed, withheld]) {
      const { document, check } = await read(token);
      expect(document).toMatchObject({
        proposal: "run refund (its data was erased)",
        erasure: { says: { reason: "Asked for by the customer." } },
        commitments: { payload: "erased", context: "erased" },
      });
      expect(check.verdict).toMatchObject({
        problems: [],
        proved: expect.arrayContaining([expect.stringContaining("the erasure receipt is entry")]),
      });
      const told = JSON.stringify([document, check, await getSharedFile(visitorContext(), token)]);
      expect(told).not.toContain("disclosed");
      for (const secret of SECRETS) expect(told).not.toContain(secret);
    }
  });

  test("says at once when the stored text was changed", async () => {
    const { runId, receiptId } = await makeRefund(workspace);
    const { token } = await share(workspace, receiptId);
    await getDb().$executeRaw`ALTER TABLE receipts DISABLE TRIGGER USER`;
    const change = (from: string, to: string) => getDb().$executeRaw`
      UPDATE receipts SET body = replace(body, ${from}, ${to}), leaf_hash = sha256('\\x00'::bytea || convert_to(replace(body, ${from}, ${to}), 'UTF8'))
      WHERE run_id = ${runId}::uuid AND kind = 'decision'`;
    await change("Checked by phone.", "Never checked at all.");
    // Whoever owns the database can make the hash fit; the signed log does not fit any more.
    expect((await read(token)).check.verdict.problems.join()).toContain("not in the signed log");
    await change("Never checked at all.", "Checked by phone.");
    await getDb().$executeRaw`ALTER TABLE receipts ENABLE TRIGGER USER`;
    expect((await read(token)).check.verdict.problems).toEqual([]);
  });
});

test("a link shows each of several approvals, verified", async () => {
  const people = ["ann@example.com", "ben@example.com"];
  await makeAction(workspace, { name: "wire", approverEmails: people, approvals: 2 });
  const { action_run_id: runId } = await proposeOk(workspace, { action: "wire", payload: {} });
  for (const email of people)
    expectOk(await decideRun(operatorContext(workspace.workspaceId, email), { runId, decision: "approve", comment: `From ${email}` }));
  while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
  const { id } = await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } });
  const { document, check } = await read((await share(workspace, id)).token);
  expect(document.votes.map(({ says, logIndex }) => [says.voter, says.comment, typeof logIndex])).toEqual(
    people.map((email) => [email, `From ${email}`, "number"]),
  );
  expect(check).toMatchObject({ isWaiting: false, verdict: { problems: [] } });
});
