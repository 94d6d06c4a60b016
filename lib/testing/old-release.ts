import { readFileSync } from "node:fs";
import { Client } from "pg";

/**
 * What the release before 2026-11-28 left behind after working for a while, as its own code wrote it under the settings of
 * tests: every table, row by row, and the jobs that were still to do. What waits there waits for a hundred years.
 */
interface OldRelease {
  readonly known: {
    readonly workspaceId: string;
    readonly apiKey: string;
    readonly workspaceKey: string;
    readonly claimToken: string;
    readonly shareUrl: string;
    readonly mailedTokens: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
  readonly jobs: readonly { readonly task: string; readonly payload: object; readonly runAt: string; readonly key: string | null }[];
  readonly tables: Readonly<Record<string, readonly object[]>>;
}
const KEPT = JSON.parse(readFileSync("lib/testing/release-before-20261128.json", "utf8")) as OldRelease;
/** Beside what was kept: two operators, one on the plan of the settings and one who had been given another, and a webhook. */
const OPERATOR = { ...KEPT.tables.users?.[0], is_operator: true };
export const OLD: OldRelease = {
  ...KEPT,
  tables: {
    ...KEPT.tables,
    webhook_endpoints: [
      {
        id: "01ac0000-0000-7000-8000-000000000003",
        workspace_id: KEPT.known.workspaceId,
        kind: "webhook",
        url: "https://hooks.example.com/a\r\n\tb",
        sealed_secret: "\\x00",
        event_types: ["run.decided"],
        created_by: "ann@example.com",
        created_at: "2026-11-20T00:00:00Z",
      },
    ],
    users: [
      ...(KEPT.tables.users ?? []),
      { ...OPERATOR, id: "01ac0000-0000-7000-8000-000000000001", email: "root@example.com", plan: null },
      { ...OPERATOR, id: "01ac0000-0000-7000-8000-000000000002", email: "second@example.com", plan: "free" },
    ],
  },
};
/** The first migration that it did not know. */
export const FIRST_NEW = "20261128";

/** Names that the release before took. */
export const HIDING = { name: "Be\r\n\r\nReview and decide:\r\nx", clientName: "Halvorsen\u202e 👩‍💻" };
Object.assign(OLD.tables.workspaces?.[0] ?? {}, { name: HIDING.name, client_name: HIDING.clientName });

/** As a backup is read: no trigger fires, and foreign keys are checked when everything is there. */
export async function restoreOldRelease(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = Object.keys(OLD.tables);
    const switchTriggers = (to: string) => client.query(tables.map((table) => `ALTER TABLE ${table} ${to} TRIGGER USER`).join(";"));
    await switchTriggers("DISABLE");
    const inserts = tables.map(
      (table) =>
        `${table}_rows AS (INSERT INTO ${table} SELECT (jsonb_populate_record(null::${table}, r)).* FROM jsonb_array_elements($1::jsonb -> '${table}') r)`,
    );
    await client.query(`WITH ${inserts.join(", ")} SELECT`, [JSON.stringify(OLD.tables)]);
    await switchTriggers("ENABLE");
    for (const { task, payload, runAt, key } of OLD.jobs)
      await client.query("SELECT graphile_worker.add_job($1, $2::json, run_at => $3, job_key => $4)", [
        task,
        JSON.stringify(payload),
        runAt,
        key,
      ]);
  } finally {
    await client.end();
  }
}
