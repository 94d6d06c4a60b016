import { ROLES } from "@/lib/domain/access/roles";
import { BUDGET_PERIODS, BUDGET_PERS } from "@/lib/domain/budgets/budget";
import { budgetTermsText } from "@/lib/domain/budgets/budget-text";
import { GRANT_END_REASONS } from "@/lib/domain/grants/grant";
import { GRANT_ENDINGS, grantLimitsText } from "@/lib/domain/grants/grant-text";
import { isJsonObject, type JsonObject } from "@/lib/domain/json-value";
import { FREEZE_SCOPES } from "@/lib/domain/runs/freeze-scope";
import { durationText } from "@/lib/domain/time/duration-text";
import { formatInstant } from "@/lib/domain/time/format-instant";
import { frozenThingWithin } from "@/lib/words/freeze-words";
import { withArticle } from "@/lib/words/role-labels";
import type { AuditVerb } from "./record-audit-event";
import { valueChanges } from "./value-changes";

/** Plain words, a name that stands out, or a name of the developers' (an action, a key) in mono. */
export type SentencePart = string | { strong: string } | { code: string };

export interface SentenceEvent {
  data: JsonObject;
  /** The event's subject, as people call it; null when it no longer exists. */
  subject: string | null;
}

type Sentence = (event: SentenceEvent) => SentencePart[];

/** The rest of the sentence that starts with the actor. One per verb. */
export function auditSentence(verb: AuditVerb, event: SentenceEvent): SentencePart[] {
  return SENTENCES[verb](event);
}

const SENTENCES: Record<AuditVerb, Sentence> = {
  "user.created": ({ data }) => ["created the account ", { strong: text(data.email) }],
  "user.signed_up": ({ data }) => ["signed up as ", { strong: text(data.email) }, data.is_operator === true ? ", the operator" : ""],
  "user.signed_in": ({ data }) => [`signed in with ${data.method === "link" ? "an emailed link" : "a password"}`],
  "user.renamed": ({ data }) => [
    "changed their name: ",
    { strong: data.before === null ? "none" : text(data.before) },
    " → ",
    { strong: text(data.after) },
  ],
  "user.password_changed": ({ data }) => [data.was_first === true ? "set a password" : "changed their password", ...ended(data)],
  "user.password_reset": ({ data }) => ["reset their password with an emailed link", ...ended(data)],
  "user.reset_link_made": ({ data }) => ["created a password reset link for ", { strong: text(data.email) }],
  "user.session_revoked": ({ data }) => [data.signed_out === true ? "signed out" : "ended a session"],
  "user.signed_out_everywhere": ({ data }) => ["signed out everywhere", ...ended(data)],
  "user.disabled": ({ data }) => ["disabled the account ", { strong: text(data.email) }],
  "user.enabled": ({ data }) => ["enabled the account ", { strong: text(data.email) }],
  "user.test_mail_sent": ({ data }) => ["sent a test email to ", { strong: text(data.to) }],
  "user.absence_set": ({ data }) => [
    "is out of office and delegated their approvals to ",
    { strong: text(data.colleague) },
    ` until ${instant(data.until)}`,
  ],
  "user.absence_ended": ({ data }) => ["ended the delegation of their approvals to ", { strong: text(data.colleague) }],
  "workspace.created": ({ data }) => [
    "created the workspace ",
    { strong: text(data.name) },
    data.client_name ? ` for ${text(data.client_name)}` : "",
  ],
  "workspace.renamed": ({ data }) => ["renamed the workspace: ", ...changes(data)],
  "workspace.routing_changed": ({ data }) => ["changed the approval routing: ", ...changes(data)],
  "workspace.deleted": ({ data }) => ["deleted the workspace ", { strong: text(data.name) }],
  "workspace.frozen": ({ data }) => ["froze ", frozen(data), `: ${text(data.reason)}`],
  "workspace.thawed": ({ data }) => ["thawed ", frozen(data), typeof data.comment === "string" ? `: ${data.comment}` : ""],
  "workspace.thaw_rule_changed": ({ data }) => ["changed who can thaw: ", ...changes(data)],
  "workspace.owner_changed": () => ["changed whose limits the workspace counts toward"],
  "member.invited": ({ data }) => ["invited ", { strong: text(data.email) }, ` as ${asRole(data.role)}`],
  "member.invitation_renewed": ({ data }) => ["resent the invitation to ", { strong: text(data.email) }, `, as ${asRole(data.role)}`],
  "member.invitation_revoked": ({ data }) => ["revoked the invitation to ", { strong: text(data.email) }],
  "member.joined": ({ data }) => [`joined as ${asRole(data.role)}`],
  "member.role_changed": ({ data }) => [
    "changed the role of ",
    { strong: text(data.email) },
    ": ",
    { strong: text(data.before) },
    " → ",
    { strong: text(data.after) },
  ],
  "member.removed": ({ data }) => ["removed ", { strong: text(data.email) }, `, ${asRole(data.role)}`],
  "member.left": ({ data }) => [`left the workspace, as ${asRole(data.role)}`],
  "api_key.created": (event) => ["created the ", ...key(event)],
  "api_key.revoked": (event) => ["revoked the ", ...key(event)],
  "api_key.rotated": (event) => ["rotated the ", ...key(event)],
  "action.registered": (event) => ["registered the action ", action(event)],
  "action.edited": (event) => actionEdited(event),
  "action.activated": (event) => ["activated ", action(event)],
  "action.deactivated": (event) => ["deactivated ", action(event)],
  "budget.created": ({ data }) => ["created the budget ", { strong: text(data.name) }, `: ${budgetTerms(data)}`],
  "budget.edited": ({ data }) => ["edited the budget ", { strong: text(data.name) }, ": ", ...changes(data, counted(data))],
  "budget.deleted": ({ data }) => ["deleted the budget ", { strong: text(data.name) }],
  "grant.given": ({ data }) => ["approved the same in advance as a run of ", { strong: text(data.action) }, `: ${grantTerms(data)}`],
  "grant.confirmed": ({ data }) => ["confirmed the standing grant of ", { strong: text(data.given_by) }],
  "grant.revoked": ({ data }) => ["revoked the standing grant of ", { strong: text(data.given_by) }],
  "grant.ended": ({ data }) => ["ended the standing grant of ", { strong: text(data.given_by) }, grantEnding(data)],
  "run.approver_asked": (event) => [
    "asked ",
    { strong: text(event.data.email) },
    " about a run of ",
    action(event),
    ASKED[text(event.data.reason)] ?? "",
  ],
  "run.reassigned": (event) => [
    "reassigned a run of ",
    action(event),
    " from ",
    { strong: text(event.data.from) },
    " to ",
    { strong: text(event.data.to) },
  ],
  "run.decided": (event) => [`${DECIDED[text(event.data.decision)] ?? "decided"} a run of `, action(event)],
  "run.expired": (event) => ["rejected a run of ", action(event), ": nobody decided in time"],
  "run.withdrawn": (event) => ["withdrew a run of ", action(event)],
  "run.vote_cast": (event) => ["gave one of the approvals of a run of ", action(event)],
  "run.vote_revoked": (event) => ["revoked their approval of a run of ", action(event), ", which is still pending"],
  "run.approval_revoked": (event) => ["revoked their approval of a run of ", action(event)],
  "run.approval_lapsed": (event) => ["ended the approval of a run of ", action(event), ": nobody claimed it in time"],
  "run.reported_late": (event) => ["reported a run of ", action(event), ` as ${text(event.data.outcome)} after it could no longer run`],
  "run.claimed": (event) => ["claimed a run of ", action(event), ...worker(event), ...lease(event)],
  "run.claim_renewed": (event) => ["renewed the claim on a run of ", action(event), ...lease(event)],
  "run.claim_released": (event) => ["released the claim on a run of ", action(event)],
  "run.reported": (event) => ["reported a run of ", action(event), ` as ${text(event.data.outcome)}`],
  "run.settled": (event) => ["settled a run in doubt of ", action(event), `: ${SETTLED[text(event.data.as)] ?? text(event.data.as)}`],
  "run.erased": (event) => ["erased the personal data of a run of ", action(event), `: ${text(event.data.reason)}`],
  "workspace.receipts_exported": ({ data }) => [
    `exported ${data.search ? "filtered" : "all"} receipts as ${text(data.format).toUpperCase()}`,
  ],
  "workspace.runs_exported": ({ data }) => [
    `exported ${data.selected ? "selected" : data.search ? "filtered" : "all"} runs as ${text(data.format).toUpperCase()}`,
  ],
  "workspace.log_restarted": ({ data }) => [
    `restarted the receipt log after ${text(data.earlier_size)} receipts, from a backup of ${instant(data.backup_taken_at)}`,
  ],
  "workspace.checkpoint_mail_changed": ({ data }) => ["changed the recipients of checkpoint emails: ", ...changes(data)],
  "limits.changed": ({ data }) => ["changed the owner’s limits: ", ...(isJsonObject(data.after) ? changes(data) : limits(data))],
  "mailbox.opened": ({ data }) => ["opened a stored email to ", { strong: text(data.to) }],
  "receipt.shared": ({ data }) => [
    "created a link to the receipt of a run of ",
    { code: text(data.action) },
    data.payload === "disclosed" ? ", with the payload" : ", without the payload",
    ...ends(data),
  ],
  "receipt.share_revoked": ({ data }) => ["revoked a link to the receipt of a run of ", { code: text(data.action) }],
  "webhook.created": ({ data }) => ["created the ", ...webhook(data), ` for ${text(data.events)}`],
  "webhook.edited": ({ data }) => ["changed the ", ...webhook(data), ": ", ...changes(data)],
  "webhook.secret_rotated": ({ data }) => ["rotated the secret of the ", ...webhook(data)],
  "webhook.enabled": ({ data }) => ["enabled the ", ...webhook(data)],
  "webhook.disabled": ({ data }) => ["disabled the ", ...webhook(data), DISABLED[text(data.reason)] ?? ""],
  "webhook.deleted": ({ data }) => ["deleted the ", ...webhook(data)],
  "webhook.redelivered": ({ data }) => [`resent ${text(data.event)} to the `, ...webhook(data)],
};

const ASKED: Record<string, string> = {
  bounce: ", because an email to another approver bounced",
  escalation: ", because nobody had decided",
  resend: " again",
  delegation: ", on behalf of a colleague",
  reminder: " again, as a reminder",
};
const DECIDED: Record<string, string> = { approve: "approved", reject: "rejected", block: "blocked" };
const SETTLED: Record<string, string> = { executed: "marked executed", failed: "marked failed", released: "released for another try" };

const WEBHOOKS: Record<string, string> = { webhook: "webhook", notification: "notification webhook", slack: "Slack channel" };
const DISABLED: Record<string, string> = { failing: ": every delivery failed for days", gone: ": it responded that it is gone" };

function webhook({ kind, url }: JsonObject): SentencePart[] {
  return [`${WEBHOOKS[text(kind)] ?? "webhook"} `, { code: text(url) }];
}

/** What belongs to the policy, and so makes a new version of it. */
const POLICY_FIELDS: ReadonlySet<string> = new Set(["policy_type", "threshold", "currency", "amount_field", "currency_field"]);

/** Owners read this for policy changes, so a change of anything else says that the policy stayed. */
function actionEdited(event: SentenceEvent): SentencePart[] {
  const { after, restored_version: restored } = event.data;
  const isPolicyAlone = isJsonObject(after) && Object.keys(after).every((field) => POLICY_FIELDS.has(field));
  const did =
    typeof restored === "number" ? `restored version ${restored} of the policy of ` : isPolicyAlone ? "changed the policy of " : "changed ";
  const what = isJsonObject(after) ? [": ", ...changes(event.data)] : [];
  return [did, action(event), ...what, ...version(event.data)];
}

function version({ policy_version: number }: JsonObject): SentencePart[] {
  return typeof number === "number" ? [` (policy version ${number})`] : [];
}

function changes({ before, after }: JsonObject, limits: ReturnType<typeof counted> | null = null): SentencePart[] {
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

function limits({ plan, overrides }: JsonObject): SentencePart[] {
  const numbers = isJsonObject(overrides)
    ? Object.entries(overrides).map(([name, value]) => `${words(name)} ${value === null ? "unlimited" : text(value)}`)
    : [];
  return [[...(plan ? [`plan ${text(plan)}`] : []), ...numbers].join("; ") || "nothing"];
}

function action({ subject, data }: SentenceEvent): SentencePart {
  return { code: subject ?? (typeof data.name === "string" ? data.name : "an action") };
}

function key({ data, subject }: SentenceEvent): SentencePart[] {
  const kind = data.kind === "workspace" ? "workspace key" : "API key";
  const name = typeof data.name === "string" ? data.name : subject;
  const ends = typeof data.old_key_expires_at === "string" ? [`; the old one works until ${instant(data.old_key_expires_at)}`] : [];
  return [`${kind} `, { strong: name ?? "without a name" }, ...(typeof data.hint === "string" ? [" ", { code: data.hint }] : []), ...ends];
}

function worker({ data }: SentenceEvent): SentencePart[] {
  return typeof data.worker === "string" ? [" for the worker ", { code: data.worker }] : [];
}

function lease({ data }: SentenceEvent): SentencePart[] {
  const seconds = data.lease_seconds;
  if (typeof seconds !== "number") return [];
  return [` for ${seconds % 60 === 0 ? durationText(seconds / 60) : `${seconds} seconds`}`];
}

function frozen({ scope, name }: JsonObject): SentencePart {
  const known = FREEZE_SCOPES.find((one) => one === scope);
  return { strong: known ? frozenThingWithin({ scope: known, name: typeof name === "string" ? name : null }) : "something" };
}

/** "2,000.00 EUR per week for each recipient". */
function budgetTerms(data: JsonObject): string {
  const { limit, per, per_field: perField, period } = data;
  return budgetTermsText({
    ...counted(data),
    limit: text(limit),
    per: BUDGET_PERS.find((one) => one === per) ?? "nothing",
    perField: typeof perField === "string" ? perField : null,
    period: BUDGET_PERIODS.find((one) => one === period) ?? "month",
  });
}

function counted({ measure, currency }: JsonObject) {
  return { measure: measure === "sum" ? ("sum" as const) : ("count" as const), currency: text(currency) };
}

/** "up to 500.00 EUR each, 2,000.00 EUR in all, 10 runs, until the end of 4 December 2026 UTC". */
function grantTerms({ currency, amount_each: each, total, max_uses: maxUses, ends_at: end }: JsonObject): string {
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

function grantEnding({ reason }: JsonObject): string {
  const known = GRANT_END_REASONS.find((one) => one === reason);
  return known ? `: ${GRANT_ENDINGS[known]}` : "";
}

/** "an admin". */
function asRole(role: unknown): string {
  const known = ROLES.find((one) => one === role);
  return known ? withArticle(known) : text(role);
}

function ends({ expires_at: end }: JsonObject): SentencePart[] {
  return typeof end === "string" ? [`, until ${instant(end)}`] : [];
}

function ended({ sessions_ended: count }: JsonObject): SentencePart[] {
  if (typeof count !== "number" || count === 0) return [];
  return [`; ${count} ${count === 1 ? "session" : "sessions"} ended`];
}

/** In UTC: the sentence is one text, the same for every reader. */
function instant(value: unknown): string {
  const at = new Date(text(value));
  return Number.isNaN(at.getTime()) ? text(value) : formatInstant(at);
}

function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "something";
}
