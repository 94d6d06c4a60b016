import * as limits from "@/lib/domain/access/limits";
import { LIMITS, type LimitName } from "@/lib/domain/access/limits";

interface LimitText {
  readonly what: string;
  readonly per: string;
  /** What happens to a request over the limit. */
  readonly over: string;
}

const LIMIT_TEXTS: Readonly<Record<LimitName, LimitText>> = {
  activeWorkspaces: { what: "Active workspaces", per: "owner", over: "No more workspaces can be created." },
  activeActionsPerWorkspace: {
    what: "Active registered actions",
    per: "workspace",
    over: "No more actions can be registered or activated.",
  },
  runsPerMonth: { what: "Action runs", per: "owner and calendar month", over: "403 monthly_run_limit. Nothing is recorded." },
  emailsPerMonth: {
    what: "Approval emails",
    per: "owner and calendar month",
    over: "The run is still pending and can be decided in the console, which says that no email was sent and why.",
  },
  interceptsPerMinute: { what: "Intercepts", per: "API key and minute", over: "429 rate_limit_minute, with Retry-After." },
  interceptsPerDay: { what: "Intercepts", per: "API key and day", over: "429 rate_limit_day, with Retry-After." },
};

export const LIMIT_ROWS = limits.LIMIT_NAMES.map((name) => ({ name, value: LIMITS[name], ...LIMIT_TEXTS[name] }));

/** Sizes that no plan changes. */
export const SIZE_ROWS: readonly { readonly field: string; readonly size: string }[] = [
  { field: "payload", size: bytes(limits.PAYLOAD_MAX_BYTES) },
  { field: "execution_result", size: bytes(limits.RESULT_MAX_BYTES) },
  { field: "reasoning", size: characters(limits.REASONING_MAX_LENGTH) },
  { field: "actor", size: characters(limits.ACTOR_MAX_LENGTH) },
  { field: "source.type", size: characters(limits.SOURCE_TYPE_MAX_LENGTH) },
  { field: "source.ref", size: characters(limits.SOURCE_REF_MAX_LENGTH) },
  { field: "idempotency_key", size: characters(limits.IDEMPOTENCY_KEY_MAX_LENGTH) },
  { field: "comment", size: characters(limits.COMMENT_MAX_LENGTH) },
  { field: "execution_error", size: characters(limits.ERROR_MAX_LENGTH) },
  { field: "claim.worker", size: characters(limits.WORKER_MAX_LENGTH) },
  {
    field: "claim.token",
    size: `${limits.OWN_CLAIM_TOKEN_MIN_LENGTH} to ${characters(limits.CLAIM_TOKEN_MAX_LENGTH)}`,
  },
  { field: "claim_token", size: characters(limits.CLAIM_TOKEN_MAX_LENGTH) },
  { field: "claim.lease_seconds", size: `${limits.LEASE_MIN_SECONDS} to ${number(limits.LEASE_MAX_SECONDS)} seconds` },
  { field: "status?wait", size: `${limits.WAIT_MAX_SECONDS} seconds` },
];

export function number(value: number): string {
  return value.toLocaleString("en-US");
}

function bytes(count: number): string {
  return `${number(count)} bytes of JSON`;
}

function characters(count: number): string {
  return `${number(count)} characters`;
}
