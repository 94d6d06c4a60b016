import { WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";

interface ErrorCodeText {
  /** The problem's `title` (RFC 9457): the same words for every occurrence. */
  readonly title: string;
  /** What it means and what to do, for the documentation. */
  readonly meaning: string;
}

/** Every `code` that an answer of the API or a refused command can carry. The HTTP status of each is in lib/http. */
export const ERROR_CODES = {
  malformed_request: {
    title: "Request not clear",
    meaning:
      "The request could be read in more than one way, so it is not read at all: its target is no plain path, or a header that counts once is sent twice. A path begins with one slash, without a host, repeated slashes, backslashes or dot segments.",
  },
  invalid_json: {
    title: "Not valid JSON",
    meaning: "The body is not a JSON text. Send one JSON object.",
  },
  not_an_object: {
    title: "Not a JSON object",
    meaning: "The body is JSON, but not an object. Send one JSON object.",
  },
  unsupported_media_type: {
    title: "Unsupported content type",
    meaning: "The body is not declared as JSON. Send Content-Type: application/json.",
  },
  invalid_utf8: {
    title: "Not valid UTF-8",
    meaning: "The body is not UTF-8. Encode the JSON text as UTF-8.",
  },
  unsupported_content_encoding: {
    title: "Unsupported content encoding",
    meaning: "The body is compressed or otherwise encoded. Send it without Content-Encoding.",
  },
  missing_credentials: {
    title: "Keys missing",
    meaning: "The request needs both keys: Authorization: Bearer <api key> and X-DAAI-Workspace-Key: <workspace key>.",
  },
  invalid_api_key: {
    title: "API key not valid",
    meaning: "The API key is malformed, unknown or revoked. Copy it again, or make a new one in the workspace's settings.",
  },
  invalid_workspace_key: {
    title: "Workspace key not valid",
    meaning: "The workspace key is malformed, unknown or revoked. Copy it again from the workspace's settings.",
  },
  keys_of_different_workspaces: {
    title: "Keys of different workspaces",
    meaning: "Both keys are valid, but they belong to different workspaces. Use two keys of the same workspace.",
  },
  invalid_signature: {
    title: "Signature not valid",
    meaning:
      "The event is not signed with the secret that the console knows, or was signed too long ago. Compare RESEND_WEBHOOK_SECRET with the webhook's signing secret.",
  },
  monthly_run_limit: {
    title: "Monthly run limit reached",
    meaning: `The owner's action runs of this calendar month (UTC) are used up. Wait until resets_at. ${WHO_RAISES_LIMITS}`,
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
    title: "No approval mails left this month",
    meaning: `The owner's approval mails of this month are used up. Runs can still be decided in the console. ${WHO_RAISES_LIMITS}`,
  },
  webhook_limit: {
    title: "Webhook limit reached",
    meaning: "The workspace has as many webhooks and notification channels as it can have. Delete one first.",
  },
  run_not_found: {
    title: "Run not found",
    meaning: "There is no action run with this id in the workspace of these keys.",
  },
  route_not_found: {
    title: "Route not found",
    meaning: "The API has no such path. Compare it with the API reference.",
  },
  invalid_link: {
    title: "Link not valid",
    meaning: "The decision link is not known here, or was not copied whole. Open it from the newest mail.",
  },
  method_not_allowed: {
    title: "Method not allowed",
    meaning: "The path exists, but not with this method. The Allow header names the methods it has.",
  },
  idempotency_conflict: {
    title: "Idempotency key used with another payload",
    meaning: "The same action and idempotency key were sent before with a different payload. Use a new key for a new proposal.",
  },
  report_conflict: {
    title: "Reported differently before",
    meaning: "This run already has a different execution report. The first report stands.",
  },
  not_reportable: {
    title: "Run cannot be reported",
    meaning: "Only an allowed or approved run can be reported. Read the run's status first.",
  },
  already_claimed: {
    title: "Run is claimed",
    meaning: "Another worker holds this run, or held it and did not report. Leave it alone.",
  },
  not_executable: {
    title: "Run is not executable",
    meaning: "The run is pending, rejected or blocked, so nothing may run. Read the run's status.",
  },
  already_reported: {
    title: "Run is already reported",
    meaning: "The run was executed or failed already. Do not run it again.",
  },
  payload_changed: {
    title: "Payload differs from what was decided",
    meaning: "What may run is exactly what was decided on. Propose the new payload as a new run.",
  },
  claim_token_mismatch: {
    title: "Claim token does not match",
    meaning: "The run is claimed with another token. Only the holder of the claim may do this.",
  },
  not_claimed: {
    title: "Run is not claimed",
    meaning: "There is no claim to renew, release or report with. Claim the run first.",
  },
  already_decided: {
    title: "Already decided",
    meaning: "Somebody decided this run before. The first decision stands; the answer says who and when.",
  },
  not_decided: {
    title: "Not decided yet",
    meaning: "The run is pending approval, or nobody approved it, so there is nothing to erase or revoke yet.",
  },
  already_erased: {
    title: "Already erased",
    meaning: "The run's personal data was erased before. Its erasure receipt says by whom, when and why.",
  },
  four_eyes: {
    title: "Another person must approve",
    meaning: "The run was proposed with a key that this person made, and its action asks for four eyes. Somebody else approves it.",
  },
  link_expired: {
    title: "Link expired",
    meaning: "The time to decide is over, so the run was rejected. The agent may ask again.",
  },
  link_used: {
    title: "Link used",
    meaning: "This link has been used. A link works once, and a decision cannot be changed.",
  },
  link_withdrawn: {
    title: "Link taken back",
    meaning:
      "Its holder left the workspace, somebody else is asked in their place, or the workspace was deleted. The member reason says which.",
  },
  action_inactive: {
    title: "Action is inactive",
    meaning: "The run's action is switched off, so it is neither approved nor claimed. It can be again once the action is active.",
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
    title: "Request not valid",
    meaning: "A field is missing, mistyped, too long or out of range. The member errors names each field.",
  },
  unsafe_number: {
    title: "Number cannot be kept exactly",
    meaning: "A number would change on the way: it is too large or has too many digits. Send it as a string.",
  },
  duplicate_member: {
    title: "Duplicate member",
    meaning: "An object names the same member twice, so its value is ambiguous. Send each member once.",
  },
  invalid_json_structure: {
    title: "JSON not acceptable",
    meaning: "The JSON is nested too deeply, or holds a NUL character, a lone surrogate or a forbidden member name.",
  },
  rate_limit_minute: {
    title: "Too many requests this minute",
    meaning: `The API key's intercepts of this minute are used up. Wait for Retry-After seconds. ${WHO_RAISES_LIMITS}`,
  },
  rate_limit_day: {
    title: "Too many requests today",
    meaning: `The API key's intercepts of this day are used up. Wait for Retry-After seconds. ${WHO_RAISES_LIMITS}`,
  },
  not_permitted: {
    title: "Not permitted",
    meaning: "Your role in this workspace does not include this. Ask an owner or admin of the workspace.",
  },
  not_signed_in: {
    title: "Not signed in",
    meaning: "The session has ended or was revoked. Sign in again.",
  },
  foreign_origin: {
    title: "Request from another site",
    meaning:
      "The request did not come from one of the console's own pages, so nothing was changed. Open the console at the address that DAAI_PUBLIC_URL names.",
  },
  not_found: {
    title: "Not found",
    meaning: "There is no such thing here, or you have no access to it.",
  },
  too_many_attempts: {
    title: "Too many attempts",
    meaning: "This was tried too often from this address or for this account. Wait until the time that the answer names.",
  },
  sign_up_closed: {
    title: "No account without an invitation",
    meaning: "This console does not let everybody make an account. Ask an owner or admin of a workspace to invite you, or the operator.",
  },
  mail_link_closed: {
    title: "Mailed link no longer valid",
    meaning: "The link of an account's mail is unknown, used, too old, or was replaced by a newer one. Ask for a new one.",
  },
  last_owner: {
    title: "Last owner",
    meaning: "A workspace keeps at least one owner. Make somebody else an owner first.",
  },
  edit_conflict: {
    title: "Changed by somebody else",
    meaning: "Somebody saved a change after you had opened this. Look at it, then save yours again.",
  },
  too_many_link_attempts: {
    title: "Too many link attempts",
    meaning:
      "Too many links that do not exist were opened from this network. Wait for Retry-After seconds. A link that exists still works.",
  },
  internal_error: {
    title: "Internal error",
    meaning: "The console failed. Nothing may run on this answer. Try again, and give the request_id to the operator.",
  },
  database_unavailable: {
    title: "Database unavailable",
    meaning: "The console cannot reach its database, so it decides nothing. Try again after Retry-After seconds.",
  },
  not_ready: {
    title: "Not ready",
    meaning: "This server cannot serve requests yet, or not any more. The member checks says why.",
  },
  shutting_down: {
    title: "Shutting down",
    meaning: "This server is stopping. Try again after Retry-After seconds.",
  },
} as const satisfies Record<string, ErrorCodeText>;

export type ErrorCode = keyof typeof ERROR_CODES;

// Object.keys forgets the literal names that `satisfies` keeps.
export const ERROR_CODE_NAMES = Object.keys(ERROR_CODES) as readonly ErrorCode[];
