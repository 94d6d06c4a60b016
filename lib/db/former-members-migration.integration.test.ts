import { expect, it } from "vitest";
import { id, withDatabaseBefore } from "@/lib/testing/database-before";

const FIRST_WITH_FORMER_MEMBERS = "20261128020000_who_may_decide";

/** A workspace as the version before left it: keys of the operator, and a member who was removed and is asked still. */
const OLD_WORLD = `
INSERT INTO users (id, email) VALUES ('${id(1)}', 'first@example.com'), ('${id(2)}', 'second@example.com'), ('${id(3)}', 'bob@example.com'), ('${id(4)}', 'back@example.com');
INSERT INTO workspaces (id, owner_id, name, client_name, approver_emails, created_at) VALUES ('${id(10)}', '${id(2)}', 'W', 'C', '{bob@example.com}', '2026-01-01');
INSERT INTO members (workspace_id, user_id, role) VALUES ('${id(10)}', '${id(2)}', 'owner'), ('${id(10)}', '${id(4)}', 'approver');
INSERT INTO audit_events (id, workspace_id, verb, actor_type, subject_type, subject_id, data, created_at) VALUES
  ('${id(20)}', '${id(10)}', 'workspace.owner_changed', 'operator', 'workspace', '${id(10)}', '{"before": "${id(1)}", "after": "${id(2)}"}', '2026-03-01'),
  ('${id(21)}', '${id(10)}', 'member.removed', 'operator', 'user', '${id(3)}', '{}', '2026-04-01'),
  ('${id(22)}', '${id(10)}', 'member.left', 'user', 'user', '${id(4)}', '{}', '2026-02-01');
INSERT INTO api_keys (id, workspace_id, kind, name, key_hash, hint, created_by, created_at) VALUES
  ('${id(30)}', '${id(10)}', 'api', 'Old', '\\x01', 'h', 'operator', '2026-02-01'),
  ('${id(31)}', '${id(10)}', 'api', 'New', '\\x02', 'h', 'operator', '2026-05-01'),
  ('${id(32)}', '${id(10)}', 'api', 'Own', '\\x03', 'h', 'ann@example.com', '2026-05-01');
INSERT INTO registered_actions (id, workspace_id, name, title, risk_level, approver_emails, escalation_emails, policy_version)
VALUES ('${id(40)}', '${id(10)}', 'pay', 'Pay', 'low', '{ann@example.com,bob+x@example.com,back@example.com}', '{BOB@example.com}', 1);
INSERT INTO policy_versions (id, workspace_id, action_id, version, policy_type, created_by)
VALUES ('${id(41)}', '${id(10)}', '${id(40)}', 1, 'always_require_approval', 'operator');
INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, governance_status, governance_reason, execution_status,
  payload_text, payload, payload_salt, payload_hash, created_at, expires_at)
VALUES ('${id(50)}', '${id(10)}', '${id(30)}', 'pay', '${id(40)}', 'pending_approval', 'policy_always_requires_approval', 'not_executed',
  '{}', '{}', '\\x00', '\\x00', now(), now() + interval '1 day');
INSERT INTO approval_requests (id, workspace_id, run_id, approver_emails, policy_reason, expires_at, created_at)
VALUES ('${id(60)}', '${id(10)}', '${id(50)}', '{bob@example.com,ann@example.com}', 'policy_always_requires_approval', now() + interval '1 day', now());
INSERT INTO decision_links (id, workspace_id, approval_request_id, approver_email, token_hash, expires_at, created_at) VALUES
  ('${id(70)}', '${id(10)}', '${id(60)}', 'bob@example.com', '\\x01', now() + interval '1 day', now()),
  ('${id(71)}', '${id(10)}', '${id(60)}', 'ann@example.com', '\\x02', now() + interval '1 day', now());`;

it("gives keys their makers, and takes whoever was removed out of lists, requests and links", async () => {
  await withDatabaseBefore(FIRST_WITH_FORMER_MEMBERS, OLD_WORLD, async ({ client, upgrade }) => {
    await upgrade();
    const rows = async (sql: string) => (await client.query({ text: sql, rowMode: "array" })).rows;
    expect(await rows("SELECT name, created_by FROM api_keys ORDER BY id")).toEqual([
      ["Old", "first@example.com"],
      ["New", "second@example.com"],
      ["Own", "ann@example.com"],
    ]);
    // Who came back is no former member.
    expect(await rows("SELECT user_id, left_at FROM former_members")).toEqual([[id(3), new Date("2026-04-01")]]);
    expect(await rows("SELECT approver_emails, escalation_emails, config_version FROM registered_actions")).toEqual([
      [["ann@example.com", "back@example.com"], [], 2],
    ]);
    expect(await rows("SELECT approver_emails FROM workspaces")).toEqual([[[]]]);
    expect(await rows("SELECT approver_emails FROM approval_requests")).toEqual([[["ann@example.com"]]]);
    expect(await rows("SELECT approver_email, withdrawn_reason FROM decision_links ORDER BY id")).toEqual([
      ["bob@example.com", "left"],
      ["ann@example.com", null],
    ]);
    const [job] = await rows(
      "SELECT payload FROM graphile_worker._private_jobs JOIN graphile_worker._private_tasks t ON t.id = task_id WHERE identifier = 'replace-approver'",
    );
    expect(job).toEqual([{ requestId: id(60) }]);
  });
});
