import { isSamePerson } from "@/lib/domain/access/same-person";
import type { PreviousAttempt } from "@/lib/domain/runs/previous-attempt";

/** "You rejected the same request", "ann@example.com blocked an earlier version of this request". Its time and comment follow. */
export function previousAttemptTitle({ status, reason, by, isSamePayload }: PreviousAttempt, reader: string | null): string {
  const request = isSamePayload ? "the same request" : "an earlier version of this request";
  const who = by === null ? null : reader !== null && isSamePerson(by, reader) ? "You" : by;
  if (status === "failed") return `The app ran ${request} and reported a failure`;
  switch (reason) {
    case "approval_expired":
      return `Nobody decided ${request} in time`;
    case "withdrawn":
      return `${who ?? "The app"} withdrew ${request}`;
    case "approval_revoked":
      return `${who ?? "The approver"} approved ${request} and revoked the approval`;
    case "approval_lapsed":
      return `${capitalized(request)} was approved, and no worker claimed it in time`;
    default:
      return `${who ?? "The policy"} ${status} ${request}`;
  }
}

/** The comment of whoever ended it, or the error that the app reported. */
export function previousAttemptQuote({ comment, error }: PreviousAttempt): { label: "Comment" | "Error"; text: string } | null {
  if (error) return { label: "Error", text: error };
  return comment ? { label: "Comment", text: comment } : null;
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
