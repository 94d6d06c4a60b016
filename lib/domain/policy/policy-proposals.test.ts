import { expect, test } from "vitest";
import { ACTION_FIELDS, type ActionField } from "./action-changes";
import { changesDecisions } from "./policy-proposals";

test("what a policy reads and who approves changes decisions; words, times and comments don't", () => {
  const fields = Object.keys(ACTION_FIELDS) as ActionField[];
  expect(fields.filter((field) => changesDecisions([{ field }]))).toEqual([
    "risk_level",
    "policy_type",
    "threshold",
    "currency",
    "rules",
    "amount_field",
    "currency_field",
    "approvers",
    "approver_group",
    "approvals",
    "later_stages",
    "rule_approvers",
    "escalation",
    "changeable_fields",
    "recipient_field",
    "requires_four_eyes",
  ]);
  expect(changesDecisions([])).toBe(false);
  expect(changesDecisions([{ field: "title" }, { field: "risk_level" }])).toBe(true);
});
