import { beforeAll, describe, expect, it } from "vitest";
import { claimResponseSchema, releaseResponseSchema, renewResponseSchema } from "@/lib/contract/claim";
import { reportResponseSchema } from "@/lib/contract/report";
import { statusResponseSchema } from "@/lib/contract/status";
import { withdrawalResponseSchema } from "@/lib/contract/withdraw";
import { makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { type Answer, type ApiClient, MISSING_RUN, problemOf, runPath } from "./api-client";

const payload = { amount: 1250, supplier: { name: "Meier" } };

export function describeExecution(api: () => ApiClient): void {
  describe("claim and report", () => {
    let mine: TestWorkspace;
    let other: TestWorkspace;
    beforeAll(async () => {
      [mine, other] = [await makeWorkspace(), await makeWorkspace()];
      for (const workspace of [mine, other]) await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
      await makeAction(mine, { name: "refund_customer" });
    });
    const newRun = async (action = "export_report", workspace = mine) => (await proposeOk(workspace, { action, payload })).action_run_id;
    const post = (runId: string, rest: string, body: unknown = {}) => api().post(runPath(runId, rest), body, { as: mine });
    const claim = async (runId: string, body: object = { worker: "w1" }) => {
      const answer = await post(runId, "claim", body);
      expect(answer.status).toBe(200);
      return claimResponseSchema.parse(answer.json);
    };
    const reported = ({ status, json }: Answer) => {
      expect(status).toBe(200);
      return reportResponseSchema.parse(json);
    };

    it("claim gives what was decided on", async () => {
      const runId = await newRun();
      expect(await claim(runId, { worker: "w1", lease_seconds: 30, payload })).toMatchObject({
        action_run_id: runId,
        action: "export_report",
        payload,
        payload_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        policy_version: 1,
        claim: { token: expect.any(String), expires_at: expect.stringMatching(/\.\d{3}Z$/) },
      });
    });

    it("gives one claim to 16 workers at once", async () => {
      const runId = await newRun();
      const answers = await Promise.all(Array.from({ length: 16 }, (_, i) => post(runId, "claim", { worker: `w${i}` })));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const answer of answers.filter(({ status }) => status !== 200)) expect(problemOf(answer)).toEqual([409, "already_claimed"]);
    });

    it("refuses to claim what may not run, was changed, or was reported", async () => {
      expect(problemOf(await post(await newRun("refund_customer"), "claim", { worker: "w" }))).toEqual([409, "not_executable"]);
      expect(problemOf(await post(await newRun(), "claim", { worker: "w", payload: { ...payload, amount: 1251 } }))).toEqual([
        409,
        "payload_changed",
      ]);
      const done = await newRun();
      await post(done, "report-executed", { execution_result: {} });
      expect(problemOf(await post(done, "claim", { worker: "w" }))).toEqual([409, "already_reported"]);
    });

    it("withdraws what nobody has claimed, once, with a reason", async () => {
      const runId = await newRun("refund_customer");
      const withdraw = (body: unknown = { reason: "Paid by hand." }, as = mine, id = runId) =>
        api().post(runPath(id, "withdraw"), body, { as });
      for (const body of [{}, { reason: "" }, { reason: 5 }, { reason: "r".repeat(2001) }, { reason: "r", extra: 1 }])
        expect(problemOf(await withdraw(body))).toEqual([422, "validation_failed"]);
      expect(problemOf(await withdraw(undefined, other))).toEqual([404, "run_not_found"]);
      expect(problemOf(await withdraw(undefined, mine, MISSING_RUN))).toEqual([404, "run_not_found"]);
      const first = await withdraw();
      expect(first.status).toBe(200);
      const answer = withdrawalResponseSchema.parse(first.json);
      expect(answer).toMatchObject({ action_run_id: runId, governance_reason: "withdrawn", idempotent_replay: false });
      expect((await withdraw({ reason: "Again." })).json).toEqual({ ...answer, idempotent_replay: true });
      const status = await api().get(runPath(runId, "status"), { as: mine });
      expect(statusResponseSchema.parse(status.json)).toMatchObject({
        governance_status: "rejected",
        governance_reason: "withdrawn",
        executable: false,
        decided_by: null,
        comment: "Paid by hand.",
        receipt: { outcome: "rejected", channel: "api" },
      });
      const held = await newRun();
      await claim(held);
      expect(problemOf(await withdraw(undefined, mine, held))).toEqual([409, "already_claimed"]);
    });

    it("renews and releases with the token only", async () => {
      const runId = await newRun();
      const { token } = (await claim(runId)).claim;
      expect(problemOf(await post(runId, "claim/renew", { claim_token: "wrong" }))).toEqual([409, "claim_token_mismatch"]);
      expect(problemOf(await post(runId, "claim/release", { claim_token: "wrong" }))).toEqual([409, "claim_token_mismatch"]);
      const renewed = await post(runId, "claim/renew", { claim_token: token, lease_seconds: 3600 });
      expect(renewResponseSchema.parse(renewed.json)).toMatchObject({ action_run_id: runId, claim: { token } });
      const released = await post(runId, "claim/release", { claim_token: token });
      expect(releaseResponseSchema.parse(released.json)).toEqual({ action_run_id: runId, claim: null });
      expect(problemOf(await post(runId, "claim/renew", { claim_token: token }))).toEqual([409, "not_claimed"]);
      expect((await claim(runId, { worker: "w2" })).claim.token).not.toBe(token);
    });

    it("reports once; the same again is a replay, another is a conflict", async () => {
      const runId = await newRun();
      const first = reported(await post(runId, "report-executed", { execution_result: { mail_id: "m1", n: 2 } }));
      expect(first).toMatchObject({ action_run_id: runId, execution_status: "executed", execution_error: null, idempotent_replay: false });
      const again = reported(await post(runId, "report-executed", { execution_result: { n: 2, mail_id: "m1" } }));
      expect(again).toEqual({ ...first, idempotent_replay: true });
      expect(problemOf(await post(runId, "report-executed", { execution_result: { mail_id: "m2" } }))).toEqual([409, "report_conflict"]);
      expect(problemOf(await post(runId, "report-failed", { execution_error: "no" }))).toEqual([409, "report_conflict"]);
    });

    it("reports a failure with its error", async () => {
      const error = "x".repeat(4000);
      const failed = reported(await post(await newRun(), "report-failed", { execution_error: error, execution_result: { tries: 3 } }));
      expect(failed).toMatchObject({ execution_status: "failed", execution_error: error });
      expect(problemOf(await post(await newRun(), "report-failed", { execution_error: `${error}x` }))).toEqual([422, "validation_failed"]);
      expect(problemOf(await post(await newRun(), "report-failed", {}))).toEqual([422, "validation_failed"]);
    });

    it("takes a report from the holder of the claim only, while there is one", async () => {
      const runId = await newRun();
      const { token } = (await claim(runId)).claim;
      expect(problemOf(await post(runId, "report-executed", {}))).toEqual([409, "claim_token_mismatch"]);
      expect(problemOf(await post(runId, "report-executed", { claim_token: "stale" }))).toEqual([409, "claim_token_mismatch"]);
      expect(reported(await post(runId, "report-executed", { claim_token: token })).execution_status).toBe("executed");
    });

    it("refuses to report what may not run", async () => {
      expect(problemOf(await post(await newRun("refund_customer"), "report-executed"))).toEqual([409, "not_reportable"]);
    });

    it.each(["claim", "claim/renew", "claim/release", "report-executed", "report-failed"])(
      "%s answers foreign, missing and malformed ids alike, with rate limits where there are any",
      async (rest) => {
        const bodies: Record<string, object> = { claim: { worker: "w" }, "report-executed": {}, "report-failed": { execution_error: "e" } };
        const body = bodies[rest] ?? { claim_token: "t" };
        const foreign = await newRun("export_report", other);
        for (const id of [foreign, MISSING_RUN, "x"]) expect(problemOf(await post(id, rest, body))).toEqual([404, "run_not_found"]);
        const limited = await makeWorkspace({ plan: "free" });
        const answer = await api().post(runPath(MISSING_RUN, rest), body, { as: limited });
        expect(answer.headers.get("ratelimit-policy")).toBe('"minute";q=30;w=60, "day";q=500;w=86400');
      },
    );
  });
}
