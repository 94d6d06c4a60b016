import { expect, it } from "vitest";
import { id, withDatabaseBefore } from "@/lib/testing/database-before";

/** A pending run with an open link, one with a vote, and an approved run that a worker has claimed, as the version before left them. */
const OLD_WORLD = `
INSERT INTO users (id, email) VALUES ('${id(1)}', 'owner@example.com');
INSERT INTO workspaces (id, owner_id, name, client_name) VALUES ('${id(10)}', '${id(1)}', 'W', 'C');
INSERT INTO members (workspace_id, user_id, role) VALUES ('${id(10)}', '${id(1)}', 'owner');
INSERT INTO api_keys (id, workspace_id, kind, name, key_hash, hint, created_by) VALUES ('${id(30)}', '${id(10)}', 'api', 'K', '\\x01', 'h', 'owner@example.com');
INSERT INTO registered_actions (id, workspace_id, name, title, risk_level, approver_emails, approvals, policy_version)
VALUES ('${id(40)}', '${id(10)}', 'pay', 'Pay', 'low', '{ann@example.com,ben@example.com}', 2, 1);
INSERT INTO policy_versions (id, workspace_id, action_id, version, policy_type, created_by)
VALUES ('${id(41)}', '${id(10)}', '${id(40)}', 1, 'always_require_approval', 'owner@example.com');
INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, policy_version_id, governance_status, governance_reason, execution_status,
  payload_text, payload, payload_salt, payload_hash, sentence, created_at, expires_at)
VALUES ('${id(50)}', '${id(10)}', '${id(30)}', 'pay', '${id(40)}', '${id(41)}', 'pending_approval', 'policy_requires_approval', 'not_executed',
  '{"amount":5}', '{"amount":5}', '\\x00', '\\x05', 'pay', now(), now() + interval '1 day');
INSERT INTO approval_requests (id, workspace_id, run_id, approver_emails, policy_reason, expires_at, created_at, stages)
VALUES ('${id(60)}', '${id(10)}', '${id(50)}', '{ben@example.com}', 'policy_requires_approval', now() + interval '1 day', now(),
  '[{"approvals": 2, "people": ["ann@example.com", "ben@example.com"]}]');
INSERT INTO votes (id, workspace_id, run_id, stage, voter, place, channel, created_at)
VALUES ('${id(70)}', '${id(10)}', '${id(50)}', 1, 'ann@example.com', 'ann@example.com', 'console', now());
INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, governance_status, governance_reason, execution_status,
  payload_text, payload, payload_salt, payload_hash, sentence, created_at, decided_at, claim_worker, claim_token_hash, claimed_at, claim_expires_at)
VALUES ('${id(51)}', '${id(10)}', '${id(30)}', 'pay', '${id(40)}', 'allowed', 'policy_always_allow', 'awaiting_execution_report',
  '{}', '{}', '\\x00', '\\x00', 'pay', now(), now(), 'w', '\\x09', now(), now() + interval '1 hour');`;

it("leaves pending runs, votes and claims as they were, and takes no changes for runs of before", async () => {
  await withDatabaseBefore("20261130060000_payload_changes", OLD_WORLD, async ({ client, upgrade }) => {
    await upgrade();
    const rows = async (sql: string) => (await client.query({ text: sql, rowMode: "array" })).rows;
    expect(await rows("SELECT changeable_fields FROM policy_versions")).toEqual([[null]]);
    expect(await rows("SELECT accepts_changes, approved_payload_hash FROM action_runs")).toEqual([
      [false, null],
      [false, null],
    ]);
    // A vote of before is for what was proposed, and counts.
    expect(await rows(`SELECT daai_approvals(run) ->> 'given' FROM action_runs run WHERE id = '${id(50)}'`)).toEqual([["1"]]);
    const change = `INSERT INTO payload_changes (id, workspace_id, run_id, kind, changed_by, channel, reason, changes_text, payload_text, payload_hash, created_at)
      VALUES ('${id(80)}', '${id(10)}', '${id(50)}', 'change', 'ben@example.com', 'console', 'Less', '[]', '{}', '\\x06', now())`;
    await expect(client.query(change)).rejects.toThrow("takes no changes");
    await client.query(`INSERT INTO votes (id, workspace_id, run_id, stage, voter, place, channel, created_at)
      VALUES ('${id(71)}', '${id(10)}', '${id(50)}', 1, 'ben@example.com', 'ben@example.com', 'console', now())`);
    await client.query(`UPDATE action_runs SET governance_status = 'approved', governance_reason = 'approved_by_human',
      execution_status = 'awaiting_execution_report', decided_at = now(), decided_by = 'ben@example.com' WHERE id = '${id(50)}'`);
    // The claim of before is reported, and what was approved unchanged may be reported without one, as ever.
    await client.query("UPDATE action_runs SET execution_status = 'executed', execution_reported_at = now()");
    expect(await rows("SELECT execution_status FROM action_runs")).toEqual([["executed"], ["executed"]]);
  });
});
