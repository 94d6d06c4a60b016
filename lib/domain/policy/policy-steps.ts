import type { JsonObject } from "@/lib/domain/json-value";
import { durationText } from "@/lib/domain/time/duration-text";
import { evaluatePolicy, type PolicyRule, policyOf } from "./policies";
import type { PolicyOutcome, StepPart } from "./policy";

/** How the rule came to its outcome, one sentence a step; the last one says what happens then. */
export function policySteps(rule: PolicyRule, payload: JsonObject, windowMinutes: number): StepPart[][] {
  const { outcome } = evaluatePolicy(rule, payload);
  return [...policyOf(rule.type).steps(rule, payload), [ENDS[outcome](durationText(windowMinutes))]];
}

const ENDS: Record<PolicyOutcome, (window: string) => string> = {
  allowed: () => "Allow it. The app may run it.",
  blocked: () => "Block it. Nothing may run.",
  pending_approval: (window) => `Ask a person, for up to ${window}. If nobody decides, the run is rejected.`,
};
