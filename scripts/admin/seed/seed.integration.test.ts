import { beforeAll, describe, expect, test } from "vitest";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { contextText } from "@/lib/domain/log/receipt-body";
import { evaluatePolicy } from "@/lib/domain/policy/policies";
import { type ExecutionStatus, type GovernanceStatus, isLegalPair } from "@/lib/domain/runs/statuses";
import { leafHash } from "@/lib/receipts/log/leaf-hash";
import { policyRuleOf } from "@/lib/registered-actions/policy-rule";
import { commitTo } from "@/lib/security/commitment";
import { credentialsOf, expectOk, makeAction, makeWorkspace, tally } from "@/lib/testing/factories";
import { type Seeded, seed } from "./seed";

const RUNS = 2500;
const until = new Date("2026-05-04T09:10:11.121Z");
const hex = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString("hex");

let seeded: Seeded;
const progress: number[] = [];
beforeAll(async () => {
  seeded = await seed({ runs: RUNS, seedNumber: 7, until }, (done) => progress.push(done));
});

function readRuns(workspaceId: string) {
  return getDb().actionRun.findMany({
    where: { workspaceId },
    include: {
      receipts: { orderBy: { kind: "asc" } },
      approvalRequest: { include: { links: true } },
      decision: true,
      policyVersion: true,
      emailDeliveries: true,
    },
    orderBy: { id: "asc" },
  });
}
type ReadRun = Awaited<ReturnType<typeof readRuns>>[number];
const receiptOf = (run: ReadRun, kind: string) => {
  const body = run.receipts.find((receipt) => receipt.kind === kind)?.body;
  return body === undefined ? null : (JSON.parse(body) as JsonObject);
};

describe("a seeded history", () => {
  let runs: ReadRun[];
  beforeAll(async () => {
    runs = await readRuns(seeded.workspaceId);
  });

  test("is as long as asked for, over 90 days, with ids in the order of time", () => {
    expect(runs).toHaveLength(RUNS);
    expect(progress.at(-1)).toBe(RUNS);
    const times = runs.map((run) => run.createdAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(until.getTime() - (times[0] ?? 0)).toBeGreaterThan(89 * 86_400_000);
    for (const run of runs) {
      expect(parseInt(run.id.replaceAll("-", "").slice(0, 12), 16)).toBe(run.createdAt.getTime());
      for (const time of [run.createdAt, run.decidedAt, run.executionReportedAt])
        expect((time ?? until).getTime()).toBeLessThanOrEqual(until.getTime());
    }
  });

  test("has something of everything, in legal statuses", () => {
    const statuses = tally(runs.map((run) => run.governanceStatus));
    expect(Object.keys(statuses).toSorted()).toEqual(["allowed", "approved", "blocked", "pending_approval", "rejected"]);
    expect(new Set(runs.map((run) => run.executionStatus)).size).toBe(4);
    expect(new Set(runs.map((run) => run.governanceReason)).size).toBeGreaterThanOrEqual(15);
    expect(new Set(runs.map((run) => run.decision?.channel)).size).toBe(5);
    for (const run of runs) {
      expect(isLegalPair(run.governanceStatus as GovernanceStatus, run.executionStatus as ExecutionStatus)).toBe(true);
    }
  });

  test("was decided by the policies", () => {
    for (const run of runs.filter((one) => one.policyVersion !== null)) {
      const { outcome, reason } = evaluatePolicy(
        policyRuleOf(run.policyVersion as NonNullable<typeof run.policyVersion>),
        run.payload as JsonObject,
      );
      expect(run.approvalRequest !== null).toBe(outcome === "pending_approval");
      expect(run.approvalRequest?.policyReason ?? run.governanceReason).toBe(reason);
    }
    expect(runs.filter((run) => run.policyVersion === null).every((run) => run.governanceStatus === "blocked")).toBe(true);
  });

  test("has receipts that verify: leaf hashes, commitments, and the words of the run", () => {
    let receipts = 0;
    for (const run of runs) {
      receipts += run.receipts.length;
      for (const receipt of run.receipts) expect(hex(receipt.leafHash)).toBe(leafHash(receipt.body).toString("hex"));
      const decision = receiptOf(run, "decision");
      expect(decision === null).toBe(run.governanceStatus === "pending_approval");
      if (decision === null) continue;
      const salt = run.payloadSalt ?? new Uint8Array();
      const source = run.sourceType === null ? null : { type: run.sourceType, ref: run.sourceRef };
      const context = contextText({ reasoning: run.reasoning, source });
      expect(decision).toMatchObject({
        run_id: run.id,
        action: run.actionName,
        governance_status: run.governanceStatus,
        reason: run.governanceReason,
        decided_by: run.decidedBy,
        decided_at: run.decidedAt?.toISOString(),
        channel: run.decision?.channel ?? "policy",
        payload_commitment: commitTo(salt, run.payloadText ?? ""),
        context_commitment: context === null ? null : commitTo(salt, context),
      });
      expect(hex(run.payloadHash)).toBe(jsonHash(run.payload as JsonObject));
      expect(receiptOf(run, "execution")?.execution_status ?? null).toBe(run.executionReportedAt === null ? null : run.executionStatus);
    }
    expect(receipts).toBe(seeded.receipts);
  });

  test("asked people, by mail, and used the link of whoever answered by it", () => {
    for (const { approvalRequest, decision, emailDeliveries, governanceStatus } of runs) {
      expect(decision !== null).toBe(approvalRequest !== null && governanceStatus !== "pending_approval");
      if (!approvalRequest) continue;
      expect(approvalRequest.links.map((link) => link.approverEmail).toSorted()).toEqual(approvalRequest.approverEmails.toSorted());
      expect(emailDeliveries.map((mail) => mail.toEmail).toSorted()).toEqual(approvalRequest.approverEmails.toSorted());
      const used = approvalRequest.links.find((link) => link.usedAt !== null);
      expect(used?.id ?? null).toBe(decision?.linkId ?? null);
      expect(used !== undefined).toBe(decision?.channel === "decision_link");
    }
  });

  test("answers like any other workspace's", async () => {
    const { workspaceKey, apiKey } = seeded.keys ?? { workspaceKey: "", apiKey: "" };
    const executed = runs.find((run) => run.executionStatus === "executed");
    const status = expectOk(await getRunStatus(visitorContext(), credentialsOf(apiKey, workspaceKey), executed?.id ?? ""));
    expect(status.answer).toMatchObject({
      execution_status: "executed",
      executable: false,
      receipt: { channel: receiptOf(executed as ReadRun, "decision")?.channel },
    });
  });
});

test("the same number makes the same history in another workspace, another number another one", async () => {
  const told = async (workspaceId: string) =>
    (await readRuns(workspaceId)).map((run) => [
      run.createdAt,
      run.actionName,
      run.payloadText,
      run.governanceReason,
      run.executionStatus,
      run.decisionComment,
    ]);
  const first = await seed({ runs: 300, seedNumber: 3, until }, () => {});
  const again = await seed({ runs: 300, seedNumber: 3, until }, () => {});
  const other = await seed({ runs: 300, seedNumber: 4, until }, () => {});
  expect(await told(again.workspaceId)).toEqual(await told(first.workspaceId));
  expect(await told(other.workspaceId)).not.toEqual(await told(first.workspaceId));
});

test("a workspace's own actions are used, with payloads that their policies can read", async () => {
  const workspace = await makeWorkspace();
  await makeAction(workspace, {
    name: "pay",
    policy: { type: "require_approval_above_amount", threshold: "50", amountField: "order.total.value", currency: "EUR" },
    recipientField: "order.buyer",
  });
  const { keys } = await seed({ runs: 200, workspaceId: workspace.workspaceId, seedNumber: 1, until }, () => {});
  expect(keys).toBeNull();
  const reasons = tally(
    (await readRuns(workspace.workspaceId))
      .filter((run) => run.actionName === "pay")
      .map((run) => run.approvalRequest?.policyReason ?? run.governanceReason),
  );
  expect(reasons.policy_amount_above_threshold).toBeGreaterThan(5);
  expect(reasons.policy_amount_within_threshold).toBeGreaterThan(5);
});

test("the same history twice in one workspace is refused in one sentence", async () => {
  const options = { runs: 20, workspaceId: (await makeWorkspace()).workspaceId, seedNumber: 5, until };
  await seed(options, () => {});
  await expect(seed(options, () => {})).rejects.toThrow("The workspace has this history already: choose another --seed-number.");
  await expect(seed({ ...options, workspaceId: "019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b" }, () => {})).rejects.toThrow("No such workspace.");
});
