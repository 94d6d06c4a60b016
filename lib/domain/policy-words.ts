import { moneyText } from "@/lib/domain/money-text";
import type { PolicyOutcome, PolicyRule, PolicyType } from "@/lib/domain/policies";
import { isSignalPolicy, SIGNAL_POLICIES, type SignalPolicyType } from "@/lib/domain/signals";

/** What a type of policy is called where one is chosen, and what it does, in one sentence. */
export const POLICY_WORDS: Record<PolicyType, { label: string; text: string }> = {
  always_require_approval: { label: "Always", text: "Every run waits for a person." },
  require_approval_above_amount: { label: "Above an amount", text: "Anything up to the threshold is allowed at once." },
  require_approval_when_external_recipient: { label: "When the recipient is external", text: "Or when the payload does not say." },
  require_approval_when_new_recipient: { label: "When the recipient is new", text: "Or when the payload does not say." },
  require_approval_when_not_reversible: { label: "When it is not reversible", text: "Or when the payload does not say." },
  require_approval_when_destructive: { label: "When it is destructive", text: "Or when the payload does not say." },
  always_allow: { label: "Always allow", text: "With a receipt each." },
  log_only: { label: "Log only", text: "Allowed, kept for later." },
  always_block: { label: "Always block", text: "Nothing ever runs." },
};

const DANGER: Record<SignalPolicyType, string> = {
  require_approval_when_external_recipient: "the recipient is external",
  require_approval_when_new_recipient: "the recipient is new",
  require_approval_when_not_reversible: "it is not reversible",
  require_approval_when_destructive: "it is destructive",
};

/** What a rule does, short enough for a table: "Asks above 5,000.00 EUR". */
export function policySummary(rule: PolicyRule): string {
  if (isSignalPolicy(rule.type)) return `Asks when ${DANGER[rule.type]}`;
  switch (rule.type) {
    case "always_allow":
      return "Allows every run";
    case "log_only":
      return "Allows every run, for the record";
    case "always_block":
      return "Blocks every run";
    case "require_approval_above_amount":
      return rule.threshold === null ? "Asks about every run" : `Asks above ${thresholdText(rule, rule.threshold)}`;
    default:
      return "Asks about every run";
  }
}

/** Everything a rule can decide, in the order in which people think of it. */
export function policyCases(rule: PolicyRule): { outcome: PolicyOutcome; text: string }[] {
  if (isSignalPolicy(rule.type)) return signalCases(rule.type);
  switch (rule.type) {
    case "always_allow":
      return [{ outcome: "allowed", text: "Every run, with a receipt." }];
    case "log_only":
      return [{ outcome: "allowed", text: "Every run. The policy only keeps a record." }];
    case "always_block":
      return [{ outcome: "blocked", text: "Every run." }];
    case "require_approval_above_amount":
      return amountCases(rule);
    default:
      return [{ outcome: "pending_approval", text: "Every run waits for a person." }];
  }
}

function amountCases(rule: PolicyRule) {
  const threshold = rule.threshold === null ? "no threshold" : thresholdText(rule, rule.threshold);
  const cases: { outcome: PolicyOutcome; text: string }[] = [
    { outcome: "allowed", text: `${rule.amountField} up to ${threshold}.` },
    { outcome: "pending_approval", text: `${rule.amountField} above ${threshold}.` },
    { outcome: "pending_approval", text: `No ${rule.amountField}, or one that is not a plain number, such as "1,250".` },
  ];
  if (rule.currency !== null)
    cases.push({ outcome: "pending_approval", text: `${rule.currencyField} other than ${rule.currency}, or none.` });
  return cases;
}

function signalCases(type: SignalPolicyType): { outcome: PolicyOutcome; text: string }[] {
  const { field, asksWhen } = SIGNAL_POLICIES[type];
  return [
    { outcome: "allowed", text: `${field} is ${String(!asksWhen)}.` },
    { outcome: "pending_approval", text: `${field} is ${String(asksWhen)}.` },
    { outcome: "pending_approval", text: `No ${field}, or anything but true and false.` },
  ];
}

function thresholdText(rule: PolicyRule, threshold: string): string {
  return moneyText({ decimal: threshold, currency: rule.currency });
}
