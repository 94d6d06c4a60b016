import { createHash } from "node:crypto";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { runView } from "@/lib/action-runs/show/run-view";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { jcsText } from "@/lib/domain/json/canonical-text";
import type { JsonObject } from "@/lib/domain/json-value";
import { previewDecision } from "@/lib/domain/policy/preview-decision";
import type { RuleSet } from "@/lib/domain/policy/rules/rule-set";
import { HOUR_MS } from "@/lib/domain/time/units";
import { readRunDocument } from "@/lib/receipts/document/get-receipt-document";
import { withholdPayload } from "@/lib/receipts/document/withhold-payload";
import { editAction } from "@/lib/registered-actions/edit-action";
import { expectOk, linkToken, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";

const RULES: RuleSet = {
  rules: [
    { name: "sanctioned country", when: 'payload.country in ["KP", "IR"]', then: "block" },
    { name: "small", when: 'amount <= dec("100") && currency == "EUR"', then: "allow" },
    { name: "large", when: "amount > 5000", then: "ask" },
    { name: "by night", when: "now < timestamp('2020-01-01T00:00:00Z')", then: "allow" },
  ],
  otherwise: "ask",
};
const HASH = createHash("sha256")
  .update(jcsText({ rules: RULES.rules.map((rule) => ({ ...rule })), otherwise: RULES.otherwise }))
  .digest("hex");
const policy = { type: "rules", rules: RULES } as const;
const payloadOf = (fields: JsonObject) => ({ country: "DE", currency: "EUR", ...fields });

describe("interceptAction decides by rules", () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await makeWorkspace();
    await makeAction(workspace, { name: "refund", policy });
  });

  const propose = (fields: JsonObject) => proposeOk(workspace, { action: "refund", payload: payloadOf(fields) });
  const bodyOf = async (runId: string) => {
    const receipt = await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } });
    return JSON.parse(receipt.body) as JsonObject;
  };

  test.each<[JsonObject, string, string, string | null, string]>([
    [{ amount: 80 }, "allowed", "rule_allowed", "small", 'Allowed by the rule “small”: amount 80.00 <= 100, currency EUR == "EUR".'],
    [
      { amount: 80, country: "KP" },
      "blocked",
      "rule_blocked",
      "sanctioned country",
      'Blocked by the rule “sanctioned country”: payload.country KP in ["KP", "IR"].',
    ],
    [
      { amount: "6200" },
      "pending_approval",
      "rule_requires_approval",
      "large",
      "A person decides because of the rule “large”: amount 6,200.00 > 5,000.",
    ],
    [{ amount: 500 }, "pending_approval", "rule_requires_approval", null, "No rule applies, so a person decides."],
    [
      { amount: 80, country: null },
      "pending_approval",
      "rule_unreadable_requires_approval",
      "sanctioned country",
      "A person decides, because the console couldn’t read the rule “sanctioned country”: payload.country is null.",
    ],
  ])("%j: %s, %s by %s", async (fields, status, reason, rule, explanation) => {
    const answer = await propose(fields);
    expect(answer).toMatchObject({
      governance_status: status,
      governance_reason: reason,
      policy_rule: rule,
      executable: status === "allowed",
    });
    const story = await getRunStory(workspace.ctx, answer.action_run_id);
    expect(story && runView(story, "").policy).toMatchObject({ why: explanation, rule });
    if (answer.receipt === null) return;
    expect(answer.receipt).toMatchObject({ policy_type: "rules", policy_rule: rule, policy_snapshot: { rules_hash: HASH } });
    expect(await bodyOf(answer.action_run_id)).toMatchObject({
      policy: { type: "rules", rules_hash: HASH },
      policy_rule: { ...RULES.rules.find(({ name }) => name === rule) },
    });
  });

  test("a person's decision keeps the rule that asked, and its receipt names it", async () => {
    const { action_run_id: runId } = await propose({ amount: "6200" });
    expectOk(await decideByLink(visitorContext(), await linkToken(runId), { decision: "reject", comment: null, confirm: false }));
    expect(await bodyOf(runId)).toMatchObject({ reason: "rejected_by_human", policy_rule: RULES.rules[2] });
    const document = await readRunDocument(workspace.ctx, runId);
    expect(document?.policy?.explanation).toContain("amount 6,200.00 > 5,000");
    expect(document && withholdPayload(document).policy?.explanation).toBeNull();
  });

  test("the rule of a run never changes, and a policy has rules exactly when its type says so", async () => {
    const { action_run_id: id } = await propose({ amount: "6200" });
    await expect(getDb().actionRun.update({ where: { id }, data: { policyRule: "small" } })).rejects.toThrow();
    const version = await getDb().policyVersion.findFirstOrThrow({ where: { policyType: "rules" } });
    const copy = {
      ...version,
      id: crypto.randomUUID(),
      version: 99,
      stages: undefined,
      changeableFields: undefined,
      ruleApprovers: undefined,
      rules: undefined,
      rulesHash: null,
    };
    await expect(getDb().policyVersion.create({ data: copy })).rejects.toThrow("policy_versions_rules");
  });

  test("the same rules make no new version, others do", async () => {
    const settings = { name: "edited", title: "Edited" };
    await makeAction(workspace, { ...settings, policy });
    const edit = async (rules: RuleSet) =>
      expectOk(await editAction(workspace.ctx, { ...settings, policy: { type: "rules", rules } })).policyVersion;
    expect(await edit(RULES)).toBe(1);
    expect(await edit({ ...RULES, otherwise: "block" })).toBe(2);
  });

  test("the preview decides the same", async () => {
    const payloads: JsonObject[] = [{ amount: 80 }, { amount: "6200" }, { amount: "1e3" }, { country: 5 }, {}];
    for (const fields of payloads) {
      const preview = previewDecision(
        { ...policy, threshold: null, currency: null, amountField: "amount", currencyField: "currency" },
        { name: "refund", title: null, sentence: null, recipientField: null },
        JSON.stringify(payloadOf(fields)),
        new Date(),
      );
      const answer = await propose(fields);
      expect(preview).toMatchObject({ kind: "decided", result: { outcome: answer.governance_status, reason: answer.governance_reason } });
    }
  });
});

describe("now is the database's time", () => {
  afterEach(() => void vi.useRealTimers());

  // Not one that is ahead: what makes ids keeps the latest time it has seen, for all files of this process.
  test("also in a process whose clock is a day behind", async () => {
    const [row] = await getDb().$queryRaw<{ now: Date }[]>`SELECT now()`;
    const now = row?.now.getTime() ?? Number.NaN;
    const bound = (hours: number) => new Date(now + hours * HOUR_MS).toISOString().replace(/\.\d+Z$/, "Z");
    const when = `now > timestamp("${bound(-1)}") && now < timestamp("${bound(1)}")`;
    const workspace = await makeWorkspace();
    await makeAction(workspace, {
      name: "refund",
      policy: { type: "rules", rules: { rules: [{ name: "the right time", when, then: "allow" }], otherwise: "block" } },
    });
    vi.useFakeTimers({ toFake: ["Date"], now: now - 24 * HOUR_MS });
    // The first reads the snapshot, the second has it in memory.
    for (const amount of [1, 2])
      expect(await proposeOk(workspace, { action: "refund", payload: { amount } })).toMatchObject({ governance_status: "allowed" });
  });

  test("also when the process has stood still for a day since it read the database's time", async () => {
    const [row] = await getDb().$queryRaw<{ now: Date }[]>`SELECT now()`;
    const bound = new Date((row?.now.getTime() ?? Number.NaN) + HOUR_MS).toISOString().replace(/\.\d+Z$/, "Z");
    const workspace = await makeWorkspace();
    const rules: RuleSet = { rules: [{ name: "still", when: `now < timestamp("${bound}")`, then: "allow" }], otherwise: "block" };
    await makeAction(workspace, { name: "refund", policy: { type: "rules", rules } });
    await proposeOk(workspace, { action: "refund", payload: { amount: 1 } });
    // Its monotonic clock is a day ahead of the snapshot in memory: the database has the proposal decided again.
    const real = performance.now.bind(performance);
    const ahead = vi.spyOn(performance, "now").mockImplementation(() => real() + 24 * HOUR_MS);
    try {
      expect(await proposeOk(workspace, { action: "refund", payload: { amount: 2 } })).toMatchObject({ governance_status: "allowed" });
    } finally {
      ahead.mockRestore();
    }
  });
});
