/**
 * Everything this package throws on purpose.
 *
 *     DaaiError
 *     ├── DaaiConfigError             keys or base URL missing or unusable
 *     ├── DaaiPayloadError            can't be sent as it is; `path` names the spot
 *     ├── DaaiConnectionError         no response
 *     ├── DaaiApiError                an error response: statusCode, code, body, requestId
 *     │   ├── DaaiUnauthorizedError       401
 *     │   ├── DaaiQuotaError              403  a monthly limit has been reached
 *     │   ├── DaaiNotFoundError           404
 *     │   ├── DaaiConflictError           409
 *     │   │   └── DaaiTooSoonError            a person said no a moment ago: askAgainAt
 *     │   ├── DaaiValidationError         413, 422
 *     │   ├── DaaiRateLimitError          429  retryAfter
 *     │   ├── DaaiUnavailableError        5xx  retryAfter
 *     │   │   └── DaaiForeignResponseError    an error response that didn't come from the console
 *     │   └── DaaiMalformedResponseError  a response that violates the wire contract
 *     ├── ActionNotRun                nothing was run: run (action-errors.ts)
 *     │   ├── ActionBlocked               by the policy or an approver
 *     │   ├── ActionRejected              by an approver, or because the request expired
 *     │   ├── ActionFrozen                frozen until a person thaws it; nothing is lost
 *     │   ├── ActionAlreadyTaken          claimed or reported by another worker, or the action is inactive
 *     │   └── ActionPending               not decided yet
 *     │       └── ApprovalTimeout             ... and the timeout has passed
 *     ├── LogTampered                 the receipt log contradicts a stored checkpoint: reason, kept, found
 *     ├── WebhookVerificationError    wrong signature, or a timestamp that is too far off
 *     └── ExecutionNotReported        it ran, but the report couldn't be delivered: run, result
 *
 * A canceled call throws the reason of its AbortSignal instead.
 */

// Names are written out: minifying would change those of the classes.

/** Base of everything this package throws on purpose. */
export class DaaiError extends Error {
  override readonly name: string = "DaaiError";
}

/** The keys or the base URL are missing or unusable. */
export class DaaiConfigError extends DaaiError {
  override readonly name: string = "DaaiConfigError";
}

/** A value can't be sent. */
export class DaaiPayloadError extends DaaiError {
  override readonly name: string = "DaaiPayloadError";

  constructor(
    /** Where it is, in the names of the wire: `payload.lines[2].price`, `claim.lease_seconds`. */
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path} ${problem}`);
  }
}

/** The console couldn't be reached, or didn't respond in time. */
export class DaaiConnectionError extends DaaiError {
  override readonly name: string = "DaaiConnectionError";
}

export interface ApiErrorDetails {
  readonly statusCode: number;
  readonly code: string | null;
  readonly body: unknown;
  readonly requestId: string | null;
  readonly retryAfter?: number | null;
}

/** The console responded with an error. */
export class DaaiApiError extends DaaiError {
  override readonly name: string = "DaaiApiError";
  declare readonly statusCode: number;
  /** The machine-readable code of the problem document (RFC 9457). */
  declare readonly code: string | null;
  /** The decoded JSON, or else the text. */
  declare readonly body: unknown;
  /** The request's id in the console's log. */
  declare readonly requestId: string | null;
  /** Seconds to wait before retrying, if the response says so (RFC 9110 section 10.2.3). */
  declare readonly retryAfter: number | null;

  constructor(message: string, details: ApiErrorDetails, options?: ErrorOptions) {
    super(message, options);
    Object.assign(this, { retryAfter: null, ...details });
  }
}

/** 401: a key is missing, malformed, unknown or revoked, or the keys belong to different workspaces. */
export class DaaiUnauthorizedError extends DaaiApiError {
  override readonly name: string = "DaaiUnauthorizedError";
}

/** 403: a monthly limit has been reached. */
export class DaaiQuotaError extends DaaiApiError {
  override readonly name: string = "DaaiQuotaError";

  /** null if the response doesn't say; so are the next two. */
  get limit(): number | null {
    return numberIn(this.body, "limit");
  }

  get used(): number | null {
    return numberIn(this.body, "used");
  }

  /** When the limit resets. */
  get resetsAt(): string | null {
    return textIn(this.body, "resets_at");
  }
}

/** 404: the workspace has no run with this id. */
export class DaaiNotFoundError extends DaaiApiError {
  override readonly name: string = "DaaiNotFoundError";
}

/** 409: an idempotency, claim or report conflict; `code` says which. */
export class DaaiConflictError extends DaaiApiError {
  override readonly name: string = "DaaiConflictError";
}

/**
 * 409: a person rejected or blocked this, and the action's cool-down isn't over. Nothing was recorded. The message says who and why, and
 * from when the action can be asked again.
 */
export class DaaiTooSoonError extends DaaiConflictError {
  override readonly name: string = "DaaiTooSoonError";

  /** From when it can be asked again. */
  get askAgainAt(): string | null {
    return textIn(this.body, "ask_again_at");
  }

  /** The run that was rejected or blocked. */
  get actionRunId(): string | null {
    return textIn(this.body, "action_run_id");
  }
}

/** 413 or 422: too large, or a field is missing, mistyped or out of range; see `errors` of the body. */
export class DaaiValidationError extends DaaiApiError {
  override readonly name: string = "DaaiValidationError";
}

/** 429: too many requests; `retryAfter` is in seconds. */
export class DaaiRateLimitError extends DaaiApiError {
  override readonly name: string = "DaaiRateLimitError";
}

/** 5xx: the console is unavailable now. */
export class DaaiUnavailableError extends DaaiApiError {
  override readonly name: string = "DaaiUnavailableError";
}

/** An error response from something in between, not from the console: it says nothing about a run. */
export class DaaiForeignResponseError extends DaaiUnavailableError {
  override readonly name: string = "DaaiForeignResponseError";
}

/** The response violates the wire contract, so nothing can be concluded from it. */
export class DaaiMalformedResponseError extends DaaiApiError {
  override readonly name: string = "DaaiMalformedResponseError";
}

export type TamperedReason = "shrank" | "forked" | "restarted" | "unsigned";

/**
 * The receipt log contradicts the checkpoint you stored. Do not act on this console's responses.
 *
 * Thrown after a response has arrived, so the request has already taken effect: after one from a report, the run is reported.
 */
export class LogTampered extends DaaiError {
  override readonly name: string = "LogTampered";

  constructor(
    /** `restarted`: it has another origin. `unsigned`: by none of the trusted keys. */
    readonly reason: TamperedReason,
    readonly problem: string,
    /** The signed checkpoint from before: with `found`, it is the evidence. */
    readonly kept: string | null,
    /** What contradicts it. null if the console shows none any more. */
    readonly found: string | null,
    options?: ErrorOptions,
  ) {
    super(`the receipt log contradicts the checkpoint you kept (${reason}): ${problem}`, options);
  }
}

/** Known by its name, so that the class is only part of programs with a witness. */
export function isTampered(error: unknown): boolean {
  return memberOf(error, "name") === "LogTampered";
}

/** The webhook's signature doesn't match or its timestamp is too far off. Ignore the webhook. */
export class WebhookVerificationError extends DaaiError {
  override readonly name: string = "WebhookVerificationError";
}

/** A member of a decoded body; undefined if it has none. */
export function memberOf(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null && Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined;
}

export function textIn(body: unknown, name: string): string | null {
  const value = memberOf(body, name);
  return typeof value === "string" && value !== "" ? value : null;
}

function numberIn(body: unknown, name: string): number | null {
  const value = memberOf(body, name);
  return typeof value === "number" ? value : null;
}
