import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { runSentence } from "@/lib/domain/policy/run-sentence";
import { createDatabaseBefore } from "@/lib/testing/database";
import { id } from "@/lib/testing/database-before";
import { migrate } from "./migrate";

const FIRST_WITH_TEXTS = "20261128090000_shown_texts";
let client: Client;

/** Every kind of value that a sentence can name, once as a field and once as the amount. */
const VALUES = [
  1840,
  1840.5,
  "18400",
  "0012.50",
  "1e3",
  1e21,
  1.5e-7,
  0.000001,
  9007199254740993,
  9007199254740991,
  -5,
  0,
  123456.125,
  "1234567890123456789012345.678",
  "9".repeat(65),
  "",
  null,
  true,
  false,
  [],
  [1],
  [1, 2],
  {},
  { a: 1 },
  { a: 1, b: 2 },
  "Nordlicht Café",
  "one\ntwo\r\n\tthree",
  "x".repeat(121),
  "é𝄞".repeat(80),
  "{amount}",
];
const TEMPLATE = "pay {amount} {currency} to {customer.name} ({note}; {list.0}; {missing}) in {amount}";
const payloadOf = (value: unknown) =>
  ({ amount: value, currency: value, note: value, customer: { name: value }, list: [value] }) as JsonObject;

async function query(sql: string, values: unknown[] = []): Promise<unknown[][]> {
  return (await client.query({ text: sql, values, rowMode: "array" })).rows as unknown[][];
}

let made = 100;
async function run(
  action: string,
  at: string,
  { payload = {}, version = 1, recipient = null }: { payload?: JsonObject | null; version?: number; recipient?: string | null } = {},
) {
  const runId = id(++made);
  const isKnown = action !== "unknown";
  await query(
    `INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, policy_version_id, governance_status, governance_reason,
       execution_status, payload_text, payload, payload_salt, payload_hash, recipient, created_at, decided_at)
     SELECT $1::uuid, $2::uuid, $3::uuid, $4::text, a.id, p.id, 'blocked', 'x', 'not_executed', $5::text, $5::text::jsonb, $6::bytea, '\\x00', $7::text, $8::timestamptz, $8::timestamptz
     FROM (SELECT 1) one LEFT JOIN registered_actions a ON $9::boolean AND a.name = $4::text LEFT JOIN policy_versions p ON p.action_id = a.id AND p.version = $10::int`,
    [
      runId,
      id(10),
      id(30),
      action,
      payload === null ? null : JSON.stringify(payload),
      payload === null ? null : Buffer.from("00", "hex"),
      recipient,
      at,
      isKnown,
      version,
    ],
  );
  return runId;
}
let event = 500;
const changed = (verb: string, action: number, at: string, data: object) =>
  query(
    "INSERT INTO audit_events (id, workspace_id, verb, actor_type, subject_type, subject_id, data, created_at) VALUES ($1, $2, $3, 'operator', 'action', $4, $5, $6)",
    [id(++event), id(10), verb, id(action), JSON.stringify(data), at],
  );

const runs: Record<string, string> = {};
const rendered: [runId: string, payload: JsonObject][] = [];

beforeAll(async () => {
  const { url } = await createDatabaseBefore(FIRST_WITH_TEXTS);
  client = new Client({ connectionString: url });
  await client.connect();
  await query("BEGIN");
  await query(`INSERT INTO users (id, email) VALUES ($1, 'ann@example.com')`, [id(1)]);
  await query(`INSERT INTO workspaces (id, owner_id, name, client_name) VALUES ($1, $2, 'W', 'C')`, [id(10), id(1)]);
  await query(
    `INSERT INTO api_keys (id, workspace_id, kind, name, key_hash, hint, created_by) VALUES ($1, $2, 'api', 'K', '\\x01', 'h', 'ann@example.com')`,
    [id(30), id(10)],
  );
  const actions = [
    [40, "pay", "Draft note", "draft a note for {cc}"],
    [41, "told", "Told", TEMPLATE],
    [42, "plain", "Plain", null],
  ] as const;
  for (const [n, name, title, sentence] of actions) {
    await query(
      `INSERT INTO registered_actions (id, workspace_id, name, title, risk_level, sentence, policy_version) VALUES ($1, $2, $3, $4, 'low', $5, 1)`,
      [id(n), id(10), name, title, sentence],
    );
    for (const version of [1, 2])
      await query(
        `INSERT INTO policy_versions (id, workspace_id, action_id, version, policy_type, created_by) VALUES ($1, $2, $3, $4, 'always_require_approval', 'x')`,
        [id(n + 10 * version), id(10), id(n), version],
      );
  }
  const first = { title: "Pay supplier", sentence: "pay {amount} {currency} to {to}" };
  await changed("action.registered", 40, "2026-02-01", { policy_version: 1, after: first });
  await changed("action.edited", 40, "2026-03-01", { policy_version: 1, before: { sentence: first.sentence }, after: { sentence: null } });
  await changed("action.edited", 40, "2026-04-01", {
    policy_version: 2,
    before: { sentence: null, title: first.title },
    after: { sentence: "draft a note for {cc}", title: "Draft note" },
  });
  // Of this one the history begins late.
  await changed("action.edited", 42, "2026-03-01", { policy_version: 1, before: { title: "Once" }, after: { title: "Plain" } });

  const payload = { amount: "1250", currency: "EUR", to: "a@example.com", cc: "b@example.com" };
  runs.first = await run("pay", "2026-02-15", { payload });
  runs.bare = await run("pay", "2026-03-15", { payload, recipient: "a@example.com" });
  runs.last = await run("pay", "2026-04-15", { payload, version: 2 });
  runs.decidedBefore = await run("pay", "2026-04-01", { payload, version: 1 });
  runs.early = await run("plain", "2026-01-01", { payload: { reference: 1 } });
  runs.late = await run("plain", "2026-05-01", { payload: { amount: 5 } });
  runs.erased = await run("pay", "2026-02-15", { payload: null });
  runs.unknown = await run("unknown", "2026-02-15", { payload: { amount: 2 } });
  for (const value of VALUES) rendered.push([await run("told", "2026-02-15", { payload: payloadOf(value) }), payloadOf(value)]);
  await query("COMMIT");
  await migrate({ databaseUrl: url });
});
afterAll(() => client.end());

const shown = async (runId: string | undefined) =>
  (await query("SELECT action_title, sentence FROM action_runs WHERE id = $1", [runId]))[0];

test("runs say what they said when they were proposed, as far as the history of their action tells", async () => {
  expect(await shown(runs.first)).toEqual(["Pay supplier", "pay 1,250.00 EUR to a@example.com"]);
  expect(await shown(runs.bare)).toEqual(["Pay supplier", "run pay for 1,250.00 EUR, to a@example.com"]);
  expect(await shown(runs.last)).toEqual(["Draft note", "draft a note for b@example.com"]);
  // In the same moment as the change: its policy's version says on which side of it.
  expect(await shown(runs.decidedBefore)).toEqual(["Pay supplier", "run pay for 1,250.00 EUR"]);
  expect(await shown(runs.early)).toEqual(["Once", "run plain"]);
  expect(await shown(runs.late)).toEqual(["Plain", "run plain for 5.00"]);
  expect(await shown(runs.unknown)).toEqual([null, "run unknown for 2.00"]);
});

test("nothing comes back of a run that was erased", async () => {
  expect(await shown(runs.erased)).toEqual(["Pay supplier", null]);
});

test("the migration reads payloads as the application does, whatever stands in them", async () => {
  const action = {
    name: "told",
    title: "Told",
    sentence: TEMPLATE,
    amountField: "amount",
    currencyField: "currency",
    recipientField: null,
  };
  for (const [runId, payload] of rendered)
    expect([payload.amount, (await shown(runId))?.[1]]).toEqual([payload.amount, runSentence(action, payload)]);
});

test("afterwards a run's title and sentence stay", async () => {
  await expect(query("UPDATE action_runs SET sentence = 'other' WHERE id = $1", [runs.first])).rejects.toThrow("change what was proposed");
  await expect(query("UPDATE action_runs SET action_title = 'Other' WHERE id = $1", [runs.first])).rejects.toThrow(
    "change what was proposed",
  );
  await expect(query("UPDATE action_runs SET sentence = NULL WHERE id = $1", [runs.first])).rejects.toThrow(
    /change what was proposed|action_runs_sentence/,
  );
});
