import { Client } from "pg";
import { expect, it } from "vitest";
import { createDatabaseBefore } from "@/lib/testing/database";
import { migrate } from "./migrate";

const FIRST_WITH_BUDGETS = "20261130020000_budgets";
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

it("keeps what there is, which no budget counts; and a process of the release before decides only where there is no budget", async () => {
  const { url } = await createDatabaseBefore(FIRST_WITH_BUDGETS);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(OLD_WORLD);
    await migrate({ databaseUrl: url });
    const outcome = async (run: number, more: object) => {
      const { rows } = await client.query<{ outcome: string }>("SELECT outcome FROM daai_intercept($1::jsonb)", [proposal(run, more)]);
      return rows[0]?.outcome;
    };
    expect(await outcome(60, {})).toBe("created");
    await client.query(`UPDATE action_runs SET execution_status = 'executed', execution_reported_at = now() WHERE id = '${id(50)}'`);
    await client.query(`
      INSERT INTO budgets (id, workspace_id, name, measure, limit_value, per, period, time_zone, when_exceeded, counts_all_actions, created_by)
      VALUES ('${id(70)}', '${id(10)}', 'B', 'count', 1, 'nothing', 'day', 'UTC', 'block', true, 'owner@example.com')`);
    expect(await outcome(61, {})).toBe("stale");
    expect(await outcome(61, { budgets: [] })).toBe("created");
    const counted = {
      budget_id: id(70),
      name: "B",
      limit_value: "1",
      when_exceeded: "block",
      period: "day",
      time_zone: "UTC",
      per_key: "",
      amount: "1",
    };
    expect(await outcome(62, { budgets: [counted] })).toBe("created");
    expect(await outcome(63, { budgets: [counted] })).toBe("over_budget");
    expect((await client.query("SELECT run_id, state FROM budget_entries")).rows).toEqual([{ run_id: id(62), state: "reserved" }]);
  } finally {
    await client.end();
  }
});
