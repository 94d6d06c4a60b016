import type { TestActionRequest, TestActionResponse } from "@/lib/contract/manage-actions";
import { databaseNow } from "@/lib/db/transaction";
import type { PolicyOutcome } from "@/lib/domain/policy/policy";
import { previewDecision } from "@/lib/domain/policy/preview-decision";
import type { RuleEffect } from "@/lib/domain/policy/rules/rule-set";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import type { ActionSettings } from "./schema";

type Test = TestActionRequest["tests"][number];
type TestResult = TestActionResponse["results"][number];

const EFFECTS: Readonly<Record<PolicyOutcome, RuleEffect>> = { allowed: "allow", pending_approval: "ask", blocked: "block" };

/** Decides about each payload as the API would with these settings, and compares. Nothing is stored. */
export async function testPolicy(ctx: WorkspaceContext, settings: ActionSettings, tests: readonly Test[]): Promise<TestActionResponse> {
  await requirePermission(ctx, "action.read");
  const now = await databaseNow(ctx.db);
  const results = tests.map((test) => runTest(settings, test, test.now === undefined ? now : new Date(test.now)));
  return { action: settings.name, passed: results.every(({ passed }) => passed), results };
}

function runTest(settings: ActionSettings, { name, payload, expect, rule }: Test, now: Date): TestResult {
  const preview = previewDecision(settings.policy, settings, JSON.stringify(payload), now);
  const common = { name: name ?? null, expected: expect };
  if (preview.kind !== "decided") {
    const explanation = preview.kind === "refused" ? preview.detail : "The payload isn't valid JSON.";
    return { ...common, passed: false, actual: null, governance_reason: null, policy_rule: null, explanation };
  }
  const { result, explanation } = preview;
  const [actual, decidedBy] = [EFFECTS[result.outcome], result.rule?.name ?? null];
  return {
    ...common,
    passed: actual === expect && (rule === undefined || rule === decidedBy),
    actual,
    governance_reason: result.reason,
    policy_rule: decidedBy,
    explanation: explanation.sentence,
  };
}
