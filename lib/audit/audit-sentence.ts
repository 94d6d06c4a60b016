import { isJsonObject, type JsonObject } from "@/lib/domain/json-value";
import type { AuditVerb } from "./record-audit-event";
import {
  action,
  asRole,
  budgetTerms,
  changes,
  counted,
  dataRetention,
  ended,
  ends,
  frozen,
  grantEnding,
  grantTerms,
  instant,
  key,
  lease,
  limits,
  managedFile,
  managementKey,
  oldDataErased,
  proposalEnding,
  proposedBy,
  proposedThing,
  remark,
  type SentenceEvent,
  type SentencePart,
  shadowEnding,
  text,
  webhook,
  worker,
} from "./sentence-parts";

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
  "workspace.policy_rule_changed": ({ data }) => ["changed who confirms policy changes: ", ...changes(data), ...proposedBy(data)],
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
  "management_key.created": (event) => ["created the ", ...managementKey(event)],
  "management_key.revoked": (event) => ["revoked the ", ...managementKey(event)],
  "action.registered": (event) => ["registered the action ", action(event)],
  "action.edited": (event) => actionEdited(event),
  "action.activated": (event) => ["activated ", action(event), ...proposedBy(event.data)],
  "action.deactivated": (event) => ["deactivated ", action(event)],
  "group.created": ({ data }) => ["created the group ", { strong: text(data.name) }],
  "group.edited": ({ data }) => ["edited the group ", { strong: text(data.name) }, ": ", ...changes(data), ...proposedBy(data)],
  "group.deleted": ({ data }) => ["deleted the group ", { strong: text(data.name) }],
  "action.managed": (event) => ["set ", action(event), " from the file ", managedFile(event)],
  "action.released": (event) => ["ended the management of ", action(event), " by the file ", managedFile(event)],
  "proposal.made": ({ data }) => [
    "proposed ",
    ...proposedThing(data),
    ...(isJsonObject(data.after) ? [": ", ...changes(data)] : []),
    ...remark(data),
  ],
  "proposal.confirmed": ({ data }) => ["confirmed ", ...proposedThing(data), ...proposedBy(data)],
  "proposal.declined": ({ data }) => ["declined ", ...proposedThing(data), ...proposedBy(data), ...remark(data)],
  "proposal.withdrawn": ({ data }) => ["withdrew ", ...proposedThing(data), ", which they had proposed"],
  "proposal.ended": ({ data }) => ["ended ", ...proposedThing(data), ...proposedBy(data), proposalEnding(data)],
  "shadow.started": (event) => ["started a shadow policy for ", action(event)],
  "shadow.ended": (event) => [shadowEnding(event.data), action(event)],
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
  "workspace.data_retention_changed": ({ data }) => [dataRetention(data)],
  "workspace.old_data_erased": ({ data }) => [oldDataErased(data)],
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
const DISABLED: Record<string, string> = { failing: ": every delivery failed for days", gone: ": it responded that it is gone" };

/** What belongs to the policy, and so makes a new version of it. */
const POLICY_FIELDS: ReadonlySet<string> = new Set(["policy_type", "threshold", "currency", "amount_field", "currency_field"]);

/** Owners read this for policy changes, so a change of anything else says that the policy stayed. */
function actionEdited(event: SentenceEvent): SentencePart[] {
  const { after, restored_version: restored } = event.data;
  const isPolicyAlone = isJsonObject(after) && Object.keys(after).every((field) => POLICY_FIELDS.has(field));
  const did =
    typeof restored === "number" ? `restored version ${restored} of the policy of ` : isPolicyAlone ? "changed the policy of " : "changed ";
  const what = isJsonObject(after) ? [": ", ...changes(event.data)] : [];
  return [did, action(event), ...what, ...version(event.data), ...proposedBy(event.data)];
}

function version({ policy_version: number }: JsonObject): SentencePart[] {
  return typeof number === "number" ? [` (policy version ${number})`] : [];
}
