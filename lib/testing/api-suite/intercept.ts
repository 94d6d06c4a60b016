import { beforeAll, describe, expect, it } from "vitest";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import { interceptResponseSchema } from "@/lib/contract/intercept";
import { getDb } from "@/lib/db/client";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { HAPPENED } from "@/lib/testing/attempts";
import { makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { type Answer, type ApiClient, INTERCEPT, problemOf } from "./api-client";

const answerOf = ({ status, json }: Answer) => {
  expect(status).toBe(200);
  return interceptResponseSchema.parse(json);
};

export function describeIntercept(api: () => ApiClient): void {
  describe("POST intercept", () => {
    let mine: TestWorkspace;
    beforeAll(async () => {
      mine = await makeWorkspace();
      await makeAction(mine, { name: "export_report", policy: { type: "always_allow" } });
      await makeAction(mine, { name: "delete_customer", policy: { type: "always_block" } });
      await makeAction(mine, { name: "refund_customer", policy: { type: "always_require_approval" } });
      await makeAction(mine, { name: "old_action", policy: { type: "always_allow" } });
      await setActionActive(mine.ctx, { name: "old_action", isActive: false });
    });
    const ask = (request: object, as = mine) => api().post(INTERCEPT, request, { as });

    it("answers allowed with the exact members of the contract", async () => {
      const answer = await ask({ action: "export_report", payload: { month: "2026-01" } });
      expect(answer.headers.get("content-type")).toBe("application/json");
      expect(answer.json).toEqual({
        action_run_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        action: "export_report",
        idempotency_key: null,
        payload_hash: jsonHash({ month: "2026-01" }),
        governance_status: "allowed",
        execution_status: "awaiting_execution_report",
        governance_reason: "policy_always_allow",
        policy_rule: null,
        budget: null,
        grant: null,
        approvals: null,
        executable: true,
        frozen: false,
        idempotent_replay: false,
        previous_run_id: null,
        ask_again_at: null,
        decision: {
          outcome: "allowed",
          reason: "policy_always_allow",
          by: null,
          at: expect.any(String),
          comment: null,
          changes: null,
          proposed_payload: null,
        },
        payload_changed: false,
        receipt: expect.objectContaining({
          outcome: "allowed",
          reason: "policy_always_allow",
          policy_type: "always_allow",
          policy_version: 1,
        }),
        claim: null,
        links: { run: expect.stringMatching(/^http/), receipt: expect.stringMatching(/^http/) },
      });
      expect(answerOf(answer).receipt?.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    });

    it.each([
      ["delete_customer", "blocked", "policy_always_block"],
      ["refund_customer", "pending_approval", "policy_requires_approval"],
      ["never_registered", "blocked", "unknown_action"],
      ["old_action", "blocked", "inactive_action"],
    ])("answers %s with %s, not executable", async (action, governanceStatus, reason) => {
      const answer = answerOf(await ask({ action, payload: {}, claim: { worker: "w1" } }));
      expect(answer).toMatchObject({
        governance_status: governanceStatus,
        execution_status: "not_executed",
        governance_reason: reason,
        executable: false,
        claim: null,
      });
      expect(answer.receipt === null).toBe(governanceStatus === "pending_approval");
    });

    it("takes input as another name for payload", async () => {
      const answer = answerOf(await ask({ action: "export_report", input: { amount: 1 } }));
      const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: answer.action_run_id } });
      expect(run.payloadText).toBe('{"amount":1}');
      expect(answerOf(await ask({ action: "export_report", input: { amount: 2 }, payload: null })).executable).toBe(true);
    });

    it("prefers reasoning, source and actor of the top level", async () => {
      const inside = { actor: "inner", reasoning: "inner reason", source: { type: "inner", ref: "1" } };
      const outside = { actor: "outer", reasoning: "outer reason", source: { type: "outer", ref: "2" } };
      const kept = async (request: object) => {
        const { action_run_id: id } = answerOf(await ask({ action: "export_report", ...request }));
        const { actor, reasoning, sourceType, sourceRef } = await getDb().actionRun.findUniqueOrThrow({ where: { id } });
        return { actor, reasoning, source: { type: sourceType, ref: sourceRef } };
      };
      expect(await kept({ payload: inside })).toEqual(inside);
      expect(await kept({ payload: inside, ...outside })).toEqual(outside);
    });

    it("claims in the same breath what is allowed", async () => {
      const { claim } = answerOf(await ask({ action: "export_report", payload: {}, claim: { worker: "w1", lease_seconds: 30 } }));
      expect(claim).toEqual({ token: expect.any(String), expires_at: expect.stringMatching(/\.\d{3}Z$/) });
    });

    it("gives the same run for the same key and an equal payload, in its present state", async () => {
      const first = answerOf(await ask({ action: "refund_customer", payload: { a: 1, b: [1.0, "x"] }, idempotency_key: "k1" }));
      const again = answerOf(await ask({ action: "refund_customer", payload: { b: [1, "x"], a: 1 }, idempotency_key: "k1" }));
      expect(again).toEqual({ ...first, idempotent_replay: true });
      const other = answerOf(await ask({ action: "export_report", payload: {}, idempotency_key: "k1" }));
      expect([other.action_run_id === first.action_run_id, other.idempotent_replay]).toEqual([false, false]);
      expect(problemOf(await ask({ action: "refund_customer", payload: { a: 2 }, idempotency_key: "k1" }))).toEqual([
        409,
        "idempotency_conflict",
      ]);
    });

    it("asks again after a run that is over, and not before", async () => {
      const request = { action: "refund_customer", payload: { a: 1 }, idempotency_key: "again" };
      const first = answerOf(await ask(request));
      expect(answerOf(await ask({ ...request, ask_again: true }))).toEqual({ ...first, idempotent_replay: true });
      await HAPPENED.rejected(mine, first.action_run_id);
      const replay = answerOf(await ask({ ...request, ask_again: false }));
      expect(replay).toMatchObject({ action_run_id: first.action_run_id, ask_again_at: replay.receipt?.created_at });
      const corrected = { ...request, payload: { a: 2 }, ask_again: true };
      const next = answerOf(await ask(corrected));
      expect(next).toMatchObject({ idempotent_replay: false, previous_run_id: first.action_run_id, ask_again_at: null });
      expect(answerOf(await ask(corrected))).toEqual({ ...next, idempotent_replay: true });
      expect(problemOf(await ask(request))).toEqual([409, "idempotency_conflict"]);
      expect((await ask({ ...request, ask_again: "yes" })).status).toBe(422);
    });

    it("refuses asking again during a cool-down, and says until when", async () => {
      await makeAction(mine, { name: "cooling", askAgainAfterMinutes: 5 });
      const request = { action: "cooling", payload: {}, idempotency_key: "cooling", ask_again: true };
      await HAPPENED.rejected(mine, answerOf(await ask(request)).action_run_id);
      const refused = await ask(request);
      expect(problemOf(refused)).toEqual([409, "ask_again_too_soon"]);
      expect(refused.json).toMatchObject({ decided_by: mine.ownerEmail, ask_again_at: expect.stringMatching(/Z$/) });
      const seconds = Number(refused.headers.get("retry-after"));
      expect([seconds > 0, seconds <= 300]).toEqual([true, true]);
    });

    it("makes one run of 40 requests with one key at once", async () => {
      const request = { action: "export_report", payload: { n: 1 }, idempotency_key: "all-at-once" };
      const answers = (await Promise.all(Array.from({ length: 40 }, () => ask(request)))).map(answerOf);
      expect(new Set(answers.map((answer) => answer.action_run_id)).size).toBe(1);
      expect(answers.filter((answer) => !answer.idempotent_replay)).toHaveLength(1);
    });

    it("tells its rate limits on every answer, and refuses what is over them", async () => {
      const limited = await makeWorkspace({ plan: "free", limits: { interceptsPerMinute: 1000, interceptsPerDay: 3 } });
      await makeAction(limited, { name: "export_report", policy: { type: "always_allow" } });
      const remaining: string[] = [];
      for (let i = 0; i < 3; i++) {
        const answer = await ask({ action: "export_report", payload: { i } }, limited);
        expect(answer.headers.get("ratelimit-policy")).toBe('"minute";q=1000;w=60, "day";q=3;w=86400');
        remaining.push(/"day";r=(\d+);t=\d+$/.exec(answer.headers.get("ratelimit") ?? "")?.[1] ?? "none");
      }
      expect(remaining).toEqual(["2", "1", "0"]);
      const refused = await ask({ action: "export_report", payload: {} }, limited);
      expect(problemOf(refused)).toEqual([429, "rate_limit_day"]);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(refused.headers.get("ratelimit")).toMatch(/"day";r=0;t=\d+/);
      const invalid = await api().post(INTERCEPT, "{}", { as: limited });
      expect([invalid.status, invalid.headers.get("ratelimit-policy")]).toEqual([422, expect.stringContaining('"day";q=3')]);
    });

    it("says which monthly limit is used up, its size, and when it resets", async () => {
      const limited = await makeWorkspace({ plan: "free", limits: { runsPerMonth: 1 } });
      await makeAction(limited, { name: "export_report", policy: { type: "always_allow" } });
      expect((await ask({ action: "export_report", payload: {} }, limited)).status).toBe(200);
      const refused = await ask({ action: "export_report", payload: {} }, limited);
      expect(problemOf(refused)).toEqual([403, "monthly_run_limit"]);
      expect(refused.json).toMatchObject({ limit: 1, used: 1, resets_at: expect.stringMatching(/^\d{4}-\d\d-01T00:00:00\.000Z$/) });
    });
  });
}
