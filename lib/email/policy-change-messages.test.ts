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
  expect(accountMailText(policyAnsweredMessage(ANSWERED))).toContain("Comment: Too high.");
  const where = "in the workspace Finance automations";
  const outcomes = [
    ["confirmed", `ben@example.com confirmed your policy change ${where}: `, "It’s in force."],
    ["declined", `ben@example.com declined your policy change ${where}: `, "Nothing was changed."],
    [
      "stale",
      `Your policy change ${where} can’t be confirmed anymore: `,
      "Something else was changed after you proposed it, so it wasn’t saved.",
    ],
    ["replaced", `ben@example.com replaced your policy change ${where}: `, "Another change was proposed instead, so yours wasn’t saved."],
  ] as const;
  for (const [outcome, sentence, then] of outcomes) {
    const text = accountMailText(policyAnsweredMessage({ ...ANSWERED, outcome, comment: null }));
    expect(text).toContain(`\n\n${sentence}Change of Refund a customer.\n\n${then}\n\n`);
  }
});
