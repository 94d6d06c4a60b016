import { moneyText } from "@/lib/domain/policy/money-text";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { visibleText } from "@/lib/domain/text/hidden-characters";
import { hasAmountLine, hasRecipientLine } from "./stakes";

const BUTTON_FITS = 18;

/** "Approve 1,840.00 EUR", if that fits on a phone's button. */
export function approveLabel(amount: DecisionView["amount"]): string {
  const money = amount === null ? "" : visibleText(moneyText(amount));
  return money === "" || money.length > BUTTON_FITS ? "Approve" : `Approve ${money}`;
}

/** The same, where later runs are approved too. */
export const GRANT_CHECKED_LABEL = "I have checked this request and the limits for later ones";

/** What the approver confirms having checked. */
export function checkedLabel(decision: DecisionView): string {
  const things = [...(hasAmountLine(decision) ? ["the amount"] : []), ...(hasRecipientLine(decision) ? ["the recipient"] : [])];
  return `I have checked ${things.length === 0 ? "the request" : things.join(" and ")}`;
}
