import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { decideRun } from "@/lib/approvals/decide-run";
import { shareLinkContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { bytes } from "@/lib/db/bytes";
import { getDb } from "@/lib/db/client";
import { THROTTLES } from "@/lib/domain/access/throttles";
import { openSharedFile, openShareLink } from "@/lib/http/open-share-link";
import { getReceiptDocument, readRunDocument } from "@/lib/receipts/document/get-receipt-document";
import { getReceiptFile } from "@/lib/receipts/document/get-receipt-file";
import { listReceipts } from "@/lib/receipts/document/list-receipts";
import { checkReceipts } from "@/lib/receipts/log/check-receipts";
import { readReceiptFile } from "@/lib/receipts/log/read-receipt-file";
import { commitTo } from "@/lib/security/commitment";
import { hashLinkToken, makeLinkToken } from "@/lib/security/link-token";
import { NotPermitted } from "@/lib/security/not-permitted";
import { claimOk, expectOk, makeAction, makePerson, makeWorkspace, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { deleteWorkspace } from "@/lib/workspaces/delete-workspace";
import { getSharedFile, getSharedReceipt, type SharedReceipt } from "./get-shared-receipt";
import { listShares } from "./list-shares";
import { noteShareOpened } from "./note-share-opened";
import { revokeShare } from "./revoke-share";
import type { NewShare } from "./schema";
import { shareReceipt } from "./share-receipt";

const SECRETS = ["1,840.00", "1840.00", "Marguerite", "charged twice", "order-17", "re_88214"];

let workspace: TestWorkspace;
let other: TestWorkspace;
beforeAll(async () => {
  [workspace, other] = [await makeWorkspace(), await makeWorkspace()];
  await makeAction(workspace, {
    name: "refund",
    sentence: "refund {amount} to {customer}",
    approverEmails: ["ann@example.com"],
    policy: { type: "require_approval_above_amount", threshold: "100" },
  });
});

/** A refund that a person approved and the app reported, in its workspace's log. */
async function makeRefund(): Promise<{ runId: string; receiptId: string }> {
  const proposal = {
    action: "refund",
    payload: { amount: "1840.00", customer: "Marguerite" },
    reasoning: "She was charged twice.",
    source: { type: "ticket", ref: "order-17" },
  };
  const { action_run_id: runId } = await proposeOk(workspace, proposal);
  expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: "Checked by phone." }));
  expectOk(await report(workspace, runId, { claimToken: await claimOk(workspace, runId), result: { refund_id: "re_88214" } }));
  while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
  return { runId, receiptId: (await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } })).id };
}

async function share(receiptId: string, { payload = "withheld", endsAfter = "never" }: Partial<NewShare> = {}) {
  const { id, url } = expectOk(await shareReceipt(workspace.ctx, { receiptId, payload, endsAfter }));
  return { id, url, token: url.split("/share/")[1] ?? "" };
}

test("a link reads the receipts of its own run, and nothing else", async () => {
  const [shared, foreign] = [await makeRefund(), await makeRefund()];
  const { id } = await share(shared.receiptId);
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

const stateOf = async (token: string) => [
  (await getSharedReceipt(visitorContext(), token)).state,
  (await getSharedFile(visitorContext(), token)).state,
];

describe("a link to a receipt", () => {
  test("shows what the receipts say, verified, and nothing of the payload", async () => {
    const { runId, receiptId } = await makeRefund();
    const { token, url, id } = await share(receiptId);
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
    const { receiptId } = await makeRefund();
    const { token } = await share(receiptId, { payload: "disclosed" });
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
    const { runId, receiptId } = await makeRefund();
    const { token, id } = await share(receiptId, { endsAfter: "7" });
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
    const { runId, receiptId } = await makeRefund();
    const [disclosed, withheld] = [await share(receiptId, { payload: "disclosed" }), await share(receiptId)];
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
    const { runId, receiptId } = await makeRefund();
    const { token } = await share(receiptId);
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

describe("who may", () => {
  test("make and revoke one: owners and admins, and only of their own workspace", async () => {
    const { runId, receiptId } = await makeRefund();
    const { id, token } = await share(receiptId);
    const wanted = { receiptId, payload: "disclosed", endsAfter: "never" } as const;
    for (const role of ["developer", "approver", "viewer"] as const) {
      const { ctx } = await makePerson(workspace, role);
      for (const attempt of [() => shareReceipt(ctx, wanted), () => revokeShare(ctx, id), () => listShares(ctx, runId)])
        await expect(attempt()).rejects.toThrow(NotPermitted);
    }
    const foreign = [await shareReceipt(other.ctx, wanted), await revokeShare(other.ctx, id), await listShares(other.ctx, runId)];
    const missing = [
      await shareReceipt(other.ctx, { ...wanted, receiptId: randomUUID() }),
      await revokeShare(other.ctx, randomUUID()),
      await listShares(other.ctx, randomUUID()),
    ];
    expect(foreign).toEqual(missing);
    expect(foreign).toMatchObject([{ ok: false, code: "not_found" }, { ok: false, code: "not_found" }, []]);
    expect(await stateOf(token)).toEqual(["open", "open"]);
    for (const role of ["owner", "admin"] as const) {
      const { ctx, email } = await makePerson(workspace, role);
      const made = expectOk(await shareReceipt(ctx, wanted));
      expect(await listShares(ctx, runId)).toEqual(
        expect.arrayContaining([expect.objectContaining({ id: made.id, createdBy: email, state: "open", openCount: 0 })]),
      );
      expect(await revokeShare(ctx, made.id)).toEqual({ ok: true });
    }
  });

  test("two who revoke at once: one of them has done it", async () => {
    const { id } = await share((await makeRefund()).receiptId);
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => revokeShare(workspace.ctx, id)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await getDb().auditEvent.count({ where: { verb: "receipt.share_revoked", data: { path: ["share"], equals: id } } })).toBe(1);
  });
});

describe("what is kept of it", () => {
  test("that it was opened, by the hour and once an hour", async () => {
    const { id, token } = await share((await makeRefund()).receiptId);
    const opened = () => getDb().receiptShare.findUniqueOrThrow({ where: { id }, select: { openCount: true, lastOpenedAt: true } });
    await Promise.all([1, 2, 3].map(() => noteShareOpened(visitorContext(), "not-a-token")));
    expect(await opened()).toEqual({ openCount: 0, lastOpenedAt: null });
    await noteShareOpened(visitorContext(), token);
    const { openCount, lastOpenedAt } = await opened();
    expect([openCount, lastOpenedAt?.toISOString().slice(13)]).toEqual([1, ":00:00.000Z"]);
    // As if the next hour had begun: until it is over, nothing more is counted.
    await getDb().$executeRaw`UPDATE receipt_shares SET last_opened_at = last_opened_at + interval '1 hour' WHERE id = ${id}::uuid`;
    await Promise.all([1, 2, 3].map(() => noteShareOpened(visitorContext(), token)));
    expect((await opened()).openCount).toBe(1);
    await getDb().$executeRaw`UPDATE receipt_shares SET last_opened_at = last_opened_at - interval '3 hours' WHERE id = ${id}::uuid`;
    await noteShareOpened(visitorContext(), token);
    expect((await opened()).openCount).toBe(2);
  });

  test("what it shows cannot be changed afterwards, nor can it come back", async () => {
    const { id } = await share((await makeRefund()).receiptId);
    await revokeShare(workspace.ctx, id);
    for (const change of [
      "discloses_payload = true",
      "revoked_at = NULL",
      "expires_at = now()",
      "token_hash = sha256('x')",
      "run_id = gen_random_uuid()",
    ]) {
      await expect(getDb().$executeRawUnsafe(`UPDATE receipt_shares SET ${change} WHERE id = '${id}'`)).rejects.toThrow(/append-only/);
    }
  });
});

test("guessing is throttled, page and file together; whoever has a link is never kept from it", async () => {
  const { token } = await share((await makeRefund()).receiptId);
  const open = (of: string, index: number) =>
    index % 2 === 0 ? openShareLink(of, { clientAddress: "198.51.100.7", isShown: false }) : openSharedFile(of, "198.51.100.7");
  // Two minutes' worth and one more: whenever the minute turns, some are refused.
  const outcomes = await Promise.all(Array.from({ length: 2 * THROTTLES.link_guess.client + 1 }, (_, index) => open("unknown", index)));
  const refused = outcomes.filter((outcome) => "code" in outcome);
  expect(refused.length).toBeGreaterThan(0);
  for (const one of refused) expect(one).toMatchObject({ code: "too_many_link_attempts" });
  for (const index of [0, 1]) expect(await open(token, index)).toMatchObject({ state: "open" });
  expect(await openShareLink("unknown", { clientAddress: "198.51.100.8", isShown: true })).toEqual({ state: "unknown" });
});
