import { expect, it } from "vitest";
import { id, withDatabaseBefore } from "@/lib/testing/database-before";

const FIRST_WITH_ATTEMPTS = "20261129000000_attempts";

const run = (n: number, key: string | null, [status, reason, execution]: readonly [string, string, string]) => `
INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, idempotency_key, governance_status, governance_reason,
  execution_status, payload_text, payload, payload_salt, payload_hash, sentence, created_at, expires_at, decided_at)
VALUES ('${id(n)}', '${id(10)}', '${id(30)}', 'pay', '${id(40)}', ${key === null ? "NULL" : `'${key}'`}, '${status}', '${reason}', '${execution}',
  '{}', '{}', '\\x00', '\\x00', 'pay', now(), ${status === "pending_approval" ? "now() + interval '1 day', NULL" : "NULL, now()"});`;
const PENDING = ["pending_approval", "policy_requires_approval", "not_executed"] as const;
const REJECTED = ["rejected", "rejected_by_human", "not_executed"] as const;

/** Runs with and without a key, in different states, as the version before left them. */
const OLD_WORLD = `
INSERT INTO users (id, email) VALUES ('${id(1)}', 'owner@example.com');
INSERT INTO workspaces (id, owner_id, name, client_name) VALUES ('${id(10)}', '${id(1)}', 'W', 'C');
INSERT INTO api_keys (id, workspace_id, kind, name, key_hash, hint, created_by) VALUES ('${id(30)}', '${id(10)}', 'api', 'K', '\\x01', 'h', 'owner@example.com');
INSERT INTO registered_actions (id, workspace_id, name, title, risk_level, policy_version) VALUES ('${id(40)}', '${id(10)}', 'pay', 'Pay', 'low', 1);
INSERT INTO policy_versions (id, workspace_id, action_id, version, policy_type, created_by)
VALUES ('${id(41)}', '${id(10)}', '${id(40)}', 1, 'always_require_approval', 'owner@example.com');
${run(50, "waits", PENDING)}
${run(51, "refused", REJECTED)}
${run(52, null, REJECTED)}
${run(53, null, REJECTED)}`;

/** A further run of a key, as this version writes it. */
const next = (n: number, key: string, after: number) =>
  run(n, key, PENDING)
    .replace("idempotency_key,", "idempotency_key, attempt, previous_run_id,")
    .replace(`'${key}',`, `'${key}', 2, '${id(after)}',`);

it("makes every run of before the first of its key, and lets a key ask again once that one is over", async () => {
  await withDatabaseBefore(FIRST_WITH_ATTEMPTS, OLD_WORLD, async ({ client, upgrade }) => {
    const rows = async (sql: string) => (await client.query({ text: sql, rowMode: "array" })).rows;
    const texts = "SELECT id, idempotency_key, governance_status, governance_reason, payload_text, decided_at FROM action_runs ORDER BY id";
    const before = await rows(texts);
    await upgrade();
    expect(await rows(texts)).toEqual(before);
    expect(await rows("SELECT DISTINCT attempt, previous_run_id FROM action_runs")).toEqual([[1, null]]);
    // No action of before holds anyone off.
    expect(await rows("SELECT ask_again_after_minutes FROM registered_actions")).toEqual([[null]]);
    // A key still has one first run, and no second one while that waits.
    await expect(client.query(run(60, "refused", PENDING))).rejects.toThrow("action_runs_key_attempt");
    await expect(client.query(next(61, "waits", 50))).rejects.toThrow("cannot follow run");
    await expect(client.query(next(62, "refused", 52))).rejects.toThrow("cannot follow run");
    await client.query(next(63, "refused", 51));
    await expect(client.query(next(64, "refused", 51))).rejects.toThrow("duplicate key");
    expect(await rows(`SELECT attempt, previous_run_id FROM action_runs WHERE id = '${id(63)}'`)).toEqual([[2, id(51)]]);
  });
});
