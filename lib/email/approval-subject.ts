import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { inertLine } from "@/lib/domain/text/inert-text";
import { formatInstant } from "@/lib/domain/time/format-instant";

export const SUBJECT_MAX_LENGTH = 200;

/** Until when, and what the agent wants. One line of at most 200 characters, without control characters. */
export function approvalSubject(decision: DecisionView, isReminder: boolean): string {
  const subject = `${isReminder ? "Reminder: decide" : "Decide"} by ${formatInstant(decision.expiresAt)}: ${inertLine(decision.sentence)}`
    .replace(/\s+/g, " ")
    .trim();
  const characters = [...subject];
  return characters.length <= SUBJECT_MAX_LENGTH ? subject : `${characters.slice(0, SUBJECT_MAX_LENGTH - 1).join("")}…`;
}
