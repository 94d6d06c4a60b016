import { expect } from "vitest";

/** `mine` has allowed it before, with this key; to `other` it is unknown. */
const HOOK_REQUEST = {
  hook_event_name: "PreToolUse",
  session_id: "everybody-uses-this",
  tool_use_id: "call-1",
  tool_name: "Bash",
  tool_input: { command: "npm test" },
};
const HOOK_ANSWER = { hookSpecificOutput: { permissionDecision: "deny" } };
export const INTERCEPT_REQUEST = { action: "export_report", payload: { month: 1 }, idempotency_key: "everybody-uses-this" };

/** What a stranger would like our action to be. */
const MANAGED = { title: "Taken over", policy: { type: "always_block" } };
const BUDGET_CHANGES = { name: "Refunds", actions: null, limit: "1", when_exceeded: "block" };
const BUDGET_TERMS = { measure: "count", period: "day", time_zone: "Europe/Berlin" };

/** What of `mine` can be managed by its ID, and the token of a claim: `other` must not be able to use them. */
export interface TenantSecrets {
  readonly backtest: string;
  readonly budget: string;
  readonly grant: string;
  readonly freeze: string;
  readonly claimToken: string;
}

export interface TenantRow {
  readonly id?: (secrets: TenantSecrets) => string;
  readonly body?: (secrets: TenantSecrets) => object;
  readonly query?: string;
  /** What `other` is told where the same name leads to something of their own, or to nothing. */
  readonly ownAnswer?: object;
}

/** What is asked of each endpoint: with it, `mine` would get through. A new endpoint needs a row. */
export const TENANT_ROWS: Record<string, TenantRow> = {
  "POST /api/v1/sdk/intercept": {
    body: () => INTERCEPT_REQUEST,
    ownAnswer: { governance_reason: "unknown_action", executable: false, idempotent_replay: false },
  },
  "GET /api/v1/sdk/log/checkpoint": { ownAnswer: { size: 0, checkpoint: null } },
  "GET /api/v1/sdk/action-runs/:id/status": { query: "?wait=0" },
  "POST /api/v1/sdk/action-runs/:id/claim": { body: () => ({ worker: "thief" }) },
  "POST /api/v1/sdk/action-runs/:id/claim/renew": { body: ({ claimToken }) => ({ claim_token: claimToken }) },
  "POST /api/v1/sdk/action-runs/:id/claim/release": { body: ({ claimToken }) => ({ claim_token: claimToken }) },
  "POST /api/v1/sdk/action-runs/:id/report-executed": { body: ({ claimToken }) => ({ claim_token: claimToken }) },
  "POST /api/v1/sdk/action-runs/:id/report-failed": { body: ({ claimToken }) => ({ execution_error: "e", claim_token: claimToken }) },
  "POST /api/v1/sdk/action-runs/:id/withdraw": { body: () => ({ reason: "r" }) },
  "GET /api/v1/manage/actions": { ownAnswer: { actions: [] } },
  "GET /api/v1/manage/actions/:name": {},
  "PUT /api/v1/manage/actions/:name": { body: () => MANAGED, ownAnswer: { action: "export_report", is_active: true } },
  "PUT /api/v1/manage/actions/:name/active": { body: () => ({ active: false }) },
  "POST /api/v1/manage/actions/:name/plan": { body: () => MANAGED, ownAnswer: { result: "create", etag: null } },
  "POST /api/v1/manage/actions/:name/test": {
    body: () => ({ ...MANAGED, tests: [{ payload: {}, expect: "block" }] }),
    ownAnswer: { passed: true },
  },
  "GET /api/v1/manage/events": { ownAnswer: { next: null } },
  "POST /api/v1/manage/actions/:name/backtests": { body: () => ({ ...MANAGED, days: 7 }) },
  "GET /api/v1/manage/backtests/:id": { id: ({ backtest }) => backtest },
  "POST /api/v1/manage/backtests/:id/cancel": { id: ({ backtest }) => backtest },
  "GET /api/v1/manage/budgets": { ownAnswer: { budgets: [] } },
  "POST /api/v1/manage/budgets": {
    body: () => ({ ...BUDGET_CHANGES, ...BUDGET_TERMS, name: "Taken over" }),
    ownAnswer: { name: "Taken over" },
  },
  "GET /api/v1/manage/budgets/:id": { id: ({ budget }) => budget },
  "PUT /api/v1/manage/budgets/:id": { id: ({ budget }) => budget, body: () => BUDGET_CHANGES },
  "DELETE /api/v1/manage/budgets/:id": { id: ({ budget }) => budget },
  "GET /api/v1/manage/budgets/:id/usage": { id: ({ budget }) => budget },
  "GET /api/v1/manage/grants": { ownAnswer: { grants: [], next: null } },
  "GET /api/v1/manage/grants/:id": { id: ({ grant }) => grant },
  "POST /api/v1/manage/grants/:id/revoke": { id: ({ grant }) => grant },
  "GET /api/v1/manage/freezes": { ownAnswer: { freezes: [], next: null } },
  "POST /api/v1/manage/freezes": { body: () => ({ action: "granted", reason: "Taken over" }) },
  "GET /api/v1/manage/freezes/:id": { id: ({ freeze }) => freeze },
  "POST /api/v1/manage/freezes/:id/thaw": { id: ({ freeze }) => freeze },
  "GET /api/v1/manage/freeze-targets": { ownAnswer: { api_keys: [{ name: expect.any(String) as string }] } },
  "POST /api/v1/hooks/claude-code": { body: () => HOOK_REQUEST, ownAnswer: HOOK_ANSWER },
  "POST /api/v1/hooks/codex": { body: () => HOOK_REQUEST, ownAnswer: HOOK_ANSWER },
  "GET /api/v1/public/decisions/:token": {},
  "POST /api/v1/public/decisions/:token": { body: () => ({ decision: "reject" }) },
  "POST /api/v1/public/decisions/:token/revoke": { body: () => ({ confirm: true }) },
  "GET /api/health": {},
  "GET /api/ready": {},
  "GET /api/openapi.json": {},
  "GET /api/v1/public/log-keys": {},
};
