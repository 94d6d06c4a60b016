import type { JsonObject } from "@/lib/domain/json-value";
import { durationText } from "@/lib/domain/time/duration-text";
import { evaluatePolicy, policyOf } from "./policies";
import type { Circumstances, PolicyOutcome, StepPart } from "./policy";
import type { PolicyRule } from "./policy-types";

/** Explains how the rule came to its outcome, one sentence per step. The last one says what happens next. */
export function policySteps(rule: PolicyRule, payload: JsonObject, windowMinutes: number, circumstances: Circumstances): StepPart[][] {
  const { outcome } = evaluatePolicy(rule, payload, circumstances);
  return [...policyOf(rule.type).steps(rule, payload, circumstances), [ENDS[outcome](durationText(windowMinutes))]];
}

const ENDS: Record<PolicyOutcome, (window: string) => string> = {
  allowed: () => "Allow it. The app may run it.",
  blocked: () => "Block it. Nothing may run.",
  pending_approval: (window) => `Ask for approval, for up to ${window}. Without it, the run is rejected.`,
};
