import { expect, it } from "vitest";
import { id, oldProposal, oldWorkspace, withDatabaseBefore } from "@/lib/testing/database-before";

/** A run that a person approved, with its receipt, as the version before left it. */
const OLD_WORLD = `
${oldWorkspace("always_require_approval")}
INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, governance_status, governance_reason, execution_status,
  payload_text, payload, payload_salt, payload_hash, sentence, created_at, decided_at)
VALUES ('${id(50)}', '${id(10)}', '${id(30)}', 'pay', '${id(40)}', 'approved', 'approved_by_human', 'awaiting_execution_report',
  '{}', '{}', '\\x00', '\\x00', 'pay', now(), now());
INSERT INTO receipts (id, workspace_id, kind, run_id, body, leaf_hash, created_at)
VALUES ('${id(70)}', '${id(10)}', 'decision', '${id(50)}', '{}', sha256('\\x00'::bytea || '{}'::bytea), now());`;

const GRANT = `
INSERT INTO standing_grants (id, workspace_id, run_id, action_id, policy_version_id, asked_reason, facts, facts_text, max_uses, ends_at, given_by,
  created_at, needs_confirmation)
VALUES ('${id(80)}', '${id(10)}', '${id(50)}', '${id(40)}', '${id(41)}', 'policy_requires_approval', '{actor}', '{}', 1, now() + interval '1 day',
  'owner@example.com', now(), false)`;

const asked = (run: number) => ({
  governance_status: "pending_approval",
  governance_reason: "policy_requires_approval",
  execution_status: "not_executed",
  window_minutes: 60,
  approval_request_id: id(run + 100),
  links: [],
  budgets: [],
});

const BY_GRANT = {
  governance_status: "allowed",
  governance_reason: "standing_grant",
  execution_status: "awaiting_execution_report",
  approval_request_id: null,
  receipt_parts: ['{"uses":"m-uses"}'],
};

it("keeps what there is; and a process of the release before still asks people, whatever grants there are", async () => {
  await withDatabaseBefore("20261130070000_standing_grants", OLD_WORLD, async ({ client, upgrade }) => {
    await upgrade();
    expect((await client.query("SELECT governance_status FROM action_runs")).rows).toEqual([{ governance_status: "approved" }]);
    expect((await client.query("SELECT kind, body FROM receipts")).rows).toEqual([{ kind: "decision", body: "{}" }]);
    const propose = async (run: number, more: object = {}) => {
      const { rows } = await client.query("SELECT outcome, standing_grant FROM daai_intercept($1::jsonb)", [
        oldProposal(run, { ...asked(run), ...more }),
      ]);
      return rows[0] as { outcome: string; standing_grant: { uses_before: number } | null };
    };
    const grants = {
      id: id(80),
      facts_text: "{}",
      asked_reason: "policy_requires_approval",
      asked_rule: null,
      deciders: ["owner"],
      mark: "m",
    };
    const byGrant = (run: number) => propose(run, { ...BY_GRANT, receipt_id: id(run + 200), grants });
    expect((await byGrant(60)).outcome).toBe("grant_refused");
    await client.query(GRANT);
    const links = [{ link_id: id(300), delivery_id: id(301), email: "owner@example.com", token_hash: "00", sealed_token: "00" }];
    expect((await propose(61, { links })).outcome).toBe("created");
    expect((await propose(62, { links, grants: { known: [] } })).outcome).toBe("stale");
    expect(await byGrant(63)).toMatchObject({ outcome: "created", standing_grant: { uses_before: 0 } });
    expect((await byGrant(64)).outcome).toBe("grant_refused");
    expect((await client.query("SELECT run_id FROM grant_uses")).rows).toEqual([{ run_id: id(63) }]);
    expect((await client.query("SELECT body FROM receipts WHERE id = $1", [id(263)])).rows).toEqual([{ body: '{"uses":"0"}' }]);
  });
});
