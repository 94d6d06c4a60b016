import type { PolicyWords } from "./policy";
import { SIGNAL_POLICIES, type Signal, type SignalPolicyType } from "./signals";

/** What is said of a policy that looks for a signal, without what reads it. */
export function signalPolicyWords(type: SignalPolicyType): PolicyWords {
  const { field, asksWhen, danger, about }: Signal = SIGNAL_POLICIES[type];
  return {
    label: `When ${danger}`,
    text: "Or when the payload doesn’t say.",
    asksPeople: "sometimes",
    reads: { what: "signal", field, asksWhen, about },
    summary: () => `Requires approval when ${danger}`,
    cases: () => [
      { outcome: "allowed", text: `${field} is ${String(!asksWhen)}.` },
      { outcome: "pending_approval", text: `${field} is ${String(asksWhen)}.` },
      { outcome: "pending_approval", text: `No ${field}, or anything other than true and false.` },
    ],
  };
}
