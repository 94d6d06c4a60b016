import { createHash, createHmac } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type InterceptResponse, interceptResponseSchema } from "@/lib/contract/intercept";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import type { PolicyType } from "@/lib/domain/policy/policy-types";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";

type Policy = { type: PolicyType; threshold?: string; currency?: string };

const ABOVE_500: Policy = { type: "require_approval_above_amount", threshold: "500" };
const IN_EUROS: Policy = { ...ABOVE_500, currency: "EUR" };

const CASES: [policy: Policy, payload: JsonObject, status: string, reason: string][] = [
  [{ type: "always_allow" }, {}, "allowed", "policy_always_allow"],
  [{ type: "log_only" }, {}, "allowed", "policy_log_only"],
  [{ type: "always_block" }, {}, "blocked", "policy_always_block"],
  [{ type: "always_require_approval" }, {}, "pending_approval", "policy_requires_approval"],
  [ABOVE_500, { amount: 500.01 }, "pending_approval", "policy_amount_above_threshold"],
  [ABOVE_500, { amount: "500.00" }, "allowed", "policy_amount_within_threshold"],
  [ABOVE_500, {}, "pending_approval", "policy_amount_missing_requires_approval"],
  [ABOVE_500, { amount: "1e2" }, "pending_approval", "policy_amount_invalid_requires_approval"],
  [IN_EUROS, { amount: 5, currency: "EUR" }, "allowed", "policy_amount_within_threshold"],
  [IN_EUROS, { amount: 5, currency: "USD" }, "pending_approval", "policy_currency_mismatch_requires_approval"],
  [
    { type: "require_approval_when_external_recipient" },
    { external_recipient: true },
    "pending_approval",
    "policy_external_recipient_requires_approval",
  ],
  [
    { type: "require_approval_when_external_recipient" },
    { external_recipient: "no" },
    "pending_approval",
    "policy_external_recipient_unknown_requires_approval",
  ],
  [
    { type: "require_approval_when_external_recipient" },
    { external_recipient: false },
    "allowed",
    "policy_external_recipient_not_detected",
  ],
  [
    { type: "require_approval_when_new_recipient" },
    { is_new_recipient: true },
    "pending_approval",
    "policy_new_recipient_requires_approval",
  ],
  [{ type: "require_approval_when_new_recipient" }, {}, "pending_approval", "policy_new_recipient_unknown_requires_approval"],
  [{ type: "require_approval_when_new_recipient" }, { is_new_recipient: false }, "allowed", "policy_new_recipient_not_detected"],
  [{ type: "require_approval_when_not_reversible" }, { reversible: false }, "pending_approval", "policy_not_reversible_requires_approval"],
  [
    { type: "require_approval_when_not_reversible" },
    { reversible: 1 },
    "pending_approval",
    "policy_not_reversible_unknown_requires_approval",
  ],
  [{ type: "require_approval_when_not_reversible" }, { reversible: true }, "allowed", "policy_not_reversible_not_detected"],
  [{ type: "require_approval_when_destructive" }, { destructive: true }, "pending_approval", "policy_destructive_requires_approval"],
  [
    { type: "require_approval_when_destructive" },
    { destructive: null },
    "pending_approval",
    "policy_destructive_unknown_requires_approval",
  ],
  [{ type: "require_approval_when_destructive" }, { destructive: false }, "allowed", "policy_destructive_not_detected"],
];

/** Everything that has slipped through an amount policy somewhere (5-trust), as far as JSON can say it. */
const AMOUNTS_FOR_PEOPLE: unknown[] = [
  "1e3",
  "1,250",
  "1_000",
  "0x10",
  " 10 ",
  "",
  true,
  [],
  [5],
  {},
  null,
  "١٢",
  -5000,
  1e21,
  "NaN",
  "Infinity",
  "-0",
  "+5",
  ".5",
  "5.",
  "500.0000000000000001",
  501,
];

describe("interceptAction decides by the policy", () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await makeWorkspace();
  });

  test.each(CASES)("%j of %j: %s, %s", async (policy, fields, status, reason) => {
    const action = `case_${CASES.findIndex((one) => one[1] === fields)}`;
    await makeAction(workspace, { name: action, policy, riskLevel: "high" });
    const payload = { ...fields, actor: "finance_agent", reasoning: "It is due.", source: { type: "crm", ref: "INV-1" } };
    const answer = await proposeOk(workspace, { action, payload });
    expect(answer).toMatchObject({ governance_status: status, governance_reason: reason, executable: status === "allowed" });
    await expectConsistent(workspace, action, answer, { payload, policy, version: 1 });
  });

  test.each([
    ["unknown_action", "never_registered"],
    ["inactive_action", "switched_off"],
  ])("%s: blocked", async (reason, action) => {
    if (reason === "inactive_action") {
      await makeAction(workspace, { name: action, riskLevel: "high" });
      await setActionActive(workspace.ctx, { name: action, isActive: false });
    }
    const payload = { actor: "finance_agent", reasoning: "It is due.", source: { type: "crm", ref: "INV-1" } };
    const answer = await proposeOk(workspace, { action, payload });
    expect(answer).toMatchObject({ governance_status: "blocked", governance_reason: reason, executable: false });
    await expectConsistent(workspace, action, answer, { payload, policy: null, version: null });
  });

  test("no doubtful amount is allowed", async () => {
    await makeAction(workspace, { name: "pay", policy: { type: "require_approval_above_amount", threshold: "500" } });
    const payloads = [...AMOUNTS_FOR_PEOPLE.map((amount) => ({ amount })), { Amount: 5 }, { "\u0430mount": 5 }, { order: { amount: 5 } }];
    const answers = await Promise.all(payloads.map((payload) => proposeOk(workspace, { action: "pay", payload: payload as JsonObject })));
    expect(answers.map(({ governance_status, executable }) => [governance_status, executable])).toEqual(
      payloads.map(() => ["pending_approval", false]),
    );
  });

  test("the longest amounts are kept to the last digit", async () => {
    await makeAction(workspace, { name: "pay_much", policy: { type: "require_approval_above_amount", threshold: "500" } });
    for (const amount of ["9".repeat(64), `0.${"1".repeat(62)}`, `${"9".repeat(31)}.${"9".repeat(32)}`]) {
      const { action_run_id } = await proposeOk(workspace, { action: "pay_much", payload: { amount } });
      const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: action_run_id } });
      expect(run.amount?.toFixed()).toBe(amount);
    }
  });
});

/** Answer, run row and receipt tell the same story; the receipt is computed again from its documentation. */
async function expectConsistent(
  workspace: TestWorkspace,
  action: string,
  answer: InterceptResponse,
  { payload, policy, version }: { payload: JsonObject; policy: Policy | null; version: number | null },
): Promise<void> {
  expect(interceptResponseSchema.parse(answer)).toEqual(answer);
  const isPending = answer.governance_status === "pending_approval";
  expect(answer).toMatchObject({
    execution_status: answer.executable ? "awaiting_execution_report" : "not_executed",
    idempotent_replay: false,
    claim: null,
    links: { run: `http://localhost:3000/workspaces/${workspace.workspaceId}/runs/${answer.action_run_id}` },
  });
  const run = await getDb().actionRun.findUniqueOrThrow({
    where: { id: answer.action_run_id },
    include: { receipts: true, approvalRequest: true },
  });
  expect(run).toMatchObject({
    actionName: action,
    governanceStatus: answer.governance_status,
    governanceReason: answer.governance_reason,
    executionStatus: answer.execution_status,
    payloadText: JSON.stringify(payload),
    payload,
    idempotencyKey: null,
    actor: "finance_agent",
    reasoning: "It is due.",
    sourceType: "crm",
    sourceRef: "INV-1",
    claimTokenHash: null,
    riskLevel: answer.governance_reason === "unknown_action" ? null : "high",
    decidedBy: null,
  });
  expect(run.decidedAt).toEqual(isPending ? null : run.createdAt);
  expect(run.approvalRequest !== null).toBe(isPending);
  expect(run.receipts).toHaveLength(isPending ? 0 : 1);
  const [receipt] = run.receipts;
  if (!receipt) return expect(answer.receipt).toBeNull();

  const snapshot = policy && {
    amount_field: "amount",
    currency: policy.currency ?? null,
    currency_field: "currency",
    threshold: policy.threshold ?? null,
    type: policy.type,
  };
  const at = run.createdAt.toISOString();
  const seal = (text: string) =>
    createHmac("sha256", run.payloadSalt ?? "")
      .update(text)
      .digest("hex");
  // Written in the order of the members' names: that is the canonical text.
  const body = JSON.stringify({
    action,
    actor: "finance_agent",
    api_key_id: run.apiKeyId,
    approval_required: false,
    channel: "policy",
    comment: null,
    context_commitment: seal('{"reasoning":"It is due.","source":{"ref":"INV-1","type":"crm"}}'),
    decided_at: at,
    decided_by: null,
    governance_status: answer.governance_status,
    kind: "decision",
    payload_commitment: seal(JSON.stringify(payload)),
    policy: snapshot,
    policy_version: version,
    proposed_at: at,
    reason: answer.governance_reason,
    receipt_id: receipt.id,
    risk_level: run.riskLevel,
    run_id: run.id,
    v: 1,
    workspace_id: workspace.workspaceId,
  });
  expect(receipt.body).toBe(body);
  expect(Buffer.from(receipt.leafHash)).toEqual(createHash("sha256").update(`\0${body}`).digest());
  expect(receipt).toMatchObject({ kind: "decision", createdAt: run.createdAt });
  expect(answer.receipt).toEqual({
    id: receipt.id,
    outcome: answer.governance_status,
    reason: answer.governance_reason,
    policy_type: policy?.type ?? null,
    policy_version: version,
    policy_snapshot: snapshot,
    policy_rule: null,
    budget: null,
    grant: null,
    created_at: at,
    decided_by: null,
    channel: "policy",
    comment: null,
    previous_run_id: null,
  });
}
