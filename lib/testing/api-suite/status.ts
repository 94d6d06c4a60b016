import { beforeAll, describe, expect, it } from "vitest";
import { decideRun } from "@/lib/approvals/decide-run";
import { statusResponseSchema } from "@/lib/contract/status";
import { expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { type ApiClient, MISSING_RUN, problemOf, runPath } from "./api-client";

/** Longer than any test may take: an answer within it came because of the decision, not because the time was over. */
const LONG_WAIT = 60;

export function describeStatus(api: () => ApiClient): void {
  describe("GET status", () => {
    let mine: TestWorkspace;
    let other: TestWorkspace;
    beforeAll(async () => {
      [mine, other] = [await makeWorkspace(), await makeWorkspace()];
      for (const workspace of [mine, other]) await makeAction(workspace, { name: "refund_customer" });
      await makeAction(mine, { name: "export_report", policy: { type: "always_allow" } });
    });
    const pendingRun = async (workspace = mine) =>
      (await proposeOk(workspace, { action: "refund_customer", payload: { amount: 5 } })).action_run_id;
    const read = (runId: string, query = "", headers: Record<string, string> = {}) =>
      api().get(runPath(runId, `status${query}`), { as: mine, headers });
    const approve = async (runId: string) => expectOk(await decideRun(mine.ctx, { runId, decision: "approve", comment: "fine" })).run;

    it("tells a pending run, and a decided one", async () => {
      const runId = await pendingRun();
      const pending = await read(runId);
      expect(pending.status).toBe(200);
      expect(statusResponseSchema.parse(pending.json)).toMatchObject({
        action_run_id: runId,
        action: "refund_customer",
        governance_status: "pending_approval",
        execution_status: "not_executed",
        governance_reason: "policy_requires_approval",
        executable: false,
        receipt: null,
        decided_at: null,
        decided_by: null,
        comment: null,
        expires_at: expect.any(String),
        claimed: false,
        claim_expires_at: null,
      });
      await approve(runId);
      expect(statusResponseSchema.parse((await read(runId)).json)).toMatchObject({
        governance_status: "approved",
        execution_status: "awaiting_execution_report",
        governance_reason: "approved_by_human",
        executable: true,
        decided_by: mine.ownerEmail,
        comment: "fine",
        receipt: { outcome: "approved", decided_by: mine.ownerEmail },
      });
    });

    it("answers another workspace's run exactly like one that does not exist", async () => {
      const ids = [MISSING_RUN, await pendingRun(other), "not-an-id", "%00", `${MISSING_RUN}'--`];
      const bodies = await Promise.all(
        ids.map(async (id) => {
          const answer = await read(id);
          expect(problemOf(answer)).toEqual([404, "run_not_found"]);
          return { ...(answer.json as object), request_id: "" };
        }),
      );
      for (const body of bodies) expect(body).toEqual(bodies[0]);
      expect(problemOf(await read(await pendingRun(other), "?wait=60"))).toEqual([404, "run_not_found"]);
    });

    it("takes an id in upper case", async () => {
      const runId = await pendingRun();
      expect((await read(runId.toUpperCase())).json).toMatchObject({ action_run_id: runId });
    });

    it("answers 304 until something changes", async () => {
      const runId = await pendingRun();
      const etag = (await read(runId)).headers.get("etag") ?? "";
      expect(etag).toMatch(/^"[\w-]+"$/);
      const same = await read(runId, "", { "If-None-Match": `"old", ${etag}` });
      expect([same.status, same.text, same.headers.get("etag")]).toEqual([304, "", etag]);
      expect((await read(runId, "?wait=1", { "If-None-Match": etag })).status).toBe(304);
      await approve(runId);
      const changed = await read(runId, "", { "If-None-Match": etag });
      expect([changed.status, changed.headers.get("etag") === etag]).toEqual([200, false]);
    });

    it("answers HEAD without a body", async () => {
      const head = await api().call("HEAD", runPath(await pendingRun(), "status"), undefined, { as: mine });
      expect([head.status, head.text, head.headers.get("etag")]).toEqual([200, "", expect.any(String)]);
    });

    it("holds the answer until another process decides", async () => {
      const runId = await pendingRun();
      const waiting = read(runId, `?wait=${LONG_WAIT}`);
      const early = await Promise.race([waiting, read(runId, "?wait=1")]);
      expect(early.json).toMatchObject({ governance_status: "pending_approval" });
      await approve(runId);
      expect((await waiting).json).toMatchObject({ governance_status: "approved", executable: true });
    });

    it("wakes all who wait, and answers at once what is decided", async () => {
      const runId = await pendingRun();
      const waiting = Array.from({ length: 20 }, () => read(runId, `?wait=${LONG_WAIT}`));
      await read(runId, "?wait=1");
      await approve(runId);
      for (const answer of await Promise.all(waiting)) expect(answer.json).toMatchObject({ governance_status: "approved" });
      expect((await read(runId, `?wait=${LONG_WAIT}`)).json).toMatchObject({ governance_status: "approved" });
    });

    it("gives the state as it is when the time is over", async () => {
      const answer = await read(await pendingRun(), "?wait=1");
      expect([answer.status, answer.json]).toEqual([200, expect.objectContaining({ governance_status: "pending_approval" })]);
    });

    it.each(["61", "-1", "1e1", "x", "", "Infinity", "%20", "1&wait=2", "0x10"])("refuses wait=%s", async (wait) => {
      expect(problemOf(await read(await pendingRun(), `?wait=${wait}`))).toEqual([422, "validation_failed"]);
    });

    it("goes on when those who wait leave", async () => {
      const runId = await pendingRun();
      const leave = new AbortController();
      const left = Array.from({ length: 20 }, () =>
        api()
          .get(runPath(runId, `status?wait=${LONG_WAIT}`), { as: mine, signal: leave.signal })
          .catch(() => "left"),
      );
      await read(runId, "?wait=1");
      leave.abort();
      expect(new Set(await Promise.all(left))).toEqual(new Set(["left"]));
      expect((await read(runId)).status).toBe(200);
    });
  });
}
