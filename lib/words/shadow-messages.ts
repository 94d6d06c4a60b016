import type { PolicyOutcome } from "@/lib/domain/policy/policy";
import type { ShadowEndReason } from "@/lib/domain/policy/shadow-policy";
import { counted } from "./counted";

const END_TEXTS: Record<ShadowEndReason, string> = {
  stopped: "Stopped",
  replaced: "Replaced by another draft",
  in_force: "Made the policy",
};

/** "Stopped by ann@example.com". */
export function shadowEndText({ reason, by }: { reason: ShadowEndReason; by: string | null }): string {
  return `${END_TEXTS[reason]} by ${by ?? "the operator"}`;
}

const OUTCOME_TEXTS: Record<PolicyOutcome, string> = {
  allowed: "would allow this run",
  pending_approval: "would require approval for this run",
  blocked: "would block this run",
};

/** "It would block this run, like the policy in force." */
export function shadowAnswerText({ outcome, isSame }: { outcome: PolicyOutcome | null; isSame: boolean }): string {
  if (outcome === null) return "It couldn’t be evaluated for this run.";
  return `It ${OUTCOME_TEXTS[outcome]}, ${isSame ? "like the policy in force" : "unlike the policy in force"}.`;
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
    : `Policy version ${then} was in force then, version ${now} is now. Each run is compared with the version that decided it.`;
}
