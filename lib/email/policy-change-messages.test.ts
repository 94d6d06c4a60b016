import { expect, test } from "vitest";
import { ANSWERED, PROPOSED } from "@/lib/testing/mail/news-mails";
import { policyAnsweredMessage, policyProposedMessage } from "./policy-change-messages";
import { accountMailText } from "./render-account-mail";

test("it says who proposed what and why, and from what to what", () => {
  expect(policyProposedMessage(PROPOSED).subject).toBe("Proposed: Change of Refund a customer");
  const text = accountMailText(policyProposedMessage(PROPOSED));
  for (const expected of [
    "ann@example.com proposed a policy change in the workspace Finance automations: Change of Refund a customer.",
    "Comment: Small refunds need nobody.",
    "Threshold: from 100.00 to 500.00",
    "Opening it changes nothing.",
  ])
    expect(text).toContain(expected);
  const lines = { label: "Rules", before: "otherwise ask", after: "1. small: allow when amount <= 5\notherwise ask" };
  expect(accountMailText(policyProposedMessage({ ...PROPOSED, differences: [lines] }))).toContain(
    "Rules: from otherwise ask to 1. small: allow when amount <= 5; otherwise ask",
  );
});

test("it says what became of it", () => {
  expect(policyAnsweredMessage(ANSWERED).subject).toBe("Declined: Change of Refund a customer");
  const text = accountMailText(policyAnsweredMessage(ANSWERED));
  for (const expected of ["ben@example.com declined your policy change in the workspace", "Comment: Too high.", "Nothing was changed."])
    expect(text).toContain(expected);
  const stale = accountMailText(policyAnsweredMessage({ ...ANSWERED, outcome: "stale", comment: null }));
  expect(stale).toContain("Your policy change in the workspace Finance automations: Change of Refund a customer.");
  expect(stale).not.toMatch(/ben@example|Comment/);
});
