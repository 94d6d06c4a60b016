import { WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";

interface ErrorCodeText {
  /** The problem's `title` (RFC 9457): the same words for every occurrence. */
  readonly title: string;
  /** What it means and what to do, for the documentation. */
  readonly meaning: string;
}

/** Every `code` of an API response or a refused command. The HTTP status of each is in lib/http. */
export const ERROR_CODES = {
  malformed_request: {
    title: "Ambiguous request",
    meaning:
      "The request could be read in more than one way, so it isn't read at all: its target isn't a plain path, or a header that must be unique is sent twice. A path begins with one slash, without a host, repeated slashes, backslashes or dot segments.",
  },
  invalid_json: {
    title: "Invalid JSON",
    meaning: "The body isn't valid JSON. Send one JSON object.",
  },
  not_an_object: {
    title: "JSON object required",
    meaning: "The body is JSON, but not an object. Send one JSON object.",
  },
  unsupported_media_type: {
    title: "Unsupported content type",
    meaning: "The body isn't declared as JSON. Send Content-Type: application/json.",
  },
  invalid_utf8: {
    title: "Invalid UTF-8",
    meaning: "The body isn't valid UTF-8. Encode the JSON text as UTF-8.",
  },
  unsupported_content_encoding: {
    title: "Unsupported content encoding",
    meaning: "The body is compressed or otherwise encoded. Send it without Content-Encoding.",
  },
  missing_credentials: {
    title: "Missing keys",
    meaning: "The request needs both keys: Authorization: Bearer <api key> and X-DAAI-Workspace-Key: <workspace key>.",
  },
  invalid_api_key: {
    title: "Invalid API key",
    meaning: "The API key is malformed, unknown or revoked. Check DAAI_API_KEY, or create a new key in the workspace's settings.",
  },
  invalid_workspace_key: {
    title: "Invalid workspace key",
    meaning:
      "The workspace key is malformed, unknown or revoked. Check DAAI_WORKSPACE_KEY, or replace the key in the workspace's settings.",
  },
  invalid_management_key: {
    title: "Invalid management key",
    meaning:
      "The management key is malformed, unknown or revoked. Keys for apps don't work in the management API. Check DAAI_MANAGEMENT_KEY, or ask an owner to create one in the workspace's settings.",
  },
  missing_scope: {
    title: "Scope missing",
    meaning: "The management key is valid, but doesn't have the scope that this needs. Ask an owner for a key with it.",
  },
  precondition_failed: {
    title: "Changed meanwhile",
    meaning:
      "The state isn't the one that If-Match or If-None-Match names, so nothing was changed. Read it again, and send its ETag as If-Match.",
  },
  keys_of_different_workspaces: {
    title: "Keys of different workspaces",
    meaning: "Both keys are valid, but they belong to different workspaces. Use two keys of the same workspace.",
  },
  invalid_signature: {
    title: "Invalid signature",
    meaning:
      "The event isn't signed with the secret the console knows, or was signed too long ago. Compare RESEND_WEBHOOK_SECRET with the webhook's signing secret.",
  },
  monthly_run_limit: {
    title: "Monthly run limit reached",
    meaning: `The owner reached the limit of action runs for this calendar month (UTC). Wait until resets_at. ${WHO_RAISES_LIMITS}`,
  },
  workspace_limit: {
    title: "Workspace limit reached",
    meaning: `The owner has as many active workspaces as allowed. Delete one to add another. ${WHO_RAISES_LIMITS}`,
  },
  action_limit: {
    title: "Action limit reached",
    meaning: `The workspace has as many active registered actions as allowed. Deactivate one to add another. ${WHO_RAISES_LIMITS}`,
  },
  monthly_email_limit: {
    title: "Monthly email limit reached",
    meaning: `The owner reached the limit of approval emails for this month. Runs can still be decided in the console. ${WHO_RAISES_LIMITS}`,
  },
  webhook_limit: {
    title: "Webhook limit reached",
    meaning: "The workspace has as many webhooks and notification channels as allowed. Delete one first.",
  },
  run_not_found: {
    title: "Run not found",
    meaning: "The workspace of these keys has no action run with this ID.",
  },
  route_not_found: {
    title: "Route not found",
    meaning: "The API has no such path. Compare it with the API reference.",
  },
  invalid_link: {
    title: "Invalid link",
    meaning: "The decision link isn't valid. It may be incomplete or no longer active. Use the link in the latest email.",
  },
  method_not_allowed: {
    title: "Method not allowed",
    meaning: "The path exists, but not with this method. The Allow header names the methods it has.",
  },
  idempotency_conflict: {
    title: "Idempotency key used with a different payload",
    meaning:
      "The same action and idempotency key were sent before with a different payload. Use a new key for a new proposal, or ask_again if the earlier run was rejected, blocked or failed.",
  },
  ask_again_too_soon: {
    title: "Asked again too soon",
    meaning:
      "A person rejected or blocked this, and the action has a cool-down before it can be asked again. ask_again_at says from when. Nothing was recorded.",
  },
  report_conflict: {
    title: "Conflicting execution report",
    meaning: "This run already has a different execution report. The first report stands.",
  },
  not_reportable: {
    title: "Run not reportable",
    meaning: "Only an allowed or approved run can be reported. Read the run's status first.",
  },
  already_claimed: {
    title: "Run already claimed",
    meaning: "Another worker holds this run, or held it and did not report. Do not run it.",
  },
  not_executable: {
    title: "Run not executable",
    meaning: "The run is pending, rejected or blocked, so nothing may run. If someone or something decided, decision says who and why.",
  },
  frozen: {
    title: "Frozen",
    meaning:
      "The run's workspace, action or API key is frozen, or the whole console, so the run can't be claimed or approved. Nothing is lost: its deadlines stand still. Try again after it's thawed.",
  },
  already_frozen: {
    title: "Already frozen",
    meaning: "It's frozen already. Thaw it before you freeze it again.",
  },
  not_frozen: {
    title: "Not frozen",
    meaning: "There's nothing to thaw. Someone may have thawed it already.",
  },
  thaw_needs_another_person: {
    title: "Another person must thaw",
    meaning:
      "The workspace requires that someone else thaws what a person froze. Ask another owner or admin. Management keys can't thaw there.",
  },
  already_reported: {
    title: "Run already reported",
    meaning: "The run was already reported as executed or failed. Do not run it again.",
  },
  payload_changed: {
    title: "Payload differs from the decided one",
    meaning: "Only exactly what was decided on may run. Propose the new payload as a new run.",
  },
  changes_not_accepted: {
    title: "Changes not accepted",
    meaning:
      "The app that proposed the run didn't say that it executes with the payload of its claim (accepts_changes), so an approver can't change it. Reject it with a proposal.",
  },
  request_changed: {
    title: "Request changed meanwhile",
    meaning: "Another approver changed the request after it was shown. Read it again, and decide on what it is now.",
  },
  claim_token_mismatch: {
    title: "Claim token mismatch",
    meaning: "The run is claimed with another token. Only the holder of the claim may do this.",
  },
  not_claimed: {
    title: "Run not claimed",
    meaning: "There is no claim to renew, release or report with. Claim the run first.",
  },
  already_decided: {
    title: "Already decided",
    meaning: "Someone already decided this run. The first decision stands. The response says who decided and when.",
  },
  already_approved: {
    title: "Already approved by you",
    meaning: "You, or someone in your place, already approved this run, and other approvals are still missing. Nobody counts twice.",
  },
  not_asked: {
    title: "You aren't asked now",
    meaning:
      "This run needs several approvals, and only the people who are asked now can decide it. The response says who has approved it and who is still needed.",
  },
  not_decided: {
    title: "Not decided yet",
    meaning:
      "The run is pending approval, so its data can't be erased yet: approvers need to see it. Or nobody approved it, so there is no approval to revoke.",
  },
  already_erased: {
    title: "Already erased",
    meaning: "The run's personal data was already erased. Its erasure receipt says by whom, when and why.",
  },
  four_eyes: {
    title: "Self-approval not allowed",
    meaning:
      "The run was proposed with an API key this person created, and the action prevents self-approval. Another approver must approve it.",
  },
  link_expired: {
    title: "Link expired",
    meaning: "The approval window has ended, so the run was rejected. The agent can propose it again.",
  },
  link_used: {
    title: "Link already used",
    meaning: "This link was already used. A link works once, and a decision can't be changed.",
  },
  link_withdrawn: {
    title: "Link revoked",
    meaning:
      "Its holder left the workspace or was disabled, someone else is asked in their place, the request was reassigned, or the workspace was deleted. The member reason says which.",
  },
  action_inactive: {
    title: "Inactive action",
    meaning: "The run's action is deactivated, so the run can't be approved or claimed until the action is activated again.",
  },
  body_too_large: {
    title: "Body too large",
    meaning: "The request body is larger than any valid request. Send only what the policy and the reviewer need.",
  },
  payload_too_large: {
    title: "Payload too large",
    meaning: "The payload is over the limit. Send only what the policy and the reviewer need, no documents or files.",
  },
  result_too_large: {
    title: "Execution result too large",
    meaning: "The execution result is over the limit. Send a summary and keep the rest on your side.",
  },
  validation_failed: {
    title: "Invalid request",
    meaning: "A field is missing, mistyped, too long or out of range. The member errors names each field.",
  },
  unsafe_number: {
    title: "Inexact number",
    meaning: "A number is too large or has too many digits to be stored exactly. Send it as a string.",
  },
  duplicate_member: {
    title: "Duplicate member",
    meaning: "An object names the same member twice, so its value is ambiguous. Send each member once.",
  },
  invalid_json_structure: {
    title: "Unacceptable JSON",
    meaning: "The JSON is nested too deeply, or contains a NUL character, a lone surrogate or a forbidden member name.",
  },
  rate_limit_minute: {
    title: "Too many requests this minute",
    meaning: `The API key reached its limit of intercepts per minute, or the management key its limit of requests. Wait for Retry-After seconds. For API keys: ${WHO_RAISES_LIMITS}`,
  },
  rate_limit_day: {
    title: "Too many requests today",
    meaning: `The API key reached its limit of intercepts per day. Wait for Retry-After seconds. ${WHO_RAISES_LIMITS}`,
  },
  not_permitted: {
    title: "Not permitted",
    meaning: "Your role in this workspace doesn't include this. Ask an owner or admin of the workspace.",
  },
  not_signed_in: {
    title: "Not signed in",
    meaning: "The session has ended or was revoked. Sign in again.",
  },
  foreign_origin: {
    title: "Request from another site",
    meaning:
      "The request didn't come from one of the console's own pages, so nothing was changed. Open the console at the address that DAAI_PUBLIC_URL names.",
  },
  not_found: {
    title: "Not found",
    meaning: "It doesn't exist, or you don't have access to it.",
  },
  too_many_attempts: {
    title: "Too many attempts",
    meaning: "This was tried too often from this address or for this account. Wait until the time named in the response.",
  },
  sign_up_closed: {
    title: "Sign-up by invitation only",
    meaning: "This console has no open sign-up. Ask a workspace owner or admin to invite you, or ask the operator for an account.",
  },
  mail_link_closed: {
    title: "Email link no longer valid",
    meaning: "The link from an account email is unknown, already used, expired, or was replaced by a newer one. Request a new one.",
  },
  last_owner: {
    title: "Last owner",
    meaning: "A workspace needs at least one owner. Make someone else an owner first.",
  },
  edit_conflict: {
    title: "Changed by someone else",
    meaning: "Someone saved a change after you opened this. Review it, then save yours again.",
  },
  proposal_ended: {
    title: "No longer pending",
    meaning: "The proposed change was confirmed, declined, withdrawn or replaced, or what it would change was changed meanwhile.",
  },
  too_many_link_attempts: {
    title: "Too many link attempts",
    meaning: "Too many invalid links were opened from this network. Wait for Retry-After seconds. Valid links still work.",
  },
  internal_error: {
    title: "Internal error",
    meaning:
      "An unexpected error occurred in the console. Do not run the action. Try again; if it keeps failing, send the request_id to the operator.",
  },
  database_unavailable: {
    title: "Database unavailable",
    meaning: "The console can't reach its database, so it decides nothing. Try again after Retry-After seconds.",
  },
  not_ready: {
    title: "Not ready",
    meaning: "This server can't serve requests yet, or no longer can. The member checks says why.",
  },
  shutting_down: {
    title: "Shutting down",
    meaning: "This server is stopping. Try again after Retry-After seconds.",
  },
} as const satisfies Record<string, ErrorCodeText>;

export type ErrorCode = keyof typeof ERROR_CODES;

// Object.keys forgets the literal names that `satisfies` keeps.
export const ERROR_CODE_NAMES = Object.keys(ERROR_CODES) as readonly ErrorCode[];
