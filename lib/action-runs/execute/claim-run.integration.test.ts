import { beforeAll, describe, expect, test } from "vitest";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { decideRun } from "@/lib/approvals/decide-run";
import { visitorContext } from "@/lib/auth/contexts";
import { claimResponseSchema } from "@/lib/contract/claim";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import {
  asSdk,
  atOnce,
  claim,
  claimOk,
  endLease,
  expectOk,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
  tally,
} from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { untilAvailable } from "@/lib/testing/until-available";
import { releaseClaim } from "./release-claim";
import { renewClaim } from "./renew-claim";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
});

const allowed = async () => (await proposeOk(workspace, { action: "pay", payload: { amount: 5 } })).action_run_id;
const renew = (runId: string, claimToken: string, leaseSeconds = 60) =>
  asSdk(workspace, (ctx) => renewClaim(ctx, { runId, claimToken, leaseSeconds }));
const release = (runId: string, claimToken: string) => asSdk(workspace, (ctx) => releaseClaim(ctx, { runId, claimToken }));
const status = async (runId: string) => expectOk(await getRunStatus(visitorContext(), workspace.credentials, runId)).answer;
const row = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id } });

const RACED = proofSize(50, 200);

describe("one executor", () => {
  test(`16 workers, ${RACED} runs: each run has one live claim, and its holder alone reports it`, async () => {
    const runIds = await atOnce(RACED, () => untilAvailable(allowed));
    const won = new Map<string, string[]>(runIds.map((id) => [id, []]));
    let refusals = 0;
    await atOnce(16, async (worker) => {
      for (const runId of runIds) {
        const outcome = await untilAvailable(() => claim(workspace, runId, { worker: `worker-${worker}` }));
        if (outcome.ok) won.get(runId)?.push(outcome.answer.claim.token);
        else refusals += outcome.code === "already_claimed" ? 1 : 100_000;
      }
    });
    expect([...won.values()].filter((tokens) => tokens.length !== 1)).toEqual([]);
    expect(refusals).toBe(15 * RACED);
    const reports = await Promise.all(
      [...won]
        .slice(0, 50)
        .flatMap(([runId, [token = ""]]) => [
          untilAvailable(() => report(workspace, runId, { claimToken: `${token}x` })),
          untilAvailable(() => report(workspace, runId, { claimToken: token })),
        ]),
    );
    // A wrong token is told so, or, once the holder has reported the same, that it is known already.
    expect(reports.filter((outcome) => outcome.ok && !outcome.answer.idempotent_replay)).toHaveLength(50);
  });

  test("the answer is what was decided on, to the letter", async () => {
    const runId = await allowed();
    const { answer } = expectOk(await claim(workspace, runId, { worker: "w", leaseSeconds: 30 }));
    expect(claimResponseSchema.parse(answer)).toEqual(answer);
    const run = await row(runId);
    expect(answer).toEqual({
      action_run_id: runId,
      action: "pay",
      payload: { amount: 5 },
      payload_hash: Buffer.from(run.payloadHash).toString("hex"),
      payload_changed: false,
      changes: null,
      reason: null,
      policy_version: 1,
      claim: { token: expect.stringMatching(/^[\w-]{43}$/), expires_at: new Date((run.claimedAt?.getTime() ?? 0) + 30_000).toISOString() },
    });
    expect(JSON.stringify(run)).not.toContain(answer.claim.token);
    expect(await status(runId)).toMatchObject({
      executable: false,
      claimed: true,
      in_doubt: false,
      claim_expires_at: answer.claim.expires_at,
    });
  });

  test("what may run is exactly what was decided on", async () => {
    const runId = await allowed();
    expect(await claim(workspace, runId, { payload: { amount: 6 } })).toMatchObject({ code: "payload_changed" });
    expectOk(await claim(workspace, runId, { payload: { amount: 5.0 } }));
  });

  test.each<[string, () => Promise<string>, string]>([
    ["pending", () => makeRun(workspace, "always_require_approval"), "not_executable"],
    ["blocked", () => makeRun(workspace, "always_block"), "not_executable"],
    [
      "rejected",
      async () => {
        const runId = await makeRun(workspace, "always_require_approval");
        expectOk(await decideRun(workspace.ctx, { runId, decision: "reject", comment: null }));
        return runId;
      },
      "not_executable",
    ],
    [
      "claimed",
      async () => {
        const runId = await allowed();
        await claimOk(workspace, runId);
        return runId;
      },
      "already_claimed",
    ],
    [
      "reported",
      async () => {
        const runId = await allowed();
        expectOk(await report(workspace, runId));
        return runId;
      },
      "already_reported",
    ],
    ["unknown", () => Promise.resolve("01a1f3af-8f9a-7948-ba8d-e1f33f0601ae"), "run_not_found"],
  ])("a run that is %s is not handed out", async (_, make, code) => {
    const runId = await make();
    const before = await getDb().actionRun.findUnique({ where: { id: runId } });
    expect(await claim(workspace, runId)).toMatchObject({ ok: false, code });
    expect(await getDb().actionRun.findUnique({ where: { id: runId } })).toEqual(before);
  });
});

describe("the holder's token", () => {
  test("renews from now on, also after the lease ran out, and releases", async () => {
    const runId = await allowed();
    const token = await claimOk(workspace, runId);
    expectOk(await renew(runId, token, 600));
    await endLease(runId);
    expect((await status(runId)).in_doubt).toBe(true);
    const { answer } = expectOk(await renew(runId, token, 30));
    expect(answer.claim).toEqual({ token, expires_at: (await row(runId)).claimExpiresAt?.toISOString() });
    expect((await status(runId)).in_doubt).toBe(false);
    expect(expectOk(await release(runId, token)).answer).toEqual({ action_run_id: runId, claim: null });
    expect(await row(runId)).toMatchObject({ claimWorker: null, claimTokenHash: null, claimedAt: null, claimExpiresAt: null });
    expect(await status(runId)).toMatchObject({ executable: true, claimed: false, claim_expires_at: null });
  });

  test("a stale, wrong or late token is refused everything", async () => {
    const runId = await allowed();
    const stale = await claimOk(workspace, runId);
    expectOk(await release(runId, stale));
    for (const use of [renew, release]) expect(await use(runId, stale)).toMatchObject({ code: "not_claimed" });
    expect(await report(workspace, runId, { claimToken: stale })).toMatchObject({ code: "not_claimed" });
    const live = await claimOk(workspace, runId);
    for (const use of [renew, release]) expect(await use(runId, stale)).toMatchObject({ code: "claim_token_mismatch" });
    for (const claimToken of [stale, null, ""])
      expect(await report(workspace, runId, { claimToken })).toMatchObject({ code: "claim_token_mismatch" });
    expectOk(await report(workspace, runId, { claimToken: live }));
    for (const use of [renew, release]) expect(await use(runId, live)).toMatchObject({ code: "already_reported" });
  });
});

describe("a worker whose answer got lost", () => {
  const OWN = "own".padEnd(43, "-");
  const again = (runId: string, other: { worker?: string; token?: string; payload?: JsonObject } = {}) =>
    claim(workspace, runId, { token: OWN, leaseSeconds: 30, ...other });

  test("is given the same claim again, with a new lease; the audit log has one", async () => {
    const runId = await allowed();
    const first = expectOk(await again(runId)).answer;
    expect(first.claim.token).toBe(OWN);
    const second = expectOk(await again(runId)).answer;
    expect(claimResponseSchema.parse(second)).toEqual({ ...first, claim: { token: OWN, expires_at: second.claim.expires_at } });
    expect(second.claim.expires_at >= first.claim.expires_at).toBe(true);
    expect(await getDb().auditEvent.count({ where: { subjectId: runId, verb: "run.claimed" } })).toBe(1);
    expectOk(await report(workspace, runId, { claimToken: OWN }));
    expect(await again(runId)).toMatchObject({ code: "already_reported" });
  });

  test("also after its lease ran out: the run is not in doubt any more", async () => {
    const runId = await allowed();
    expectOk(await again(runId));
    await endLease(runId);
    expect((await status(runId)).in_doubt).toBe(true);
    expectOk(await again(runId));
    expect(await status(runId)).toMatchObject({ in_doubt: false, claimed: true });
  });

  test("another token, another worker and another payload are not", async () => {
    const runId = await allowed();
    expectOk(await again(runId));
    for (const other of [{ token: "x".repeat(43) }, { worker: "worker-2" }]) {
      expect(await again(runId, other)).toMatchObject({ code: "already_claimed" });
    }
    expect(await again(runId, { payload: { amount: 6 } })).toMatchObject({ code: "payload_changed" });
    expectOk(await again(runId, { payload: { amount: 5 } }));
  });

  test("of 30 workers with tokens of their own, each asking three times, one has the claim", async () => {
    const runId = await allowed();
    const won = await atOnce(30, async (n) => {
      const ask = () => untilAvailable(() => again(runId, { worker: `w${n}`, token: `${n}`.padEnd(43, "-") }));
      return (await Promise.all([ask(), ask(), ask()])).map((outcome) => outcome.ok);
    });
    expect(tally(won.map((oks) => oks.join(" ")))).toEqual({ "true true true": 1, "false false false": 29 });
  });
});
