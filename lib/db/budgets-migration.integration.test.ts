import { Client } from "pg";
import { expect, it } from "vitest";
import { createDatabaseBefore } from "@/lib/testing/database";
import { migrate } from "./migrate";

const id = (n: number) => `01980000-0000-7000-8000-${String(n).padStart(12, "0")}`;

/** A run that waits and one that may run, as the version before left them. */
const OLD_WORLD = `
INSERT INTO users (id, email) VALUES ('${id(1)}', 'owner@example.com');
INSERT INTO workspaces (id, owner_id, name, client_name) VALUES ('${id(10)}', '${id(1)}', 'W', 'C');
INSERT INTO api_keys (id, workspace_id, kind, name, key_hash, hint, created_by) VALUES
  ('${id(30)}', '${id(10)}', 'api', 'K', '\\x01', 'h', 'owner@example.com'), ('${id(31)}', '${id(10)}', 'workspace', 'W', '\\x02', 'h', 'owner@example.com');
INSERT INTO registered_actions (id, workspace_id, name, title, risk_level, policy_version) VALUES ('${id(40)}', '${id(10)}', 'pay', 'Pay', 'low', 1);
INSERT INTO policy_versions (id, workspace_id, action_id, version, policy_type, created_by)
VALUES ('${id(41)}', '${id(10)}', '${id(40)}', 1, 'always_allow', 'owner@example.com');
INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, governance_status, governance_reason, execution_status,
  payload_text, payload, payload_salt, payload_hash, sentence, created_at, decided_at)
VALUES ('${id(50)}', '${id(10)}', '${id(30)}', 'pay', '${id(40)}', 'allowed', 'policy_always_allow', 'awaiting_execution_report',
  '{}', '{}', '\\x00', '\\x00', 'pay', now(), now());`;

const proposal = (run: number, more: object) =>
  JSON.stringify([
    {
      ordinal: 0,
      run_id: id(run),
      is_retry: false,
      api_key_hash: "01",
      workspace_key_hash: "02",
      action_name: "pay",
      payload_text: "{}",
      payload_hash: "00",
      payload_salt: "00",
      sentence: "pay",
      config_version: 1,
      action_id: id(40),
      action_config_version: 1,
      policy_version_id: id(41),
      risk_level: "low",
      governance_status: "allowed",
      governance_reason: "policy_always_allow",
      execution_status: "awaiting_execution_report",
      receipt_id: id(run + 100),
      receipt_parts: ["{}"],
      ask_again: false,
      ...more,
    },
  ]);

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

interface OldDatabase {
  readonly client: Client;
  propose(run: number, more?: object): Promise<string | undefined>;
  upgrade(): Promise<unknown>;
}

/** A database of the version before `migration`. */
async function withDatabaseBefore(migration: string, run: (database: OldDatabase) => Promise<void>): Promise<void> {
  const { url } = await createDatabaseBefore(migration);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(OLD_WORLD);
    await run({
      client,
      propose: async (run, more = {}) => {
        const { rows } = await client.query<{ outcome: string }>("SELECT outcome FROM daai_intercept($1::jsonb)", [proposal(run, more)]);
        return rows[0]?.outcome;
      },
      upgrade: () => migrate({ databaseUrl: url }),
    });
  } finally {
    await client.end();
  }
}

it("keeps what there is, which no budget counts; and a process of the release before decides only where there is no budget", async () => {
  await withDatabaseBefore("20261130020000_budgets", async ({ client, propose, upgrade }) => {
    await upgrade();
    expect(await propose(60)).toBe("created");
    await client.query(`UPDATE action_runs SET execution_status = 'executed', execution_reported_at = now() WHERE id = '${id(50)}'`);
    await client.query(BUDGET);
    expect(await propose(61)).toBe("stale");
    expect(await propose(61, { budgets: [] })).toBe("created");
    expect(await propose(62, { budgets: [COUNTED] })).toBe("created");
    expect(await propose(63, { budgets: [COUNTED] })).toBe("over_budget");
    expect((await client.query("SELECT run_id, state FROM budget_entries")).rows).toEqual([{ run_id: id(62), state: "reserved" }]);
  });
});

it("keeps totals and ledger when their indexes change", async () => {
  await withDatabaseBefore("20261130020100_lighter_budgets", async ({ client, propose, upgrade }) => {
    await client.query(BUDGET);
    expect(await propose(60, { budgets: [COUNTED] })).toBe("created");
    await upgrade();
    expect(await propose(61, { budgets: [COUNTED] })).toBe("over_budget");
    await client.query(`${FAILED} '${id(60)}'`);
    expect(await propose(62, { budgets: [COUNTED] })).toBe("created");
    expect((await client.query("SELECT run_id, state, is_deducted FROM budget_entries ORDER BY run_id")).rows).toEqual([
      { run_id: id(60), state: "given_back", is_deducted: true },
      { run_id: id(62), state: "reserved", is_deducted: false },
    ]);
    expect((await client.query("SELECT trim_scale(used)::text AS used FROM budget_totals")).rows).toEqual([{ used: "1" }]);
  });
});

it("tells a run that waits once, from then on with its budget", async () => {
  await withDatabaseBefore("20261130050000_pending_with_budget", async ({ client, propose, upgrade }) => {
    await client.query(`
      INSERT INTO webhook_endpoints (id, workspace_id, url, sealed_secret, event_types, created_by)
      VALUES ('${id(80)}', '${id(10)}', 'https://example.com', '\\x00', '{run.pending}', 'owner@example.com')`);
    await client.query(BUDGET.replace("'block'", "'ask'").replace(", 1,", ", 0.5,"));
    const waits = { ...WAITS, budgets: [{ ...COUNTED, limit_value: "0.5", when_exceeded: "ask" }], over_budget: id(70) };
    expect(await propose(60, { ...waits, approval_request_id: id(90) })).toBe("created");
    await upgrade();
    expect(await propose(61, { ...waits, approval_request_id: id(91) })).toBe("created");
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
  await withDatabaseBefore("20261130050100_budget_levels", async ({ client, propose, upgrade }) => {
    await client.query(BUDGET.replace(", 1,", ", 2,"));
    const counted = { ...COUNTED, limit_value: "2" };
    expect(await propose(60, { budgets: [counted] })).toBe("created");
    expect(await propose(61, { budgets: [counted] })).toBe("created");
    await client.query(`${FAILED} '${id(60)}'`);
    await upgrade();
    const used = async () => {
      const { rows } = await client.query<{ used: string }>(
        "SELECT trim_scale(l.used)::text AS used FROM budget_totals t CROSS JOIN LATERAL daai_budget_levels(t.budget_id, t.period_start) l",
      );
      return rows.map((row) => row.used);
    };
    expect(await used()).toEqual(["1"]);
    expect(await propose(62, { budgets: [counted] })).toBe("created");
    expect(await propose(63, { budgets: [counted] })).toBe("over_budget");
    expect(await used()).toEqual(["2"]);
  });
});
