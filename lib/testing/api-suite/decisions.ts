import { beforeAll, describe, expect, it } from "vitest";
import { decisionResponseSchema, decisionViewSchema } from "@/lib/contract/decision";
import { revocationResponseSchema } from "@/lib/contract/revoke";
import { getDb } from "@/lib/db/client";
import { openToken } from "@/lib/security/seal-token";
import { makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { type ApiClient, problemOf } from "./api-client";

const approvers = ["ada@example.com", "grace@example.com"];

export function describeDecisions(api: () => ApiClient): void {
  describe("public decisions", () => {
    let mine: TestWorkspace;
    beforeAll(async () => {
      mine = await makeWorkspace();
      await makeAction(mine, { name: "refund_customer", approverEmails: approvers });
    });

    /** A pending run and the path of each approver's link. */
    async function ask(): Promise<{ runId: string; paths: string[] }> {
      const { action_run_id: runId } = await proposeOk(mine, {
        action: "refund_customer",
        payload: { amount: "80.00", currency: "EUR", customer: "C-7", reasoning: "Broken on arrival.", actor: "support_agent" },
      });
      const mails = await getDb().emailDelivery.findMany({ where: { runId }, orderBy: { toEmail: "asc" } });
      const paths = mails.map(({ sealedToken }) => `/api/v1/public/decisions/${openToken(sealedToken ?? new Uint8Array())}`);
      expect(paths).toHaveLength(approvers.length);
      return { runId, paths };
    }
    const statusOf = async (runId: string) => (await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).governanceStatus;

    it("show what is to be decided, and nothing secret", async () => {
      const { runId, paths } = await ask();
      const answer = await api().get(paths[0] ?? "");
      expect(answer.status).toBe(200);
      expect(decisionViewSchema.parse(answer.json)).toMatchObject({
        action_run_id: runId,
        actor: "support_agent",
        reasoning: "Broken on arrival.",
        amount: { decimal: "80", currency: "EUR" },
        approver: "ada@example.com",
        asked: approvers,
      });
      expect(answer.text).not.toMatch(/daai_sk_|daai_wk_|token/i);
    });

    it("are revoked by their own link until the run is claimed, with the second step", async () => {
      const { runId, paths } = await ask();
      const [ada = "", grace = ""] = paths;
      const revoke = (path: string, body: object = { confirm: true, comment: "Wrong order." }) => api().post(`${path}/revoke`, body);
      expect(problemOf(await revoke(ada))).toEqual([409, "not_decided"]);
      await api().post(ada, { decision: "approve", confirm: true });
      expect(problemOf(await revoke(ada, {}))).toEqual([422, "validation_failed"]);
      expect(problemOf(await revoke(grace))).toEqual([403, "not_permitted"]);
      const revoked = await revoke(ada);
      expect(revoked.status).toBe(200);
      expect(revocationResponseSchema.parse(revoked.json)).toMatchObject({
        action_run_id: runId,
        governance_reason: "approval_revoked",
        revoked_by: "ada@example.com",
        comment: "Wrong order.",
      });
      expect(problemOf(await revoke(ada))).toEqual([409, "already_decided"]);
      expect(await statusOf(runId)).toBe("rejected");
    });

    it("are not made by looking", async () => {
      const { runId, paths } = await ask();
      for (const method of ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]) await api().call(method, paths[0] ?? "", undefined);
      expect(await statusOf(runId)).toBe("pending_approval");
    });

    it("are made by POST, approving only with confirm", async () => {
      const { runId, paths } = await ask();
      const [path = ""] = paths;
      for (const confirm of [undefined, false, null]) {
        expect(problemOf(await api().post(path, { decision: "approve", confirm }))).toEqual([422, "validation_failed"]);
      }
      expect(problemOf(await api().post(path, { decision: "approve", confirm: "true" }))).toEqual([422, "validation_failed"]);
      expect(problemOf(await api().post(path, { decision: "maybe" }))).toEqual([422, "validation_failed"]);
      expect(problemOf(await api().post(path, "decision=approve&confirm=true"))).toEqual([400, "invalid_json"]);
      const answer = await api().post(path, { decision: "approve", confirm: true, comment: "Go ahead." });
      expect(decisionResponseSchema.parse(answer.json)).toMatchObject({
        action_run_id: runId,
        governance_status: "approved",
        execution_status: "awaiting_execution_report",
        governance_reason: "approved_by_human",
        decided_by: "ada@example.com",
        comment: "Go ahead.",
      });
    });

    it.each([
      ["reject", "rejected", "rejected_by_human"],
      ["block", "blocked", "manually_blocked_by_approver"],
    ])("%s needs no second step", async (decision, status, reason) => {
      const { paths } = await ask();
      const answer = await api().post(paths[0] ?? "", { decision });
      expect(answer.json).toMatchObject({ governance_status: status, governance_reason: reason, execution_status: "not_executed" });
    });

    it("tell who is late who was faster", async () => {
      const { paths } = await ask();
      const [first = "", second = ""] = paths;
      expect((await api().post(first, { decision: "reject", comment: "no" })).status).toBe(200);
      const again = await api().post(first, { decision: "approve", confirm: true });
      expect(problemOf(again)).toEqual([410, "link_used"]);
      const late = await api().post(second, { decision: "approve", confirm: true });
      expect(problemOf(late)).toEqual([409, "already_decided"]);
      expect(late.json).toMatchObject({ decided_by: "ada@example.com", decided_at: expect.stringMatching(/Z$/) });
      expect(problemOf(await api().get(second))).toEqual([409, "already_decided"]);
    });

    it("tell when the time is over", async () => {
      const { runId, paths } = await ask();
      const past = new Date(Date.now() - 1000);
      await getDb().decisionLink.updateMany({ where: { approvalRequest: { runId } }, data: { expiresAt: past } });
      await getDb().actionRun.update({ where: { id: runId }, data: { expiresAt: past } });
      expect(problemOf(await api().get(paths[0] ?? ""))).toEqual([410, "link_expired"]);
      expect(problemOf(await api().post(paths[0] ?? "", { decision: "approve", confirm: true }))).toEqual([410, "link_expired"]);
      expect(await statusOf(runId)).toBe("pending_approval");
    });

    it("answer unknown tokens without a hint", async () => {
      for (const token of ["x", "A".repeat(43), "A".repeat(5000), "%00", "..%2f..", "'--"]) {
        const path = `/api/v1/public/decisions/${token}`;
        expect(problemOf(await api().get(path))).toEqual([404, "invalid_link"]);
        expect(problemOf(await api().post(path, { decision: "reject" }))).toEqual([404, "invalid_link"]);
      }
    });

    it("of both approvers at once have one winner", async () => {
      const { paths } = await ask();
      const [first = "", second = ""] = paths;
      const answers = await Promise.all([
        api().post(first, { decision: "approve", confirm: true }),
        api().post(second, { decision: "reject" }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });
  });
}
