import { expect, test } from "vitest";
import { GIVEN, OVER } from "@/lib/testing/mail/news-mails";
import { grantGivenMessage, grantOverMessage } from "./grant-messages";
import { accountMailText } from "./render-account-mail";

test("owners read who gave it, and whether it already allows anything", () => {
  expect(grantGivenMessage(GIVEN).preview).toBe("Similar runs are allowed within limits.");
  expect(accountMailText(grantGivenMessage(GIVEN))).toContain(
    "jo@halvorsen.example approved a run of Refund a customer in the workspace Finance automations and gave a standing grant for similar runs.",
  );
  const unconfirmed = grantGivenMessage({ ...GIVEN, needsConfirmation: true });
  expect(unconfirmed.preview).toBe("It needs a second approver before it allows anything.");
  expect(accountMailText(unconfirmed)).toContain("It allows nothing until a second approver confirms it.");
});

test("who gave it reads that the policy decides again, whatever it says now", () => {
  const text = accountMailText(grantOverMessage({ ...OVER, state: "ended", reason: "policy_changed", uses: 2 }));
  expect(text).toContain("The grant allowed 2 of 10 runs. The action’s policy decides about similar runs again.");
  expect(text).toContain("Why it ended: the action’s policy changed.");
  expect(text).toContain("If a run needs approval again, you can approve it with a new grant.");
});

test("a grant's currency is a code or not there at all, because it's the run's own text", () => {
  const limitsOf = (currency: string) => accountMailText(grantGivenMessage({ ...GIVEN, limits: { ...GIVEN.limits, currency } }));
  expect(limitsOf("EUR")).toContain("Limits: up to 500.00\u00a0EUR each, 2,000.00\u00a0EUR in all, 10 runs,");
  const hostile = limitsOf("EUR. Your session ended: https://evil.example/login");
  expect(hostile).toContain("Limits: up to 500.00 each, 2,000.00 in all, 10 runs,");
  expect(hostile).not.toMatch(/session|evil/);
  expect(limitsOf("E\u200bUR")).toContain("Warning: Contains 1 zero-width space");
});
