import { BACKTEST_LIMITS } from "@/lib/words/backtest-messages";
import type { ApiExample } from "./api-example";
import { RUN } from "./example-run";

const MANAGED_SETTINGS = {
  action: "refund_customer",
  title: "Refund a customer",
  risk: "high" as const,
  sentence: "refund {amount} {currency} to {customer.email}",
  policy: {
    rules: [
      { name: "small and known", when: 'amount <= dec("100") && payload.customer.is_known', then: "allow" as const },
      { name: "sanctioned country", when: 'payload.country in ["KP", "IR"]', then: "block" as const },
    ],
    otherwise: "ask" as const,
  },
};

const MANAGED_BY = { file: "policies/refund_customer.yaml", commit: "3f2c1ab90d12e4f5a6b7c8d9e0f1a2b3c4d5e6f7" };

const MANAGED_ACTION = {
  ...MANAGED_SETTINGS,
  managed_by: { ...MANAGED_BY, is_current: true },
  is_active: true,
  policy_version: 4,
  action_id: "01a1f3af-7a11-7e02-9d52-6b1f0c8a2e77",
  created_at: "2026-11-01T09:30:00.000Z",
};

const BACKTEST = {
  backtest_id: "01a1f3af-9b30-7a01-9d52-6b1f0c8a2e77",
  status: "done",
  days: 30,
  runs_done: 1204,
  runs_total: 1204,
  finished_at: "2026-11-19T12:01:02.000Z",
  result: {
    summary: "1 of 1,204 runs would be decided differently.",
    compared: 1204,
    erased: 0,
    undecided: 0,
    notes: [BACKTEST_LIMITS],
    changes: [
      {
        from: "pending_approval",
        to: "allowed",
        count: 1,
        text: "1 run would no longer require approval",
        parts: [
          {
            fate: "rejected",
            count: 1,
            text: "1 had been rejected",
            runs: [{ action_run_id: RUN, governance_reason: "rule_allowed", policy_rule: "small and known" }],
          },
        ],
      },
    ],
  },
};

const BUDGET_CHANGES = { name: "Refunds per customer", actions: ["refund_customer"], limit: "2000", when_exceeded: "ask" as const };

const BUDGET_TERMS = {
  measure: "sum" as const,
  period: "week" as const,
  time_zone: "Europe/Berlin",
  currency: "EUR",
  per: "field" as const,
  per_field: "customer.id",
};

const BUDGET_LISTED = {
  budget_id: "01a1f3af-8b20-7a01-9d52-6b1f0c8a2e77",
  ...BUDGET_CHANGES,
  ...BUDGET_TERMS,
  created_by: "ada@example.com",
  created_at: "2026-11-01T09:30:00.000Z",
};

const BUDGET = { ...BUDGET_LISTED, deleted_at: null };

const BUDGET_PERIOD = { period_start: "2026-11-15T23:00:00.000Z", period_end: "2026-11-22T23:00:00.000Z", values: 2 };
const BUDGET_LEVEL = { value: "C-17", used: "1240", remaining: "760" };

const GRANT = {
  grant_id: "01a1f3af-9c30-7b01-9d52-6b1f0c8a2e77",
  action: "pay_supplier",
  state: "live" as const,
  action_run_id: RUN,
  given_by: "marta@example.com",
  given_at: "2026-11-18T08:12:00.000Z",
  confirmed_by: null,
  facts: [{ name: "payload.supplier.id", value: "S-17" }],
  currency: "EUR",
  amount_each: "500",
  total: "2000",
  max_uses: 10,
  ends_at: "2026-12-01T00:00:00.000Z",
  uses: 1,
  used: "120",
  ended_at: null,
  ended_by: null,
  ended_reason: null,
};

const FREEZE = {
  freeze_id: "01a1f3b0-0d40-7c01-9d52-6b1f0c8a2e77",
  scope: "action" as const,
  name: "Refund a customer",
  action: "refund_customer",
  api_key_id: null,
  reason: "Wrong refunds",
  frozen_at: "2026-11-19T12:05:00.000Z",
  frozen_by: "ada@example.com",
  needs_another_person: false,
  thawed_at: null,
  thawed_by: null,
  thaw_comment: null,
};

const FROZEN = {
  ...FREEZE,
  claims: [{ action_run_id: RUN, worker: "worker-1", claimed_at: "2026-11-19T12:04:00.000Z", state: "held" as const }],
  claim_count: 1,
};

/** The examples of the management API. */
export const MANAGE_EXAMPLES: Readonly<Record<string, ApiExample>> = {
  listActions: { answer: { actions: [MANAGED_ACTION] } },
  getAction: { answer: MANAGED_ACTION },
  putAction: { request: { ...MANAGED_SETTINGS, managed_by: MANAGED_BY }, answer: MANAGED_ACTION },
  setActionActive: { request: { active: false }, answer: { ...MANAGED_ACTION, is_active: false } },
  planAction: {
    request: { ...MANAGED_SETTINGS, managed_by: MANAGED_BY },
    answer: {
      action: "refund_customer",
      result: "update",
      changes: [{ field: "risk_level", label: "Risk", before: "medium", after: "high" }],
      changes_decisions: true,
      etag: '"9oXf0P3s7f2bq0O5mT2yq8mB3jv1o0cXv5m0b0Wc1aE"',
    },
  },
  testAction: {
    request: {
      ...MANAGED_SETTINGS,
      tests: [{ payload: { amount: "80.00", customer: { is_known: true }, country: "DE" }, expect: "allow" }],
    },
    answer: {
      action: "refund_customer",
      passed: true,
      results: [
        {
          name: null,
          passed: true,
          expected: "allow",
          actual: "allow",
          governance_reason: "rule_allowed",
          policy_rule: "small and known",
          explanation: "Allowed by the rule “small and known”: amount 80.00 ≤ 100 and payload.customer.is_known is true.",
        },
      ],
    },
  },
  startBacktest: {
    request: { ...MANAGED_SETTINGS, days: 30 },
    answer: { ...BACKTEST, status: "running", runs_done: 400, finished_at: null, result: null },
  },
  getBacktest: { answer: BACKTEST },
  cancelBacktest: { answer: { ...BACKTEST, status: "canceled", runs_done: 400, result: null } },
  listBudgets: {
    answer: { budgets: [{ ...BUDGET_LISTED, usage: { ...BUDGET_PERIOD, fullest: BUDGET_LEVEL } }] },
  },
  createBudget: { request: { ...BUDGET_CHANGES, ...BUDGET_TERMS }, answer: BUDGET },
  getBudget: { answer: BUDGET },
  editBudget: { request: { ...BUDGET_CHANGES, limit: "2500" }, answer: { ...BUDGET, limit: "2500" } },
  deleteBudget: { answer: { ...BUDGET, deleted_at: "2026-11-20T08:00:00.000Z" } },
  getBudgetUsage: {
    answer: {
      budget_id: BUDGET.budget_id,
      ...BUDGET_PERIOD,
      levels: [BUDGET_LEVEL, { value: "C-4", used: "80", remaining: "1920" }],
      runs: [
        {
          action_run_id: RUN,
          action: "refund_customer",
          governance_status: "allowed",
          governance_reason: "rule_allowed",
          proposed_at: "2026-11-19T12:02:41.482Z",
          value: "C-17",
          used_before: "1160",
          amount: "80",
          unreadable: null,
          is_exceeded: false,
          state: "kept",
        },
      ],
      next: null,
    },
  },
  listGrants: { answer: { grants: [GRANT], next: null } },
  getGrant: {
    answer: {
      ...GRANT,
      runs: [{ action_run_id: RUN, proposed_at: "2026-11-19T12:02:41.482Z", amount: "120", currency: "EUR", execution: "executed" }],
      next: null,
    },
  },
  revokeGrant: {
    answer: { ...GRANT, state: "ended", ended_at: "2026-11-20T08:00:00.000Z", ended_by: "ada@example.com", ended_reason: "revoked" },
  },
  listFreezes: { answer: { freezes: [FREEZE], next: null } },
  startFreeze: { request: { action: "refund_customer", reason: "Wrong refunds" }, answer: FROZEN },
  getFreeze: { answer: FROZEN },
  thawFreeze: {
    request: { comment: "The price list is corrected." },
    answer: {
      ...{ ...FREEZE, claims: [], claim_count: 0 },
      ...{ thawed_at: "2026-11-19T13:10:00.000Z", thawed_by: "ada@example.com", thaw_comment: "The price list is corrected." },
    },
  },
  listFreezeTargets: {
    answer: {
      actions: [{ action: "refund_customer", title: "Refund a customer" }],
      api_keys: [{ api_key_id: "01a1f3af-5a10-7a01-9d52-6b1f0c8a2e77", name: "Refund agent", hint: "daai_sk_…k3Fq" }],
    },
  },
  listEvents: {
    answer: {
      events: [
        {
          id: "01a1f3b0-2d10-7c02-9d52-6b1f0c8a2e77",
          at: "2026-11-19T12:03:11.482Z",
          verb: "action.edited",
          actor: { kind: "key", name: "Policy pipeline", detail: "daai_mk_…ab12" },
          text: "changed refund_customer: risk level medium → high (policy version 4)",
          comment: null,
          action_run_id: null,
        },
      ],
      next: null,
    },
  },
};
