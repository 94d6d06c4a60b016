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
      "The request can be read in more than one way, so it is rejected unread. Its target isn't a plain path, or a header that may appear once is sent twice. A path starts with one slash and has no host, repeated slashes, backslashes or dot segments.",
  },
  invalid_json: {
    title: "Invalid JSON",
    meaning: "The body isn't JSON. Send one JSON object.",
  },
  not_an_object: {
    title: "Not a JSON object",
    meaning: "The body is JSON, but not an object. Send one JSON object.",
  },
  unsupported_media_type: {
    title: "Unsupported content type",
    meaning: "The body isn't declared as JSON. Send Content-Type: application/json.",
  },
  invalid_utf8: {
    title: "Invalid UTF-8",
    meaning: "The body isn't UTF-8. Encode the JSON text as UTF-8.",
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
    meaning:
      "The API key is malformed, unknown or revoked. Keys are shown only once: if you don't have it, create a new one in the workspace's settings.",
  },
  invalid_workspace_key: {
    title: "Invalid workspace key",
    meaning:
      "The workspace key is malformed, unknown or revoked. Keys are shown only once: if you don't have it, create a new one in the workspace's settings.",
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
    meaning: `The owner's action runs for this calendar month (UTC) have reached the limit. Wait until resets_at. ${WHO_RAISES_LIMITS}`,
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
    meaning: `The owner's approval emails for this month have reached the limit. Runs can still be decided in the console. ${WHO_RAISES_LIMITS}`,
  },
  webhook_limit: {
    title: "Webhook limit reached",
    meaning: "The workspace already has the maximum number of webhooks and notification channels. Delete one first.",
  },
  run_not_found: {
    title: "Run not found",
    meaning: "The workspace of these keys has no action run with this id.",
  },
  route_not_found: {
    title: "Route not found",
    meaning: "The API has no such path. Check it against the API reference.",
  },
  invalid_link: {
    title: "Invalid link",
    meaning: "The decision link isn't valid. It may be incomplete or no longer active. Use the link in the latest email.",
  },
  method_not_allowed: {
    title: "Method not allowed",
    meaning: "The path exists, but doesn't support this method. The Allow header lists the methods it supports.",
  },
  idempotency_conflict: {
    title: "Idempotency key used with another payload",
    meaning: "The same action and idempotency key were sent before with a different payload. Use a new key for a new proposal.",
  },
  report_conflict: {
    title: "Different report exists",
    meaning: "This run already has a different execution report. The first report counts.",
  },
  not_reportable: {
    title: "Run can't be reported",
    meaning: "Only an allowed or approved run can be reported. Read the run's status first.",
  },
  already_claimed: {
    title: "Run already claimed",
    meaning: "Another worker has claimed this run, or claimed it and didn't report. Do not run it.",
  },
  not_executable: {
    title: "Run not executable",
    meaning: "The run is pending, rejected or blocked, so nothing may run. Read the run's status.",
  },
  already_reported: {
    title: "Run already reported",
    meaning: "The run was already executed or has failed. Do not run it again.",
  },
  payload_changed: {
    title: "Payload differs from the decided one",
    meaning: "Only the exact payload that was decided on may run. Propose the new payload as a new run.",
  },
  claim_token_mismatch: {
    title: "Wrong claim token",
    meaning: "The run is claimed with another token. Only the worker that holds the claim can do this.",
  },
  not_claimed: {
    title: "Run not claimed",
    meaning: "There is no claim to renew, release or report with. Claim the run first.",
  },
  already_decided: {
    title: "Already decided",
    meaning: "This run has already been decided. The first decision counts; the response says who made it and when.",
  },
  not_decided: {
    title: "Not decided yet",
    meaning: "The run is still pending, and the approver needs to see its data. It can be erased once the run is decided.",
  },
  already_erased: {
    title: "Already erased",
    meaning: "The run's personal data was already erased. Its erasure receipt says by whom, when and why.",
  },
  four_eyes: {
    title: "Someone else must approve",
    meaning: "This person created the key that proposed the run, and its action prevents self-approval. Someone else must approve it.",
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
    meaning: "Its approver left the workspace, someone else was asked instead, or the workspace was deleted. The member reason says which.",
  },
  action_inactive: {
    title: "Action inactive",
    meaning: "The run's action is inactive, so the run can't be approved or claimed. It can be once the action is active again.",
  },
  body_too_large: {
    title: "Body too large",
    meaning: "The request body is larger than any valid request. Send only what the policy and the reviewer need.",
  },
  payload_too_large: {
    title: "Payload too large",
    meaning: "The payload exceeds the limit. Send only what the policy and the reviewer need, no documents or files.",
  },
  result_too_large: {
    title: "Execution result too large",
    meaning: "The execution result exceeds the limit. Send a summary and store the rest yourself.",
  },
  validation_failed: {
    title: "Invalid request",
    meaning: "A field is missing, mistyped, too long or out of range. The member errors names each field.",
  },
  unsafe_number: {
    title: "Number can't be stored exactly",
    meaning: "A number would lose precision: it is too large or has too many digits. Send it as a string.",
  },
  duplicate_member: {
    title: "Duplicate member",
    meaning: "An object has the same member twice, so its value is ambiguous. Send each member once.",
  },
  invalid_json_structure: {
    title: "Unsupported JSON",
    meaning: "The JSON is nested too deeply, or contains a NUL character, a lone surrogate or a forbidden member name.",
  },
  rate_limit_minute: {
    title: "Too many requests this minute",
    meaning: `The API key has reached its limit of intercepts per minute. Wait for Retry-After seconds. ${WHO_RAISES_LIMITS}`,
  },
  rate_limit_day: {
    title: "Too many requests today",
    meaning: `The API key has reached its limit of intercepts per day. Wait for Retry-After seconds. ${WHO_RAISES_LIMITS}`,
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
      "The request didn't come from one of the console's own pages, so nothing was changed. Open the console at the address in DAAI_PUBLIC_URL.",
  },
  not_found: {
    title: "Not found",
    meaning: "It doesn't exist, or you don't have access to it.",
  },
  too_many_attempts: {
    title: "Too many attempts",
    meaning: "There were too many attempts from this address or for this account. Wait until the time in the response.",
  },
  sign_up_closed: {
    title: "Invitation required",
    meaning: "This console doesn't have open sign-up. Ask an owner or admin of a workspace, or the operator, to invite you.",
  },
  mail_link_closed: {
    title: "Emailed link no longer valid",
    meaning: "The link in an account email is unknown, already used, expired, or was replaced by a newer one. Request a new one.",
  },
  last_owner: {
    title: "Last owner",
    meaning: "A workspace needs at least one owner. Make someone else an owner first.",
  },
  edit_conflict: {
    title: "Changed by someone else",
    meaning: "Someone saved a change after you opened this. Review it, then save yours again.",
  },
  too_many_link_attempts: {
    title: "Too many link attempts",
    meaning: "Too many links that don't exist were opened from this network. Wait for Retry-After seconds. Links that exist still work.",
  },
  internal_error: {
    title: "Internal error",
    meaning: "The console failed. Do not run anything based on this response. Try again, and give the request_id to the operator.",
  },
  database_unavailable: {
    title: "Database unavailable",
    meaning: "The console can't reach its database, so it can't decide anything. Try again after Retry-After seconds.",
  },
  not_ready: {
    title: "Not ready",
    meaning: "This server can't serve requests yet, or is no longer able to. The member checks says why.",
  },
  shutting_down: {
    title: "Shutting down",
    meaning: "This server is shutting down. Try again after Retry-After seconds.",
  },
} as const satisfies Record<string, ErrorCodeText>;

export type ErrorCode = keyof typeof ERROR_CODES;

// Object.keys forgets the literal names that `satisfies` keeps.
export const ERROR_CODE_NAMES = Object.keys(ERROR_CODES) as readonly ErrorCode[];
