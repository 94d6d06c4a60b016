import { expect, it } from "vitest";
import { id, withDatabaseBefore } from "@/lib/testing/database-before";

const FIRST_WITH_VOTES = "20261130010000_votes";

/** A pending run with an open link, and a decided one with its receipt, as the version before left them. */
const OLD_WORLD = `
INSERT INTO users (id, email) VALUES ('${id(1)}', 'owner@example.com');
INSERT INTO workspaces (id, owner_id, name, client_name) VALUES ('${id(10)}', '${id(1)}', 'W', 'C');
INSERT INTO members (workspace_id, user_id, role) VALUES ('${id(10)}', '${id(1)}', 'owner');
INSERT INTO api_keys (id, workspace_id, kind, name, key_hash, hint, created_by) VALUES ('${id(30)}', '${id(10)}', 'api', 'K', '\\x01', 'h', 'owner@example.com');
INSERT INTO registered_actions (id, workspace_id, name, title, risk_level, approver_emails, policy_version)
VALUES ('${id(40)}', '${id(10)}', 'pay', 'Pay', 'low', '{ann@example.com,ben@example.com}', 1);
INSERT INTO policy_versions (id, workspace_id, action_id, version, policy_type, created_by)
VALUES ('${id(41)}', '${id(10)}', '${id(40)}', 1, 'always_require_approval', 'owner@example.com');
INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, governance_status, governance_reason, execution_status,
  payload_text, payload, payload_salt, payload_hash, sentence, created_at, expires_at)
VALUES ('${id(50)}', '${id(10)}', '${id(30)}', 'pay', '${id(40)}', 'pending_approval', 'policy_requires_approval', 'not_executed',
  '{}', '{}', '\\x00', '\\x00', 'pay', now(), now() + interval '1 day');
INSERT INTO approval_requests (id, workspace_id, run_id, approver_emails, policy_reason, expires_at, created_at)
VALUES ('${id(60)}', '${id(10)}', '${id(50)}', '{ann@example.com,ben@example.com}', 'policy_requires_approval', now() + interval '1 day', now());
INSERT INTO decision_links (id, workspace_id, approval_request_id, approver_email, token_hash, expires_at, created_at)
VALUES ('${id(70)}', '${id(10)}', '${id(60)}', 'ann@example.com', '\\x01', now() + interval '1 day', now());
INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, governance_status, governance_reason, execution_status,
  payload_text, payload, payload_salt, payload_hash, sentence, created_at, decided_at)
VALUES ('${id(51)}', '${id(10)}', '${id(30)}', 'pay', 'blocked', 'unknown_action', 'not_executed', '{}', '{}', '\\x00', '\\x00', 'pay', now(), now());
INSERT INTO receipts (id, workspace_id, kind, run_id, body, leaf_hash, created_at)
VALUES ('${id(80)}', '${id(10)}', 'decision', '${id(51)}', 'B', sha256('\\x00'::bytea || 'B'), now());`;

it("lets one person decide what waits and what the actions of before ask, and keeps links and receipts", async () => {
  await withDatabaseBefore(FIRST_WITH_VOTES, OLD_WORLD, async ({ client, upgrade }) => {
    await upgrade();
    const rows = async (sql: string) => (await client.query({ text: sql, rowMode: "array" })).rows;
    expect(await rows("SELECT approvals, later_stages FROM registered_actions")).toEqual([[1, []]]);
    expect(await rows("SELECT stages, stage, approver_emails FROM approval_requests")).toEqual([
      [null, 1, ["ann@example.com", "ben@example.com"]],
    ]);
    expect(await rows("SELECT stage, used_at, withdrawn_at FROM decision_links")).toEqual([[1, null, null]]);
    expect(await rows("SELECT daai_approvals(run) FROM action_runs run")).toEqual([[null], [null]]);
    expect(await rows("SELECT kind, ordinal FROM receipts")).toEqual([["decision", 0]]);
    await client.query(`UPDATE action_runs SET governance_status = 'approved', governance_reason = 'approved_by_human',
      execution_status = 'awaiting_execution_report', decided_at = now(), decided_by = 'ann@example.com' WHERE id = '${id(50)}'`);
    expect(await rows(`SELECT governance_status FROM action_runs WHERE id = '${id(50)}'`)).toEqual([["approved"]]);
    // A run still has one decision.
    const second = `INSERT INTO receipts (id, workspace_id, kind, run_id, body, leaf_hash, created_at)
      VALUES ('${id(81)}', '${id(10)}', 'decision', '${id(51)}', 'C', sha256('\\x00'::bytea || 'C'), now())`;
    await expect(client.query(second)).rejects.toThrow("duplicate key");
  });
});
