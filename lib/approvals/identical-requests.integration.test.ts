import { beforeAll, describe, expect, test } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { systemContext, userContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { QUEUE_SORTS } from "@/lib/domain/runs/queue-order";
import { renderApprovalMail } from "@/lib/email/render-approval-mail";
import type { UserContext } from "@/lib/security/context";
import { APPROVE } from "@/lib/testing/deciders";
import {
  credentialsOf,
  expectOk,
  linkToken,
  linkTokens,
  makeAction,
  makePerson,
  makeWorkspace,
  proposeOk,
  type TestWorkspace,
  tally,
} from "@/lib/testing/factories";
import { decideByLink } from "./decide-by-link";
import { decideWaitingRuns } from "./decide-waiting-run";
import { getDecisionByToken } from "./get-decision-by-token";
import { getWaitingRun } from "./get-waiting-run";
import { countIdentical } from "./identical-requests";
import { listWaiting } from "./list-waiting";

let workspace: TestWorkspace;
let owner: UserContext;
let actions = 0;
let action: string;
beforeAll(async () => {
  workspace = await makeWorkspace();
  owner = await person("owner");
});

async function person(role: "owner" | "approver" | null): Promise<UserContext> {
  const { email, ctx } = await makePerson(workspace, role);
  const { userId } = ctx.actor;
  await getDb().user.update({ where: { id: userId }, data: { emailVerifiedAt: new Date() } });
  return userContext({ sessionId: "", userId, email, name: null, isOperator: false });
}

async function freshAction(change: { approverEmails?: string[] } = {}): Promise<void> {
  await getDb().actionRun.updateMany({ where: { governanceStatus: "pending_approval" }, data: { expiresAt: new Date(0) } });
  action = `asked_${++actions}`;
  await makeAction(workspace, { name: action, ...change });
}
const ask = async (change: JsonObject = {}, as = workspace) =>
  (await proposeOk(as, { action, payload: { amount: 5 }, ...change })).action_run_id;
const lines = async (reader = owner, limit = 100) =>
  (await listWaiting(reader, { limit })).runs.map(({ runId, identicalIds }) => [runId, ...identicalIds]);

describe("identical requests without an idempotency key", () => {
  test("are one line with all of them, whoever looks at which", async () => {
    await freshAction();
    const ids = [await ask(), await ask({ idempotency_key: "auto:0b0c2f4e-1c1e-4d7e-9f0a-0d6a3f6f3b11" }), await ask()];
    expect(await lines()).toEqual([ids]);
    expect((await listWaiting(owner, { limit: 100 })).total).toBe(3);
    for (const runId of ids) {
      expect(await getWaitingRun(owner, runId)).toMatchObject({ state: "waiting", identicalIds: ids.filter((id) => id !== runId) });
    }
  });

  test.each<[string, JsonObject]>([
    ["another payload", { payload: { amount: 6 } }],
    ["a key of the app's own", { idempotency_key: "order 4711" }],
    ["a UUID of the app's own as its key", { idempotency_key: "0b0c2f4e-1c1e-4d7e-9f0a-0d6a3f6f3b12" }],
  ])("stand beside one with %s", async (_, change) => {
    await freshAction();
    const [first, other, second] = [await ask(), await ask(change), await ask()];
    expect(await lines()).toEqual([[first, second], [other]]);
  });

  test("stand beside one that somebody changed", async () => {
    await freshAction();
    const [first, second] = [await person(null), await person(null)];
    const policy = { type: "always_require_approval" as const, changeableFields: [{ field: "amount", kind: "not_above" as const }] };
    action = `${action}_by_two`;
    await makeAction(workspace, { name: action, approvals: 2, approverEmails: [first.actor.email, second.actor.email], policy });
    const accepting = { accepts_changes: true };
    const [changed, twin, other] = [await ask(accepting), await ask(accepting), await ask(accepting)];
    const token = (await linkTokens(changed)).get(first.actor.email) ?? "";
    const change = { ...APPROVE, comment: "Less.", changes: { amount: "4" } };
    expectOk(await decideByLink(visitorContext(), token, change));
    expect(await lines(second)).toEqual([[changed], [twin, other]]);
    const oldest = await listWaiting(second, { limit: 100, sort: "oldest" });
    expect(oldest.runs.map(({ runId }) => runId)).toEqual([changed, twin]);
    expect(await getWaitingRun(second, changed)).toMatchObject({ identicalIds: [] });
    expect(await countIdentical(systemContext(null), { runId: twin, approverEmail: second.actor.email })).toBe(1);
  });

  test("of two API keys are two lines", async () => {
    await freshAction();
    const { key } = await createApiKey(workspace.ctx, { kind: "api", name: "second" });
    const second = { ...workspace, credentials: credentialsOf(key, workspace.workspaceKey) };
    const ids = [await ask(), await ask({}, second)];
    expect(await lines()).toEqual(ids.map((id) => [id]));
  });

  test("leave room in the list for the others, in every order", async () => {
    await freshAction();
    for (let i = 0; i < 8; i++) await ask();
    const others = [await ask({ payload: { amount: 6 } }), await ask({ payload: { amount: 7 } })];
    for (const sort of QUEUE_SORTS) {
      for (const isGrouped of [false, true]) {
        const { runs, matches } = await listWaiting(owner, { limit: 3, sort, isGrouped });
        expect(runs.map(({ identicalIds }) => identicalIds.length).sort()).toEqual([0, 0, 7]);
        expect(runs.map(({ runId }) => runId)).toEqual(expect.arrayContaining(others));
        expect(matches).toBe(10);
      }
    }
  });

  test("include only those that the reader may decide", async () => {
    const guest = await person(null);
    await freshAction({ approverEmails: [guest.actor.email] });
    const asked = [await ask(), await ask()];
    await getDb()
      .$executeRaw`UPDATE approval_requests SET approver_emails = ARRAY['somebody@example.com'] WHERE run_id = ${asked[1]}::uuid`;
    expect(await lines(guest)).toEqual([[asked[0]]]);
    expect(await lines()).toEqual([asked]);
    expect(await countIdentical(systemContext(null), { runId: asked[0] ?? "", approverEmail: guest.actor.email })).toBe(0);
  });

  test("are decided at once, each with its own decision and receipt", async () => {
    await freshAction();
    const ids = [await ask(), await ask(), await ask()];
    const { outcomes } = await decideWaitingRuns(owner, { runIds: ids, decision: "approve", comment: "All of them.", isConfirmed: false });
    expect(outcomes).toEqual(ids.map((runId) => ({ runId, ok: true, pending: null })));
    const runs = await getDb().actionRun.findMany({ where: { id: { in: ids } }, include: { decision: true, receipts: true } });
    for (const run of runs) {
      expect(run.decision).toMatchObject({ decision: "approve", decidedBy: owner.actor.email, comment: "All of them." });
      expect(run.receipts.map(({ kind }) => kind)).toEqual(["decision"]);
    }
    expect(await lines()).toEqual([]);
  });

  test("decided by two people at once: each has one decision, and the loser of each gets to know", async () => {
    const second = await person("approver");
    for (let round = 0; round < 5; round++) {
      await freshAction();
      const ids = await Promise.all(Array.from({ length: 6 }, () => ask()));
      const [one, two] = await Promise.all([
        decideWaitingRuns(owner, { runIds: ids, decision: "approve", comment: null, isConfirmed: false }),
        decideWaitingRuns(second, { runIds: ids.toReversed(), decision: "reject", comment: null, isConfirmed: false }),
      ]);
      const outcomes = [...one.outcomes, ...two.outcomes];
      expect(tally(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.code)))).toEqual({ ok: 6, already_decided: 6 });
      expect(await getDb().decision.count({ where: { runId: { in: ids } } })).toBe(6);
      expect(await getDb().receipt.count({ where: { runId: { in: ids } } })).toBe(6);
    }
  });

  test("are mentioned in the email and on the page of a link, as long as they are pending", async () => {
    const guest = await person(null);
    await freshAction({ approverEmails: [guest.actor.email] });
    const [first, second] = [await ask(), await ask()];
    const countOf = (runId: string) => countIdentical(visitorContext(), { runId, approverEmail: guest.actor.email });
    expect([await countOf(first), await countOf(second)]).toEqual([1, 1]);
    const { decision } = expectOk(await getDecisionByToken(visitorContext(), await linkToken(second)));
    const { text } = await renderApprovalMail(decision, "https://console.example.com/decide/x", { identicalCount: await countOf(second) });
    expect(text).toContain("1 identical request is also pending. Each needs a decision.");
    await decideWaitingRuns(owner, { runIds: [first], decision: "reject", comment: null, isConfirmed: false });
    expect(await countOf(second)).toBe(0);
  });
});
