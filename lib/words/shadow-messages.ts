import type { PolicyOutcome } from "@/lib/domain/policy/policy";
import type { ShadowEndReason } from "@/lib/domain/policy/shadow-policy";
import { counted } from "./counted";

const END_TEXTS: Record<ShadowEndReason, string> = {
  stopped: "Stopped",
  replaced: "Replaced by another draft",
  in_force: "Put in force",
};

/** "Stopped by ann@example.com". */
export function shadowEndText({ reason, by }: { reason: ShadowEndReason; by: string | null }): string {
  return `${END_TEXTS[reason]} by ${by ?? "the operator"}`;
}

const OUTCOME_TEXTS: Record<PolicyOutcome, string> = {
  allowed: "would have allowed this run",
  pending_approval: "would have required approval for this run",
  blocked: "would have blocked this run",
};

/** "It would have blocked this run, like the policy." */
export function shadowAnswerText({ outcome, isSame }: { outcome: PolicyOutcome | null; isSame: boolean }): string {
  if (outcome === null) return "It couldn’t be evaluated for this run.";
  return `It ${OUTCOME_TEXTS[outcome]}${isSame ? ", like the policy." : ". The policy decided otherwise."}`;
}

export const UNREADABLE_DRAFT = "This release can’t read the draft.";

/** Runs that have no answer. Empty: each has one. */
export function notEvaluatedText(failed: number): string {
  return failed === 0 ? "" : `${counted(failed, "run")} couldn’t be compared: the shadow policy couldn’t be evaluated.`;
}

/** How the action's policy has moved on since the shadow policy was started. Empty: it hasn't. */
export function versionsText({ then, now }: { then: number; now: number }): string {
  return then === now
    ? ""
    : `It was started under policy version ${then}. Version ${now} is in force now. Each run is compared with the version that decided it.`;
}
