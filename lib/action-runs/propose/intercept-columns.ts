import type { GrantColumn } from "./choose-grant";
import type { ShadowColumn } from "./shadow-answer";

/** The columns that daai_intercept reads of a proposal, with their SQL types. */
export const INTERCEPT_COLUMNS = {
  ordinal: "int",
  run_id: "uuid",
  is_retry: "boolean",
  api_key_hash: "text",
  workspace_key_hash: "text",
  action_name: "text",
  idempotency_key: "text",
  payload_text: "text",
  payload_hash: "text",
  payload_salt: "text",
  actor: "text",
  reasoning: "text",
  source_type: "text",
  source_ref: "text",
  amount: "numeric",
  currency: "text",
  recipient: "text",
  sentence: "text",
  config_version: "int",
  action_id: "uuid",
  action_config_version: "int",
  policy_version_id: "uuid",
  risk_level: "text",
  governance_status: "text",
  governance_reason: "text",
  policy_rule: "text",
  execution_status: "text",
  receipt_id: "uuid",
  receipt_parts: "text[]",
  approval_request_id: "uuid",
  window_minutes: "int",
  links: "jsonb",
  claim_worker: "text",
  claim_token_hash: "text",
  lease_seconds: "int",
  per_minute: "int",
  per_day: "int",
  per_month: "int",
  emails_per_month: "int",
  evaluated_at: "timestamptz",
  grants: "jsonb",
  budgets: "jsonb",
  over_budget: "uuid",
  budget_mark: "text",
  ask_again: "boolean",
  previous_run_id: "uuid",
  accepts_changes: "boolean",
  shadow: "jsonb",
  asked_by: "jsonb",
} as const;

/** The columns it reads of each of a proposal's `links`. */
export const LINK_COLUMNS = { link_id: "uuid", delivery_id: "uuid", email: "text", token_hash: "text", sealed_token: "text" } as const;

/** The columns that `daai_reserve_budgets` reads of each of a proposal's `budgets`. */
export const BUDGET_COLUMNS = {
  budget_id: "uuid",
  name: "text",
  limit_value: "numeric",
  when_exceeded: "text",
  period: "text",
  time_zone: "text",
  period_start: "timestamptz",
  period_end: "timestamptz",
  per_key: "text",
  per_value: "text",
  amount: "numeric",
  unreadable: "text",
} as const;

/** The members that the database reads of a proposal's `grants`. */
export const GRANT_COLUMNS = [
  "id",
  "facts_text",
  "asked_reason",
  "asked_rule",
  "deciders",
  "mark",
  "known",
] as const satisfies (keyof GrantColumn)[];

/** The rule whose own approvers are asked; null: the action's are. A process of the release before sends nothing of it. */
export interface AskedByColumn {
  readonly rule: string | null;
}

/** The members that the database reads of a proposal's `shadow`. */
export const SHADOW_COLUMNS = ["id", "policy_outcome", "outcome", "reason", "rule"] as const satisfies (keyof ShadowColumn)[];

/** Numerics are passed as text, to keep every digit. */
interface SqlTypes {
  int: number;
  uuid: string;
  text: string;
  timestamptz: string;
  boolean: boolean;
  numeric: string;
  "text[]": string[];
  jsonb: Columns<typeof LINK_COLUMNS>[] | Columns<typeof BUDGET_COLUMNS>[] | GrantColumn | ShadowColumn | AskedByColumn;
}

type Columns<C extends Record<string, keyof SqlTypes>> = { [Name in keyof C]: SqlTypes[C[Name]] | null };

/** One proposal; its index in the batch is added when the batch is made. */
export type InterceptColumns = Omit<Columns<typeof INTERCEPT_COLUMNS>, "ordinal">;
