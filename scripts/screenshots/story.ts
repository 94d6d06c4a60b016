import type { JsonObject } from "@/lib/domain/json-value";
import type { NewAction } from "@/lib/registered-actions/schema";

export const SUPPLIER_ACTION = {
  name: "pay_supplier_invoice",
  title: "Pay supplier invoice",
  description: "Pays an invoice of a supplier from the operating account.",
  riskLevel: "critical",
  sentence: "pay {amount} {currency} to {supplier.name} for invoice {invoice_id}",
  recipientField: "supplier.name",
  policy: { type: "require_approval_above_amount", threshold: "1000" },
} as const satisfies NewAction;

type Proposal = JsonObject & { action: string; payload: JsonObject };

/** Payments to suppliers that wait for a person. The first hides something that a reader should notice. */
export const STORY: readonly Proposal[] = [
  proposal("BF-2026-1187", "18400.00", "Baltic Fre\u0456ght OÜ", "EE38 2200 2210 2014 5685", {
    memo: "October containers\u200B\u200B PO-5521",
    reasoning:
      "Baltic Freight sent invoice BF-2026-1187 for the October containers, with new bank details. The amount matches purchase order PO-5521. It falls due in two days, so I propose to pay it today.",
  }),
  proposal("MS-40912", "3120.50", "Marten & Sons", "NL91 ABNA 0417 1643 00", { reasoning: "Monthly haulage, as in the contract." }),
  proposal("AV-7731", "1640.00", "Atelier Vogt", "CH93 0076 2011 6238 5295 7", {
    reasoning: "Signage for the new depot, delivered on Monday.",
  }),
  proposal("NL-2204", "5480.00", "Nordlicht Energie AG", "DE89 3704 0044 0532 0130 00", {
    reasoning: "Quarterly electricity for the warehouse. The meter reading was confirmed.",
  }),
];

function proposal(
  invoiceId: string,
  amount: string,
  supplier: string,
  iban: string,
  { reasoning, ...more }: { reasoning: string; memo?: string },
): Proposal {
  return {
    action: SUPPLIER_ACTION.name,
    payload: { invoice_id: invoiceId, amount, currency: "EUR", supplier: { name: supplier, iban }, due_date: "2026-12-04", ...more },
    idempotency_key: `pay:${invoiceId}`,
    actor: "finance_agent",
    reasoning,
    source: { type: "email_inbox_agent", ref: `msg-${invoiceId.toLowerCase()}` },
  };
}
