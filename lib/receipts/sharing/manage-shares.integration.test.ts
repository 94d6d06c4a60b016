import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { THROTTLES } from "@/lib/domain/access/throttles";
import { openSharedFile, openShareLink } from "@/lib/http/open-share-link";
import { NotPermitted } from "@/lib/security/not-permitted";
import { expectOk, makePerson, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { makeRefund, makeRefunding, share, stateOf } from "@/lib/testing/shared-refund";
import { listShares } from "./list-shares";
import { noteShareOpened } from "./note-share-opened";
import { revokeShare } from "./revoke-share";
import { shareReceipt } from "./share-receipt";

let workspace: TestWorkspace;
let other: TestWorkspace;
beforeAll(async () => {
  [workspace, other] = [await makeRefunding(), await makeWorkspace()];
});

describe("who may", () => {
  test("make and revoke one: owners and admins, and only of their own workspace", async () => {
    const { runId, receiptId } = await makeRefund(workspace);
    const { id, token } = await share(workspace, receiptId);
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
    const { id } = await share(workspace, (await makeRefund(workspace)).receiptId);
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => revokeShare(workspace.ctx, id)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await getDb().auditEvent.count({ where: { verb: "receipt.share_revoked", data: { path: ["share"], equals: id } } })).toBe(1);
  });
});

describe("what is kept of it", () => {
  test("that it was opened, by the hour and once an hour", async () => {
    const { id, token } = await share(workspace, (await makeRefund(workspace)).receiptId);
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
    const { id } = await share(workspace, (await makeRefund(workspace)).receiptId);
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
  const { token } = await share(workspace, (await makeRefund(workspace)).receiptId);
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
