import type { JsonObject } from "@/lib/domain/json-value";
import { readRecipient } from "./payload-fields";
import { evaluatePolicy } from "./policies";
import type { Circumstances, PolicyResult } from "./policy";
import type { PolicyRule } from "./policy-types";
import type { RiskLevel } from "./risk-levels";

/** What decides about a run: a policy, and what it looks at beside the payload. */
export interface PolicyDraft {
  readonly policy: PolicyRule;
  readonly recipientField: string | null;
  readonly riskLevel: RiskLevel;
}

/** What a draft would decide, with its own recipient field and risk in place of the action's. */
export function evaluateDraft(
  { policy, recipientField, riskLevel }: PolicyDraft,
  payload: JsonObject,
  circumstances: Circumstances,
): PolicyResult {
  return evaluatePolicy(policy, payload, { ...circumstances, recipient: readRecipient(payload, recipientField), risk: riskLevel });
}
