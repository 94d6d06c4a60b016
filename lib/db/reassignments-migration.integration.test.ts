import { expect, it } from "vitest";
import { id, withDatabaseBefore } from "@/lib/testing/database-before";

const FIRST_WITH_REASSIGNMENTS = "20261129010100_reassignments";

/** A pending run as the version before left it: one approver's link is open, another's was replaced, a reminder was queued. */
const OLD_WORLD = `
INSERT INTO users (id, email) VALUES ('${id(1)}', 'owner@example.com');
INSERT INTO workspaces (id, owner_id, name, client_name) VALUES ('${id(10)}', '${id(1)}', 'W', 'C');
INSERT INTO members (workspace_id, user_id, role) VALUES ('${id(10)}', '${id(1)}', 'owner');
INSERT INTO api_keys (id, workspace_id, kind, name, key_hash, hint, created_by) VALUES ('${id(30)}', '${id(10)}', 'api', 'K', '\\x01', 'h', 'owner@example.com');
INSERT INTO registered_actions (id, workspace_id, name, title, risk_level, approver_emails, policy_version, requires_four_eyes)
VALUES ('${id(40)}', '${id(10)}', 'pay', 'Pay', 'low', '{ann@example.com,Chi@example.com}', 1, true);
INSERT INTO policy_versions (id, workspace_id, action_id, version, policy_type, created_by)
VALUES ('${id(41)}', '${id(10)}', '${id(40)}', 1, 'always_require_approval', 'owner@example.com');
INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, governance_status, governance_reason, execution_status,
  payload_text, payload, payload_salt, payload_hash, sentence, created_at, expires_at)
VALUES ('${id(50)}', '${id(10)}', '${id(30)}', 'pay', '${id(40)}', 'pending_approval', 'policy_requires_approval', 'not_executed',
  '{}', '{}', '\\x00', '\\x00', 'pay', now(), now() + interval '1 day');
INSERT INTO approval_requests (id, workspace_id, run_id, approver_emails, policy_reason, expires_at, created_at)
VALUES ('${id(60)}', '${id(10)}', '${id(50)}', '{ann@example.com}', 'policy_requires_approval', now() + interval '1 day', now());
INSERT INTO decision_links (id, workspace_id, approval_request_id, approver_email, token_hash, expires_at, created_at, withdrawn_at, withdrawn_reason) VALUES
  ('${id(70)}', '${id(10)}', '${id(60)}', 'ann@example.com', '\\x01', now() + interval '1 day', now(), NULL, NULL),
  ('${id(71)}', '${id(10)}', '${id(60)}', 'old@example.com', '\\x02', now() + interval '1 day', now(), now(), 'replaced');
INSERT INTO email_deliveries (id, workspace_id, run_id, decision_link_id, kind, to_email, status, ask_reason, created_at)
VALUES ('${id(80)}', '${id(10)}', '${id(50)}', '${id(70)}', 'approval_request', 'ann@example.com', 'queued', 'reminder', now());`;

it("keeps pending requests and links, which can be reassigned from then on", async () => {
  await withDatabaseBefore(FIRST_WITH_REASSIGNMENTS, OLD_WORLD, async ({ client, upgrade }) => {
    await upgrade();
    const rows = async (sql: string) => (await client.query({ text: sql, rowMode: "array" })).rows;
    const mayTakeOver = (person: string) =>
      `SELECT daai_may_take_over('${id(10)}', '${id(40)}', '${id(30)}', '${person}', '{owner,admin,approver}')`;
    // Listed by the action; the maker of the key under four eyes; a stranger.
    expect(await rows(mayTakeOver("ann@example.com"))).toEqual([[true]]);
    expect(await rows(mayTakeOver("owner@example.com"))).toEqual([[false]]);
    expect(await rows(mayTakeOver("stranger@example.com"))).toEqual([[false]]);

    expect(await rows(`SELECT id FROM daai_withdraw('{${id(60)}}', 'ann@example.com', 'reassigned') AS id`)).toEqual([[id(60)]]);
    expect(await rows("SELECT approver_email, withdrawn_reason FROM decision_links ORDER BY id")).toEqual([
      ["ann@example.com", "reassigned"],
      ["old@example.com", "replaced"],
    ]);
    expect(await rows("SELECT ask_reason FROM email_deliveries")).toEqual([["reminder"]]);
    await client.query(
      `INSERT INTO reassignments (id, workspace_id, run_id, from_email, to_email, created_at) VALUES ('${id(90)}', '${id(10)}', '${id(50)}', 'a', 'b', now())`,
    );
    await expect(client.query("UPDATE reassignments SET to_email = 'c'")).rejects.toThrow();
    await expect(client.query("DELETE FROM reassignments")).rejects.toThrow();
  });
});
