import type { JsonObject } from "@/lib/domain/json-value";
import type { Circumstances, PolicyOutcome, PolicyResult } from "@/lib/domain/policy/policy";
import { evaluateDraft, type PolicyDraft } from "@/lib/domain/policy/policy-draft";
import { logger } from "@/lib/logger";
import { firstSeen } from "@/lib/net/first-seen";

/** A draft that runs beside the policy in force. */
export interface SnapshotShadow {
  readonly id: string;
  readonly draft: PolicyDraft;
}

/** What is kept with a run of its action's shadow policy. */
export interface ShadowColumn {
  readonly id: string;
  /** The answer of the policy in force by itself; null: none decided. */
  readonly policy_outcome: PolicyOutcome | null;
  /** null beside a `policy_outcome`: the draft couldn't be evaluated. */
  readonly outcome: PolicyOutcome | null;
  readonly reason: string | null;
  readonly rule: string | null;
}

/** What the shadow policy would answer. Whatever happens to it, the proposal is decided as without it. */
export function answerInShadow(
  { id, draft }: SnapshotShadow,
  decided: PolicyResult | null,
  payload: JsonObject,
  circumstances: Circumstances,
): ShadowColumn {
  const none = { id, policy_outcome: decided?.outcome ?? null, outcome: null, reason: null, rule: null };
  if (decided === null) return none;
  try {
    const { outcome, reason, rule } = evaluateDraft(draft, payload, circumstances);
    return { ...none, outcome, reason, rule: rule?.name ?? null };
  } catch (error) {
    if (firstSeen("shadow", id)) logger.warn({ error, shadowId: id }, "A shadow policy could not be evaluated.");
    return none;
  }
}
