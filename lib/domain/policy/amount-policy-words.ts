import { moneyText } from "./money-text";
import type { PolicyCase, PolicySettings, PolicyWords } from "./policy";

/** What is said of the policy of amounts, without what reads them. */
export const AMOUNT_POLICY_WORDS: PolicyWords = {
  label: "Above an amount",
  text: "Amounts up to the threshold are allowed.",
  asksPeople: "sometimes",
  reads: { what: "amount" },
  summary: ({ threshold, currency }) =>
    threshold === null ? "Requires approval for every run" : `Requires approval above ${moneyText({ decimal: threshold, currency })}`,
  cases,
};

function cases({ threshold, currency, amountField, currencyField }: PolicySettings): PolicyCase[] {
  const money = threshold === null ? "no threshold" : moneyText({ decimal: threshold, currency });
  const all: PolicyCase[] = [
    { outcome: "allowed", text: `${amountField} up to ${money}.` },
    { outcome: "pending_approval", text: `${amountField} above ${money}.` },
    { outcome: "pending_approval", text: `No ${amountField}, or one that is not a plain number, such as "1,250".` },
  ];
  if (currency !== null) all.push({ outcome: "pending_approval", text: `${currencyField} other than ${currency}, or none.` });
  return all;
}
