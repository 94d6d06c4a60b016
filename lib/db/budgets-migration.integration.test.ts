import type { Client } from "pg";
import { expect, it } from "vitest";
import { id, oldProposal, oldWorkspace, withDatabaseBefore } from "@/lib/testing/database-before";

/** A run that may be executed, as the version before left it. */
const OLD_WORLD = `
${oldWorkspace("always_allow")}
INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, governance_status, governance_reason, execution_status,
  payload_text, payload, payload_salt, payload_hash, sentence, created_at, decided_at)
VALUES ('${id(50)}', '${id(10)}', '${id(30)}', 'pay', '${id(40)}', 'allowed', 'policy_always_allow', 'awaiting_execution_report',
  '{}', '{}', '\\x00', '\\x00', 'pay', now(), now());`;

const BUDGET = `
INSERT INTO budgets (id, workspace_id, name, measure, limit_value, per, period, time_zone, when_exceeded, counts_all_actions, created_by)
VALUES ('${id(70)}', '${id(10)}', 'B', 'count', 1, 'nothing', 'month', 'UTC', 'block', true, 'owner@example.com')`;
const COUNTED = {
  budget_id: id(70),
  name: "B",
  limit_value: "1",
  when_exceeded: "block",
  period: "month",
  time_zone: "UTC",
  per_key: "",
  amount: "1",
};
const WAITS = {
  governance_status: "pending_approval",
  governance_reason: "budget_exceeded_requires_approval",
  execution_status: "not_executed",
  receipt_id: null,
  window_minutes: 60,
  links: [],
};
const FAILED = `UPDATE action_runs SET execution_status = 'failed', execution_reported_at = now() WHERE id =`;

/** Returns the outcome of a run that the policy allows, but for `more`. */
const propose = async (client: Client, run: number, more: object = {}) => {
  const allowed = {
    governance_status: "allowed",
    governance_reason: "policy_always_allow",
    execution_status: "awaiting_execution_report",
    receipt_id: id(run + 100),
    receipt_parts: ["{}"],
  };
  const { rows } = await client.query<{ outcome: string }>("SELECT outcome FROM daai_intercept($1::jsonb)", [
    oldProposal(run, { ...allowed, ...more }),
  ]);
  return rows[0]?.outcome;
};

it("keeps what there is, which no budget counts; and a process of the release before decides only where there is no budget", async () => {
  await withDatabaseBefore("20261130020000_budgets", OLD_WORLD, async ({ client, upgrade }) => {
    await upgrade();
    expect(await propose(client, 60)).toBe("created");
    await client.query(`UPDATE action_runs SET execution_status = 'executed', execution_reported_at = now() WHERE id = '${id(50)}'`);
    await client.query(BUDGET);
    expect(await propose(client, 61)).toBe("stale");
    expect(await propose(client, 61, { budgets: [] })).toBe("created");
    expect(await propose(client, 62, { budgets: [COUNTED] })).toBe("created");
    expect(await propose(client, 63, { budgets: [COUNTED] })).toBe("over_budget");
    expect((await client.query("SELECT run_id, state FROM budget_entries")).rows).toEqual([{ run_id: id(62), state: "reserved" }]);
  });
});

it("keeps totals and ledger when their indexes change", async () => {
  await withDatabaseBefore("20261130020100_lighter_budgets", OLD_WORLD, async ({ client, upgrade }) => {
    await client.query(BUDGET);
    expect(await propose(client, 60, { budgets: [COUNTED] })).toBe("created");
    await upgrade();
    expect(await propose(client, 61, { budgets: [COUNTED] })).toBe("over_budget");
    await client.query(`${FAILED} '${id(60)}'`);
    expect(await propose(client, 62, { budgets: [COUNTED] })).toBe("created");
    expect((await client.query("SELECT run_id, state, is_deducted FROM budget_entries ORDER BY run_id")).rows).toEqual([
      { run_id: id(60), state: "given_back", is_deducted: true },
      { run_id: id(62), state: "reserved", is_deducted: false },
    ]);
    expect((await client.query("SELECT trim_scale(used)::text AS used FROM budget_totals")).rows).toEqual([{ used: "1" }]);
  });
});

it("tells a run that waits once, from then on with its budget", async () => {
  await withDatabaseBefore("20261130050000_pending_with_budget", OLD_WORLD, async ({ client, upgrade }) => {
    await client.query(`
      INSERT INTO webhook_endpoints (id, workspace_id, url, sealed_secret, event_types, created_by)
      VALUES ('${id(80)}', '${id(10)}', 'https://example.com', '\\x00', '{run.pending}', 'owner@example.com')`);
    await client.query(BUDGET.replace("'block'", "'ask'").replace(", 1,", ", 0.5,"));
    const waits = { ...WAITS, budgets: [{ ...COUNTED, limit_value: "0.5", when_exceeded: "ask" }], over_budget: id(70) };
    expect(await propose(client, 60, { ...waits, approval_request_id: id(90) })).toBe("created");
    await upgrade();
    expect(await propose(client, 61, { ...waits, approval_request_id: id(91) })).toBe("created");
    const { rows } = await client.query(
      "SELECT run_id, body::jsonb->'data'->'budget'->>'name' AS budget FROM webhook_deliveries ORDER BY run_id",
    );
    expect(rows).toEqual([
      { run_id: id(60), budget: null },
      { run_id: id(61), budget: "B" },
    ]);
  });
});

it("keeps what is used when totals are read together, also what was given back and not deducted yet", async () => {
  await withDatabaseBefore("20261130050100_budget_levels", OLD_WORLD, async ({ client, upgrade }) => {
    await client.query(BUDGET.replace(", 1,", ", 2,"));
    const counted = { ...COUNTED, limit_value: "2" };
    expect(await propose(client, 60, { budgets: [counted] })).toBe("created");
    expect(await propose(client, 61, { budgets: [counted] })).toBe("created");
    await client.query(`${FAILED} '${id(60)}'`);
    await upgrade();
    const used = async () => {
      const { rows } = await client.query<{ used: string }>(
        "SELECT trim_scale(l.used)::text AS used FROM budget_totals t CROSS JOIN LATERAL daai_budget_levels(t.budget_id, t.period_start) l",
      );
      return rows.map((row) => row.used);
    };
    expect(await used()).toEqual(["1"]);
    expect(await propose(client, 62, { budgets: [counted] })).toBe("created");
    expect(await propose(client, 63, { budgets: [counted] })).toBe("over_budget");
    expect(await used()).toEqual(["2"]);
  });
});
