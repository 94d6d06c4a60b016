import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import type { NewAction } from "@/lib/registered-actions/schema";
import { APPROVERS, CUSTOMERS } from "./people";
import type { SeededRandom } from "./seeded-random";

export interface CatalogAction {
  readonly settings: NewAction;
  /** How often it is proposed, beside the others. */
  readonly weight: number;
  readonly isRetired?: boolean;
  payload(random: SeededRandom): JsonObject;
}

const [ada, bo, chi] = APPROVERS;

/** Mostly small, sometimes large; a number or a text, as agents send them. */
export function randomAmount(random: SeededRandom): JsonValue {
  const cents = Math.round(Math.exp(random.fraction() * 6 + 6.5));
  const text = (cents / 100).toFixed(2);
  return random.weighted<JsonValue>([
    [55, text],
    [35, Math.round(cents / 100)],
    [8, cents / 100],
    [1, "about 300"],
    [1, null],
  ]);
}

const customer = (random: SeededRandom) => random.pick(CUSTOMERS);
const number = (random: SeededRandom, prefix: string) => `${prefix}-${random.integer(10_000, 99_999)}`;
/** A signal that is mostly given, and then mostly harmless. */
const signal = (random: SeededRandom, name: string, harmless: boolean) =>
  random.weighted<JsonObject>([
    [85, { [name]: harmless }],
    [12, { [name]: !harmless }],
    [3, {}],
  ]);

/** What a small company has its agents do: every type of policy, every level of risk. */
export const CATALOG: readonly CatalogAction[] = [
  {
    weight: 34,
    settings: {
      name: "send_invoice_reminder",
      title: "Send invoice reminder",
      description: "Emails a customer about an invoice that is due.",
      approverEmails: [ada],
      sentence: "remind {customer.name} of invoice {invoice_id} over {amount} {currency}",
      policy: { type: "require_approval_above_amount", threshold: "500" },
    },
    payload: (random) => ({
      invoice_id: number(random, "INV"),
      amount: randomAmount(random),
      currency: "EUR",
      customer: { name: customer(random) },
      days_overdue: random.integer(1, 60),
    }),
  },
  {
    weight: 12,
    settings: {
      name: "refund_customer",
      title: "Refund customer",
      riskLevel: "high",
      approverEmails: [ada, bo],
      policy: { type: "always_require_approval" },
    },
    payload: (random) => ({
      order: number(random, "ORD"),
      amount: randomAmount(random),
      currency: random.pick(["EUR", "USD", "CHF"]),
      customer_name: customer(random),
    }),
  },
  {
    weight: 20,
    settings: { name: "export_report", title: "Export report", riskLevel: "low", policy: { type: "always_allow" } },
    payload: (random) => ({
      report: random.pick(["revenue", "open items", "churn"]),
      month: random.integer(1, 12),
      rows: random.integer(10, 50_000),
    }),
  },
  {
    weight: 10,
    settings: { name: "update_crm_note", title: "Update CRM note", riskLevel: "low", policy: { type: "log_only" } },
    payload: (random) => ({ contact: number(random, "C"), note: `Called ${customer(random)}.\nAsked for a new offer.` }),
  },
  {
    weight: 3,
    settings: { name: "delete_customer", title: "Delete customer", riskLevel: "critical", policy: { type: "always_block" } },
    payload: (random) => ({ customer_id: number(random, "CUS"), customer_name: customer(random), destructive: true }),
  },
  {
    weight: 7,
    settings: {
      name: "send_newsletter",
      title: "Send newsletter",
      approverEmails: [chi],
      policy: { type: "require_approval_when_external_recipient" },
    },
    payload: (random) => ({
      segment: random.pick(["all", "staff", "trial"]),
      recipients: random.integer(1, 4000),
      ...signal(random, "external_recipient", false),
    }),
  },
  {
    weight: 8,
    settings: {
      name: "pay_supplier",
      title: "Pay supplier",
      riskLevel: "high",
      approverEmails: [bo],
      sentence: "pay {amount} {currency} to {supplier.name}",
      policy: { type: "require_approval_when_new_recipient" },
    },
    payload: (random) => ({
      amount: randomAmount(random),
      currency: "EUR",
      supplier: { name: customer(random), iban_ends: String(random.integer(1000, 9999)) },
      ...signal(random, "is_new_recipient", false),
    }),
  },
  {
    weight: 4,
    settings: {
      name: "change_price",
      title: "Change price",
      approverEmails: [chi],
      policy: { type: "require_approval_when_not_reversible" },
    },
    payload: (random) => ({
      article: number(random, "ART"),
      old_price: "19.90",
      new_price: "21.90",
      ...signal(random, "reversible", true),
    }),
  },
  {
    weight: 2,
    settings: {
      name: "purge_records",
      title: "Purge old records",
      riskLevel: "critical",
      approverEmails: [ada, chi],
      policy: { type: "require_approval_when_destructive" },
    },
    payload: (random) => ({
      table: random.pick(["sessions", "carts", "log lines"]),
      older_than_days: random.integer(30, 400),
      ...signal(random, "destructive", false),
    }),
  },
  {
    weight: 1,
    isRetired: true,
    settings: { name: "sync_calendar", title: "Sync calendar", riskLevel: "low", policy: { type: "always_allow" } },
    payload: (random) => ({ calendar: random.pick(["team", "rooms"]), events: random.integer(1, 90) }),
  },
];

/** An agent that proposes an unregistered action. */
export const UNKNOWN_ACTION = {
  name: "wire_money",
  weight: 1,
  payload: (random: SeededRandom): JsonObject => ({ amount: randomAmount(random), currency: "EUR", payee: customer(random) }),
};
