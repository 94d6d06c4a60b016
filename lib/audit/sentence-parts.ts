import { ROLES } from "@/lib/domain/access/roles";
import { BUDGET_PERIODS, BUDGET_PERS } from "@/lib/domain/budgets/budget";
import { budgetTermsText } from "@/lib/domain/budgets/budget-text";
import { GRANT_END_REASONS } from "@/lib/domain/grants/grant";
import { GRANT_ENDINGS, grantLimitsText } from "@/lib/domain/grants/grant-text";
import { isJsonObject, type JsonObject } from "@/lib/domain/json-value";
import { managedByText } from "@/lib/domain/policy/managed-by-text";
import { SHADOW_END_REASONS, type ShadowEndReason } from "@/lib/domain/policy/shadow-policy";
import { FREEZE_SCOPES } from "@/lib/domain/runs/freeze-scope";
import { durationText } from "@/lib/domain/time/duration-text";
import { formatInstant } from "@/lib/domain/time/format-instant";
import { frozenThingWithin } from "@/lib/words/freeze-words";
import { withArticle } from "@/lib/words/role-labels";
import { valueChanges } from "./value-changes";

/** Plain words, a name that stands out, or a name of the developers' (an action, a key) in mono. */
export type SentencePart = string | { strong: string } | { code: string };

/** The sentence without its emphasis. */
export function sentenceText(parts: readonly SentencePart[]): string {
  return parts.map((part) => (typeof part === "string" ? part : "strong" in part ? part.strong : part.code)).join("");
}

export interface SentenceEvent {
  data: JsonObject;
  /** The event's subject, as people call it; null when it no longer exists. */
  subject: string | null;
}

const MINUTES_A_DAY = 1440;

const WEBHOOKS: Record<string, string> = { webhook: "webhook", notification: "notification webhook", slack: "Slack channel" };

export function webhook({ kind, url }: JsonObject): SentencePart[] {
  return [`${WEBHOOKS[text(kind)] ?? "webhook"} `, { code: text(url) }];
}

export function changes({ before, after }: JsonObject, limits: ReturnType<typeof counted> | null = null): SentencePart[] {
  if (!isJsonObject(before) || !isJsonObject(after)) return ["settings"];
  const changed = valueChanges(before, after, limits);
  if (changed.length === 0) return ["nothing"];
  return changed.flatMap(({ field, before: then, after: now }, index) => [
    `${index === 0 ? "" : "; "}${field} `,
    { strong: then },
    " → ",
    { strong: now },
  ]);
}

export function limits({ plan, overrides }: JsonObject): SentencePart[] {
  const numbers = isJsonObject(overrides)
    ? Object.entries(overrides).map(([name, value]) => `${words(name)} ${value === null ? "unlimited" : text(value)}`)
    : [];
  return [[...(plan ? [`plan ${text(plan)}`] : []), ...numbers].join("; ") || "nothing"];
}

export function dataRetention({ after }: JsonObject): string {
  const days = isJsonObject(after) ? after.data_kept_days : null;
  return typeof days === "number"
    ? `set the personal data of runs to be erased after ${durationText(days * MINUTES_A_DAY)}`
    : "turned off the automatic erasure of personal data";
}

export function oldDataErased({ runs, days }: JsonObject): string {
  const ended = `which ended more than ${durationText(Number(days) * MINUTES_A_DAY)} ago`;
  return `erased the personal data of ${Number(runs).toLocaleString("en-US")} ${runs === 1 ? "run" : "runs"}, ${ended}`;
}

export function action({ subject, data }: SentenceEvent): SentencePart {
  return { code: subject ?? (typeof data.name === "string" ? data.name : "an action") };
}

export function key({ data, subject }: SentenceEvent): SentencePart[] {
  const kind = data.kind === "workspace" ? "workspace key" : "API key";
  const name = typeof data.name === "string" ? data.name : subject;
  const ends = typeof data.old_key_expires_at === "string" ? [`; the old one works until ${instant(data.old_key_expires_at)}`] : [];
  return [`${kind} `, { strong: name ?? "without a name" }, ...(typeof data.hint === "string" ? [" ", { code: data.hint }] : []), ...ends];
}

export function managedFile({ data: { file, commit } }: SentenceEvent): SentencePart {
  return { code: managedByText({ file: text(file), commit: typeof commit === "string" ? commit : null }) };
}

export function managementKey({ data }: SentenceEvent): SentencePart[] {
  const scopes = Array.isArray(data.scopes) ? `, for ${data.scopes.map(text).join(", ")}` : "";
  return ["management key ", { strong: text(data.name) }, " ", { code: text(data.hint) }, scopes];
}

/** What a proposal would change. */
export function proposedThing({ kind, name }: JsonObject): SentencePart[] {
  if (kind === "rule") return ["the end of the rule that a second person confirms policy changes"];
  if (kind === "group") return ["a change of the group ", { strong: text(name) }];
  const what: Record<string, string> = { restore: "an earlier policy of ", activate: "the activation of " };
  return [what[text(kind)] ?? "a change of ", { code: text(name) }];
}

/** Who proposed what someone else confirmed. */
export function proposedBy({ proposed_by: by }: JsonObject): SentencePart[] {
  if (by === undefined) return [];
  return [", proposed by ", by === null ? "the operator" : { strong: text(by) }];
}

export function proposalEnding({ reason }: JsonObject): string {
  return reason === "replaced" ? ", with another proposal" : ", because something else was changed meanwhile";
}

const SHADOW_ENDINGS: Record<ShadowEndReason, string> = {
  stopped: "stopped the shadow policy of ",
  replaced: "replaced the shadow policy of ",
  in_force: "made the shadow policy the policy of ",
};

export function shadowEnding({ reason }: JsonObject): string {
  const known = SHADOW_END_REASONS.find((one) => one === reason);
  return known ? SHADOW_ENDINGS[known] : "ended the shadow policy of ";
}

export function remark({ comment }: JsonObject): SentencePart[] {
  return typeof comment === "string" && comment !== "" ? [`: ${comment}`] : [];
}

export function worker({ data }: SentenceEvent): SentencePart[] {
  return typeof data.worker === "string" ? [" for the worker ", { code: data.worker }] : [];
}

export function lease({ data }: SentenceEvent): SentencePart[] {
  const seconds = data.lease_seconds;
  if (typeof seconds !== "number") return [];
  return [` for ${seconds % 60 === 0 ? durationText(seconds / 60) : `${seconds} seconds`}`];
}

export function frozen({ scope, name }: JsonObject): SentencePart {
  const known = FREEZE_SCOPES.find((one) => one === scope);
  return { strong: known ? frozenThingWithin({ scope: known, name: typeof name === "string" ? name : null }) : "something" };
}

/** "2,000.00 EUR per week for each recipient". */
export function budgetTerms(data: JsonObject): string {
  const { limit, per, per_field: perField, period } = data;
  return budgetTermsText({
    ...counted(data),
    limit: text(limit),
    per: BUDGET_PERS.find((one) => one === per) ?? "nothing",
    perField: typeof perField === "string" ? perField : null,
    period: BUDGET_PERIODS.find((one) => one === period) ?? "month",
  });
}

export function counted({ measure, currency }: JsonObject) {
  return { measure: measure === "sum" ? ("sum" as const) : ("count" as const), currency: text(currency) };
}

/** "up to 500.00 EUR each, 2,000.00 EUR in all, 10 runs, until the end of 4 December 2026 UTC". */
export function grantTerms({ currency, amount_each: each, total, max_uses: maxUses, ends_at: end }: JsonObject): string {
  const known = (value: unknown) => (typeof value === "string" ? value : null);
  if (typeof end !== "string" || typeof maxUses !== "number") return "within limits";
  return grantLimitsText({
    currency: known(currency),
    amountEach: known(each),
    total: known(total),
    maxUses,
    endsAt: new Date(end),
  });
}

export function grantEnding({ reason }: JsonObject): string {
  const known = GRANT_END_REASONS.find((one) => one === reason);
  return known ? `: ${GRANT_ENDINGS[known]}` : "";
}

/** "an admin". */
export function asRole(role: unknown): string {
  const known = ROLES.find((one) => one === role);
  return known ? withArticle(known) : text(role);
}

export function ends({ expires_at: end }: JsonObject): SentencePart[] {
  return typeof end === "string" ? [`, until ${instant(end)}`] : [];
}

export function ended({ sessions_ended: count }: JsonObject): SentencePart[] {
  if (typeof count !== "number" || count === 0) return [];
  return [`; ${count} ${count === 1 ? "session" : "sessions"} ended`];
}

/** In UTC: the sentence is one text, the same for every reader. */
export function instant(value: unknown): string {
  const at = new Date(text(value));
  return Number.isNaN(at.getTime()) ? text(value) : formatInstant(at);
}

function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

export function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "something";
}
