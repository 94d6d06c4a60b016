import { decideByLink } from "@/lib/approvals/decide-by-link";
import { visitorContext } from "@/lib/auth/contexts";
import type { JsonObject } from "@/lib/domain/json-value";
import type { ChangeableField } from "@/lib/domain/policy/changeable-fields";
import { APPROVE } from "./deciders";
import { linkToken, makeAction, makeWorkspace, proposeOk } from "./factories";

/** Who is asked about the refunds. */
export const ANN = "ann@finance.example";
export const REFUND_FIELDS: ChangeableField[] = [
  { field: "amount", kind: "not_above" },
  { field: "currency", kind: "one_of", values: ["EUR", "USD"] },
  { field: "note", kind: "text", maxLength: 20 },
];
export const REFUND = { amount: "1840.00", currency: "EUR", note: "Second charge", to: "ada@customer.example" };

/** A workspace whose refunds can be approved with a change, but never in dollars. */
export async function makeChangeableRefunds() {
  const workspace = await makeWorkspace();
  const rules = [{ name: "US dollars", when: 'currency == "USD"', then: "block" as const }];
  await makeAction(workspace, {
    name: "refund",
    sentence: "refund {amount} {currency} to {to}",
    approverEmails: [ANN],
    policy: { type: "rules", rules: { rules, otherwise: "ask" }, changeableFields: REFUND_FIELDS },
  });
  return workspace;
}

export function askRefund(workspace: Parameters<typeof proposeOk>[0], more: JsonObject = {}) {
  return proposeOk(workspace, { action: "refund", payload: REFUND, accepts_changes: true, ...more });
}

/** Approves it by its link, unless `more` says otherwise. */
export async function answerRefund(runId: string, changes: Record<string, string> | null, more: object = {}) {
  const comment = "Only 1,480 were charged twice.";
  return decideByLink(visitorContext(), await linkToken(runId), { ...APPROVE, comment, changes, ...more });
}
