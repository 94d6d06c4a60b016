import { formatAmount } from "@/lib/domain/format-amount";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json-value";

export interface ValueChange {
  /** In people's words: "approval window". */
  field: string;
  before: string;
  after: string;
}

const WORDS: Record<string, string> = {
  name: "name",
  client_name: "client",
  approver_emails: "approvers",
  approval_window_minutes: "approval window",
  title: "title",
  description: "description",
  risk_level: "risk",
  sentence: "sentence",
  recipient_field: "recipient field",
  auto_releases_claims: "automatic release of claims",
  requires_reject_comment: "comment required to reject",
  requires_four_eyes: "four eyes",
  type: "policy",
  threshold: "threshold",
  currency: "currency",
  amount_field: "amount field",
  currency_field: "currency field",
  role: "role",
  plan: "plan",
};

const LONGEST = 80;

/** What differs between two sets of values, in the order of the second. A policy inside is compared member by member. */
export function valueChanges(before: JsonObject, after: JsonObject): ValueChange[] {
  return Object.entries(after).flatMap(([name, now]) => {
    const then = before[name] ?? null;
    if (isJsonObject(now)) return valueChanges(isJsonObject(then) ? then : {}, now);
    if (JSON.stringify(then) === JSON.stringify(now)) return [];
    const key = snakeCase(name);
    return [{ field: WORDS[key] ?? key.replaceAll("_", " "), before: valueWords(key, then), after: valueWords(key, now) }];
  });
}

/** One stored value for people: "none" for nothing, minutes as a time, a threshold with its two decimals. */
export function valueWords(name: string, value: JsonValue): string {
  if (value === null || value === "") return "none";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value)) return value.length === 0 ? "none" : shorten(value.map((item) => valueWords("", item)).join(", "));
  if (typeof value === "number") return name.endsWith("minutes") ? minutesWords(value) : String(value);
  if (typeof value === "object") return shorten(JSON.stringify(value));
  return name === "threshold" ? formatAmount(value) : shorten(value);
}

const UNITS = [
  [1440, "day", "days"],
  [60, "hour", "hours"],
] as const;

/** "2 days", "90 minutes": the largest unit that divides it. */
export function minutesWords(minutes: number): string {
  const unit = UNITS.find(([size]) => minutes % size === 0);
  if (!unit) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  const [size, one, many] = unit;
  return minutes === size ? `1 ${one}` : `${minutes / size} ${many}`;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
