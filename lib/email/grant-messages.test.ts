import { expect, test } from "vitest";
import { GIVEN } from "@/lib/testing/mail/news-mails";
import { grantGivenMessage } from "./grant-messages";
import { accountMailText } from "./render-account-mail";

test("a grant's currency is a code or not there at all, because it's the run's own text", () => {
  const limitsOf = (currency: string) => accountMailText(grantGivenMessage({ ...GIVEN, limits: { ...GIVEN.limits, currency } }));
  expect(limitsOf("EUR")).toContain("Limits: up to 500.00\u00a0EUR each, 2,000.00\u00a0EUR in all, 10 runs,");
  const hostile = limitsOf("EUR. Your session ended: https://evil.example/login");
  expect(hostile).toContain("Limits: up to 500.00 each, 2,000.00 in all, 10 runs,");
  expect(hostile).not.toMatch(/session|evil/);
  expect(limitsOf("E\u200bUR")).toContain("Warning: Contains 1 zero-width space");
});
