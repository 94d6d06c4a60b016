import type { JsonObject } from "@/lib/domain/json-value";
import type { PolicyType } from "./policy-types";
import type { RiskLevel } from "./risk-levels";

/** A common action, as a start for one's own. */
export interface ActionTemplate {
  readonly title: string;
  readonly description: string;
  readonly riskLevel: RiskLevel;
  readonly policy: { readonly type: PolicyType; readonly threshold: string | null; readonly amountField?: string };
  /** How approvers read a run. */
  readonly sentence: string;
  readonly recipientField: string | null;
  /** A payload that the policy asks a person about. */
  readonly sample: JsonObject;
}

export const ACTION_TEMPLATES: readonly ActionTemplate[] = [
  {
    title: "Refund a customer",
    description: "Pays money back for an order.",
    riskLevel: "high",
    policy: { type: "require_approval_above_amount", threshold: "250.00" },
    sentence: "refund {amount} {currency} to {customer.email} for order {order_id}",
    recipientField: "customer.email",
    sample: { order_id: "SO-88214", amount: "1840.00", currency: "EUR", customer: { name: "Ada Brandt", email: "ada@customer.example" } },
  },
  {
    title: "Pay a supplier",
    description: "Transfers money for an invoice.",
    riskLevel: "critical",
    policy: { type: "always_require_approval", threshold: null },
    sentence: "pay {amount} {currency} to {supplier.name} for invoice {invoice_id}",
    recipientField: "supplier.name",
    sample: {
      invoice_id: "INV-4711",
      amount: "18400.00",
      currency: "EUR",
      supplier: { name: "Caldeira Foods", iban: "PT50 0002 0123 1234 5678 9015 4" },
    },
  },
  {
    title: "Send an email",
    description: "Emails someone in the company’s name.",
    riskLevel: "medium",
    policy: { type: "require_approval_when_external_recipient", threshold: null },
    sentence: "email “{subject}” to {to}",
    recipientField: "to",
    sample: { to: "ada@customer.example", subject: "Your order", body: "It left our warehouse today.", external_recipient: true },
  },
  {
    title: "Delete a record",
    description: "Removes data that can’t be restored.",
    riskLevel: "critical",
    policy: { type: "always_require_approval", threshold: null },
    sentence: "delete {table} record {id}",
    recipientField: null,
    sample: { table: "contacts", id: "4711", name: "Ada Brandt" },
  },
  {
    title: "Change a price",
    description: "Sets a new price in the shop.",
    riskLevel: "high",
    policy: { type: "require_approval_above_amount", threshold: "1000.00", amountField: "new_price" },
    sentence: "change the price of {product} from {old_price} to {new_price} {currency}",
    recipientField: null,
    sample: { product: "Desk lamp", old_price: "1130.00", new_price: "1190.00", currency: "EUR" },
  },
  {
    title: "Export customer data",
    description: "Hands personal data to someone else.",
    riskLevel: "high",
    policy: { type: "always_require_approval", threshold: null },
    sentence: "export {rows} rows of {dataset} to {recipient}",
    recipientField: "recipient",
    sample: { dataset: "customers", rows: 1840, recipient: "analytics@partner.example" },
  },
];
