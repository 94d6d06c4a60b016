import { quantityText } from "@/lib/domain/budgets/budget-text";
import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import { ACTION_FIELDS } from "@/lib/domain/policy/action-changes";
import { formatAmount } from "@/lib/domain/policy/format-amount";
import { policyLabel } from "@/lib/domain/policy/policy-types";
import { shortened } from "@/lib/domain/text/shortened";
import { durationText } from "@/lib/domain/time/duration-text";

export interface ValueChange {
  /** In people's words: "approval window". */
  field: string;
  before: string;
  after: string;
}

const WORDS: Record<string, string> = {
  ...Object.fromEntries(Object.entries(ACTION_FIELDS).map(([name, title]) => [name, title.toLowerCase()])),
  name: "name",
  client_name: "client",
  approver_emails: "approvers",
  members: "members",
  escalation_emails: "escalation contacts",
  escalation_percent: "escalate after",
  reminds_at_half: "reminder halfway",
  reminds_near_end: "reminder near the end",
  checkpoint_emails: "recipients",
  role: "role",
  limit: "limit",
  actions: "actions",
  when_exceeded: "over the limit",
  thaw_needs_another_person: "someone else must thaw",
  policy_change_needs_another_person: "a second person must confirm",
};

const LONGEST = 80;

type Counted = Parameters<typeof quantityText>[0];

/** What differs between two sets of values, in the order of the second. `counted`: what a budget's limit is a limit of. */
export function valueChanges(before: JsonObject, after: JsonObject, counted: Counted | null = null): ValueChange[] {
  return Object.entries(after).flatMap(([name, now]) => {
    const then = before[name] ?? null;
    if (JSON.stringify(then) === JSON.stringify(now)) return [];
    const field = WORDS[name] ?? name.replaceAll("_", " ");
    return [{ field, before: valueWords(name, then, counted), after: valueWords(name, now, counted) }];
  });
}

/** One stored value for people: "none" for nothing, minutes as a time, a threshold with its two decimals. */
function valueWords(name: string, value: JsonValue, counted: Counted | null): string {
  if (value === null || value === "") return "none";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value))
    return value.length === 0 ? "none" : shortened(value.map((item) => valueWords("", item, null)).join(", "), LONGEST);
  if (typeof value === "number")
    return name.endsWith("minutes") ? durationText(value) : name.endsWith("percent") ? `${value}%` : String(value);
  if (typeof value === "object") return shortened(JSON.stringify(value), LONGEST);
  if (name === "threshold") return formatAmount(value);
  if (name === "limit" && counted !== null) return quantityText(counted, value);
  return shortened(name === "policy_type" ? policyLabel(value) : value, LONGEST);
}
