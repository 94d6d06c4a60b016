import { beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { makeBudget } from "@/lib/testing/budgets";
import { claimOk, makeAction, makeWorkspace, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";
import { getDb } from "./client";

let workspace: TestWorkspace;
const runs: Record<"pending" | "allowed" | "claimed" | "executed", string> = { pending: "", allowed: "", claimed: "", executed: "" };

beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "ask", policy: { type: "always_require_approval" } });
  await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
  await makeBudget(workspace, { limit: "1000", per: "field", perField: "customer" });
  const propose = async (action: string) => {
    const payload = { amount: 5, currency: "EUR", customer: "acme" };
    return (await proposeOk(workspace, { action, payload, idempotency_key: `${action} ${Math.random()}` })).action_run_id;
  };
  runs.pending = await propose("ask");
  for (const run of ["allowed", "claimed", "executed"] as const) runs[run] = await propose("pay");
  await claimOk(workspace, runs.claimed);
  await report(workspace, runs.executed);
});

const NOW = new Date().toISOString();
const ID = "01900000-0000-7000-8000-000000000000";
const ERASED = { payload_text: null, payload: null, payload_salt: null, sentence: null };
const NEVER_SAID = { reasoning: null, source_type: null, source_ref: null, amount: null, currency: null, recipient: null };

/** What the function says of a stored row that differs so. */
const check = (of: "run" | "budget_entry", runId: string, change: JsonObject) =>
  getDb().$queryRawUnsafe<{ isSound: boolean }[]>(
    of === "run"
      ? `SELECT daai_check_run(jsonb_populate_record(r, $2::jsonb)) AS "isSound" FROM action_runs r WHERE id = $1::uuid`
      : `SELECT daai_check_budget_entry(jsonb_populate_record(r, $2::jsonb)) AS "isSound" FROM budget_entries r WHERE run_id = $1::uuid`,
    runId,
    JSON.stringify(change),
  );

test("the tables call them for every row that is written", async () => {
  const rows = await getDb().$queryRaw`
    SELECT conrelid::regclass::text AS table, pg_get_constraintdef(oid) AS definition FROM pg_constraint
    WHERE conname IN ('action_runs_sound', 'budget_entries_sound', 'shadow_answers_sound') ORDER BY 1`;
  expect(rows).toEqual([
    { table: "action_runs", definition: "CHECK (daai_check_run(action_runs.*)) NOT VALID" },
    { table: "budget_entries", definition: "CHECK (daai_check_budget_entry(budget_entries.*)) NOT VALID" },
    { table: "shadow_answers", definition: "CHECK (daai_check_shadow_answer(shadow_answers.*)) NOT VALID" },
  ]);
});

describe("a run", () => {
  test.each<[keyof typeof runs, JsonObject]>([
    ["pending", {}],
    ["allowed", {}],
    ["claimed", {}],
    ["executed", {}],
    ["allowed", { idempotency_key: null }],
    ["allowed", { idempotency_key: "k".repeat(256) }],
    ["allowed", { attempt: 2, previous_run_id: ID }],
    ["allowed", { approved_payload_hash: "\\x00", accepts_changes: true }],
    ["allowed", { is_test: true, execution_status: "not_executed" }],
    ["executed", { ...ERASED, ...NEVER_SAID, execution_result_text: null, execution_error: null }],
  ])("%s, with %j, is sound", async (run, change) => expect(await check("run", runs[run], change)).toEqual([{ isSound: true }]));

  test.each<[string, keyof typeof runs, JsonObject]>([
    ["statuses", "allowed", { execution_status: "not_executed" }],
    ["statuses", "allowed", { is_test: true }],
    ["statuses", "pending", { governance_status: "unknown" }],
    ["statuses", "pending", { execution_status: "executed" }],
    ["decided", "pending", { decided_at: NOW }],
    ["decided", "allowed", { decided_at: null }],
    ["pending_expires", "pending", { expires_at: null }],
    ["reported", "allowed", { execution_reported_at: NOW }],
    ["reported", "executed", { execution_reported_at: null }],
    ["claim", "claimed", { claim_worker: null }],
    ["claim", "claimed", { claim_expires_at: null }],
    ["claim", "claimed", { claim_token_hash: null }],
    ["claim", "claimed", { governance_status: "rejected", execution_status: "not_executed" }],
    ["test_unclaimed", "claimed", { is_test: true, execution_status: "not_executed" }],
    ["attempt", "allowed", { attempt: 0, previous_run_id: ID }],
    ["attempt", "allowed", { attempt: 2 }],
    ["attempt", "allowed", { previous_run_id: ID }],
    ["attempt", "allowed", { attempt: 2, previous_run_id: ID, idempotency_key: null }],
    ["idempotency_key", "allowed", { idempotency_key: "" }],
    ["idempotency_key", "allowed", { idempotency_key: "k".repeat(257) }],
    ["changed", "allowed", { approved_payload_hash: "\\x00", accepts_changes: false }],
    ["payload", "allowed", { payload_text: null }],
    ["payload", "allowed", { payload: null }],
    ["payload", "allowed", { payload_salt: null }],
    ["sentence", "allowed", { sentence: null }],
    ...["reasoning", "source_type", "source_ref", "currency", "recipient", "execution_result_text", "execution_error"].map(
      (kept): [string, "executed", JsonObject] => [
        "erased",
        "executed",
        { ...ERASED, ...NEVER_SAID, execution_result_text: null, [kept]: "x" },
      ],
    ),
    ["erased", "executed", { ...ERASED, ...NEVER_SAID, execution_result_text: null, amount: 1 }],
  ])("breaks action_runs_%s when it is %s, with %j", (constraint, run, change) =>
    expect(check("run", runs[run], change)).rejects.toThrow(`action_runs_${constraint}`),
  );
});

describe("a line of the ledger", () => {
  test.each<JsonObject>([{}, { amount: null, unreadable: "currency" }, { state: "given_back", is_deducted: true }])(
    "with %j is sound",
    async (change) => expect(await check("budget_entry", runs.allowed, change)).toEqual([{ isSound: true }]),
  );

  test.each<[string, JsonObject]>([
    ["state", { state: "unknown" }],
    ["unreadable", { amount: null, unreadable: "unknown" }],
    ["amount", { amount: null }],
    ["amount", { unreadable: "amount" }],
    ["deducted", { is_deducted: true }],
  ])("breaks budget_entries_%s with %j", (constraint, change) =>
    expect(check("budget_entry", runs.allowed, change)).rejects.toThrow(`budget_entries_${constraint}`),
  );

  test.each([
    "run_id = gen_random_uuid()",
    "budget_id = gen_random_uuid()",
    "workspace_id = gen_random_uuid()",
    "budget_name = 'other'",
    "limit_value = 1",
    "when_exceeded = 'block'",
    "period_start = now()",
    "period_end = now()",
    "used_before = 77",
    "is_exceeded = NOT is_exceeded",
    "is_named = NOT is_named",
    "per_key = '\\x00'",
    "per_value = 'other'",
    "amount = 1",
    "amount = NULL, unreadable = 'amount'",
    "state = 'given_back'",
  ])("that is settled doesn't take SET %s", (change) =>
    expect(getDb().$executeRawUnsafe(`UPDATE budget_entries SET ${change} WHERE run_id = '${runs.executed}'`)).rejects.toThrow(
      /append-only/,
    ),
  );
});

describe("an answer of a shadow policy", () => {
  const SOUND = { policy_outcome: "allowed", outcome: "blocked", reason: "policy_blocks", rule: null, is_erased: false };
  const ERASED_ANSWER = { policy_outcome: null, outcome: null, reason: null, is_erased: true };
  const checkAnswer = (change: JsonObject) =>
    getDb().$queryRawUnsafe(
      `SELECT daai_check_shadow_answer(jsonb_populate_record(NULL::shadow_answers, $1::jsonb)) AS "isSound"`,
      JSON.stringify({ ...SOUND, ...change }),
    );

  test.each<JsonObject>([{}, { rule: "large" }, { outcome: null, reason: null }, ERASED_ANSWER])("with %j is sound", async (change) =>
    expect(await checkAnswer(change)).toEqual([{ isSound: true }]),
  );

  test.each<[string, JsonObject]>([
    ["policy_outcome", { policy_outcome: "unknown" }],
    ["outcome", { outcome: "unknown" }],
    ["whole", { reason: null }],
    ["whole", { outcome: null }],
    ["whole", { outcome: null, reason: null, rule: "large" }],
    ["whole", { policy_outcome: null }],
    ["whole", { ...ERASED_ANSWER, policy_outcome: "allowed" }],
  ])("breaks shadow_answers_%s with %j", (constraint, change) =>
    expect(checkAnswer(change)).rejects.toThrow(`shadow_answers_${constraint}`),
  );
});
