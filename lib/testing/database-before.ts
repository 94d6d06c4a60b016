import { Client } from "pg";
import { migrate } from "@/lib/db/migrate";
import { createDatabaseBefore } from "./database";

/** The ids of rows that a test of a migration writes and names. */
export const id = (n: number) => `01980000-0000-7000-8000-${String(n).padStart(12, "0")}`;

interface DatabaseBefore {
  readonly client: Client;
  /** Brings it up to date. */
  upgrade(): Promise<unknown>;
}

/** A database of the version before `migration`, with what `rows` inserts. */
export async function withDatabaseBefore(migration: string, rows: string, run: (database: DatabaseBefore) => Promise<void>): Promise<void> {
  const { url } = await createDatabaseBefore(migration);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(rows);
    await run({ client, upgrade: () => migrate({ databaseUrl: url }) });
  } finally {
    await client.end();
  }
}

/** SQL of workspace 10 with the keys 30 and 31 and the action 40, `pay`. */
export const oldWorkspace = (policyType: string) => `
INSERT INTO users (id, email) VALUES ('${id(1)}', 'owner@example.com');
INSERT INTO workspaces (id, owner_id, name, client_name) VALUES ('${id(10)}', '${id(1)}', 'W', 'C');
INSERT INTO members (workspace_id, user_id, role) VALUES ('${id(10)}', '${id(1)}', 'owner');
INSERT INTO api_keys (id, workspace_id, kind, name, key_hash, hint, created_by) VALUES
  ('${id(30)}', '${id(10)}', 'api', 'K', '\\x01', 'h', 'owner@example.com'), ('${id(31)}', '${id(10)}', 'workspace', 'W', '\\x02', 'h', 'owner@example.com');
INSERT INTO registered_actions (id, workspace_id, name, title, risk_level, policy_version) VALUES ('${id(40)}', '${id(10)}', 'pay', 'Pay', 'low', 1);
INSERT INTO policy_versions (id, workspace_id, action_id, version, policy_type, created_by)
VALUES ('${id(41)}', '${id(10)}', '${id(40)}', 1, '${policyType}', 'owner@example.com');`;

/** What `daai_intercept` takes for a run of `pay` in that workspace. `more`: what was decided about it. */
export const oldProposal = (run: number, more: object) =>
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
      ask_again: false,
      ...more,
    },
  ]);
