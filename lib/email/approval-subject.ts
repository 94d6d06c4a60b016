import { isBareSentence } from "@/lib/domain/policy/run-sentence";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { runLine } from "@/lib/domain/runs/run-line";
import { inertLine } from "@/lib/domain/text/inert-text";
import { shortened } from "@/lib/domain/text/shortened";
import { formatShortInstant } from "@/lib/domain/time/format-instant";

export const SUBJECT_MAX_LENGTH = 160;

const BEGIN = {
  real: { first: "Approval needed: ", again: "Reminder: " },
  test: { first: "Test request: ", again: "Reminder of a test: " },
} as const;

/**
 * "Approval needed: refund 250.01 EUR to Ada Brandt (by 29 Nov, 12:06 UTC)". One line without control characters. However long the
 * sentence is, the deadline stays. `hasTwin`: an earlier run reads the same, so this one includes its id.
 */
export function approvalSubject(decision: DecisionView, { isReminder, hasTwin }: { isReminder: boolean; hasTwin: boolean }): string {
  const end = ` (by ${formatShortInstant(decision.expiresAt)}${hasTwin ? `, run …${decision.runId.slice(-6)}` : ""})`;
  const begin = BEGIN[decision.isTest ? "test" : "real"][isReminder ? "again" : "first"];
  const what = inertLine(whatOf(decision)).replace(/\s+/g, " ").trim();
  return `${begin}${shortened(what, SUBJECT_MAX_LENGTH - begin.length - end.length)}${end}`;
}

/** The sentence; where that is the action's title alone, with the fields that tell runs apart. */
function whatOf(decision: DecisionView): string {
  const line = runLine(decision);
  return line !== decision.sentence && isBareSentence(decision.sentence, decision.action) ? `${decision.sentence}, ${line}` : line;
}
