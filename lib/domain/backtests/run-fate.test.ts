import { expect, test } from "vitest";
import { runFate } from "./run-fate";

test.each([
  ["allowed", "rule_allowed", "executed", false, false, "nobody"],
  ["allowed", "rule_allowed", "failed", false, false, "failed"],
  ["allowed", "standing_grant", "failed", false, true, "granted"],
  ["rejected", "withdrawn", "not_executed", false, true, "granted"],
  ["rejected", "withdrawn", "not_executed", false, false, "nobody"],
  ["rejected", "approval_lapsed", "not_executed", false, false, "nobody"],
  ["blocked", "policy_always_block", "not_executed", false, false, "nobody"],
  ["pending_approval", "policy_requires_approval", "not_executed", true, false, "pending"],
  ["approved", "approved_by_human", "executed", true, false, "approved"],
  ["approved", "approved_by_human", "failed", true, false, "approved"],
  ["rejected", "rejected_by_human", "not_executed", true, false, "rejected"],
  ["rejected", "approval_expired", "not_executed", true, false, "expired"],
  ["rejected", "withdrawn", "not_executed", true, false, "withdrawn"],
  ["rejected", "approval_revoked", "not_executed", true, false, "revoked"],
  ["rejected", "approval_lapsed", "not_executed", true, false, "approved"],
  ["blocked", "manually_blocked_by_approver", "not_executed", true, false, "blocked"],
] as const)("%s, %s, %s, asked %s, granted %s: %s", (governanceStatus, governanceReason, executionStatus, wasAsked, wasGranted, fate) => {
  expect(runFate({ governanceStatus, governanceReason, executionStatus, wasAsked, wasGranted })).toBe(fate);
});
