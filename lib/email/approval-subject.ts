import { isBareSentence } from "@/lib/domain/policy/run-sentence";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { runLine } from "@/lib/domain/runs/run-line";
import { inertLine } from "@/lib/domain/text/inert-text";
import { formatShortInstant } from "@/lib/domain/time/format-instant";

export const SUBJECT_MAX_LENGTH = 160;

/**
 * What the agent wants, then until when: "Refund 250.01 EUR to Ada Brandt? Until 29 Nov, 12:06 UTC". One line without control
 * characters. However long the first part is, the end of it stays. `hasTwin`: an earlier run reads the same, so this one says its id.
 */
export function approvalSubject(decision: DecisionView, { isReminder, hasTwin }: { isReminder: boolean; hasTwin: boolean }): string {
  const end = `? Until ${formatShortInstant(decision.expiresAt)}${hasTwin ? ` (run …${decision.runId.slice(-6)})` : ""}`;
  const begin = isReminder ? "Reminder: " : "";
  const what = inertLine(whatOf(decision)).replace(/\s+/g, " ").trim();
  return `${begin}${shortened(isReminder ? what : capitalized(what), SUBJECT_MAX_LENGTH - begin.length - end.length)}${end}`;
}

/** The sentence; where that is the action's title alone, with the fields that tell runs apart. */
function whatOf(decision: DecisionView): string {
  const line = runLine(decision);
  return line !== decision.sentence && isBareSentence(decision.sentence, decision.action) ? `${decision.sentence}, ${line}` : line;
}

function capitalized(text: string): string {
  return text.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}

function shortened(text: string, maxLength: number): string {
  const characters = [...text];
  return characters.length <= maxLength ? text : `${characters.slice(0, maxLength - 1).join("")}…`;
}
