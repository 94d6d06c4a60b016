import { describe, expect, test } from "vitest";
import type { PreviousAttempt } from "@/lib/domain/runs/previous-attempt";
import { previousAttemptQuote, previousAttemptTitle } from "./previous-attempt-messages";

const previous: PreviousAttempt = {
  runId: "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae",
  status: "rejected",
  reason: "rejected_by_human",
  by: "ann@example.com",
  comment: "Only 1,480 was charged twice.",
  error: null,
  endedAt: new Date("2026-11-19T12:02:00.000Z"),
  isSamePayload: true,
};

describe("what became of the request before", () => {
  test.each<[Partial<PreviousAttempt>, string]>([
    [{}, "ann@example.com rejected the same request"],
    [{ isSamePayload: false }, "ann@example.com rejected an earlier version of this request"],
    [{ by: "jo@example.com" }, "You rejected the same request"],
    [{ status: "blocked", reason: "manually_blocked_by_approver" }, "ann@example.com blocked the same request"],
    [{ status: "blocked", reason: "policy_always_block", by: null }, "The policy blocked the same request"],
    [{ status: "blocked", reason: "unknown_action", by: null }, "The policy blocked the same request"],
    [{ reason: "approval_expired", by: null }, "Nobody decided the same request in time"],
    [{ reason: "withdrawn", by: null }, "The app withdrew the same request"],
    [{ reason: "withdrawn" }, "ann@example.com withdrew the same request"],
    [{ reason: "approval_revoked", by: "JO@example.com" }, "You approved the same request and revoked the approval"],
    [{ reason: "approval_lapsed", by: null }, "The same request was approved, and no worker claimed it in time"],
    [{ status: "failed", reason: "approved_by_human" }, "The app ran the same request and reported a failure"],
  ])("%o", (change, title) => expect(previousAttemptTitle({ ...previous, ...change }, "jo@example.com")).toBe(title));

  test.each<[Partial<PreviousAttempt>, ReturnType<typeof previousAttemptQuote>]>([
    [{}, { label: "Comment", text: "Only 1,480 was charged twice." }],
    [{ comment: null }, null],
    [{ comment: "" }, null],
    [
      { comment: null, error: "The bank refused." },
      { label: "Error", text: "The bank refused." },
    ],
  ])("quotes of %o", (change, quote) => expect(previousAttemptQuote({ ...previous, ...change })).toEqual(quote));
});
