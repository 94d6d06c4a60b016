import { expect, it } from "vitest";
import { id, oldProposal, oldWorkspace, withDatabaseBefore } from "@/lib/testing/database-before";

const PENDING = {
  governance_status: "pending_approval",
  governance_reason: "policy_requires_approval",
  execution_status: "not_executed",
  window_minutes: 60,
  emails_per_month: 100,
  grants: { known: [] },
  budgets: [],
};
const proposal = (run: number, more: object) => {
  const link = {
    link_id: id(run + 20),
    delivery_id: id(run + 30),
    email: "ann@example.com",
    token_hash: `0${run % 10}`,
    sealed_token: "00",
  };
  return oldProposal(run, { ...PENDING, approval_request_id: id(run + 10), links: [link], ...more });
};

it("actions start without approvers of rules, and a process of the release before asks until there are some", async () => {
  await withDatabaseBefore("20261204000000_rule_approvers", oldWorkspace("always_require_approval"), async ({ client, upgrade }) => {
    await upgrade();
    const rows = async (sql: string) => (await client.query({ text: sql, rowMode: "array" })).rows;
    const outcome = async (text: string) =>
      (await client.query<{ outcome: string }>("SELECT outcome FROM daai_intercept($1::jsonb)", [text])).rows;
    expect(await rows("SELECT rule_approvers FROM registered_actions")).toEqual([[[]]]);
    expect(await rows("SELECT rule_approvers FROM policy_versions")).toEqual([[null]]);

    expect(await outcome(proposal(100, {}))).toEqual([{ outcome: "created" }]);
    expect(await rows("SELECT asked_rule, stages FROM approval_requests")).toEqual([[null, null]]);

    const own = [{ rule: "large", approvals: 2, people: ["ann@example.com", "ben@example.com"] }];
    await client.query("UPDATE registered_actions SET rule_approvers = $1::jsonb", [JSON.stringify(own)]);
    expect(await outcome(proposal(101, {}))).toEqual([{ outcome: "stale" }]);
    expect(await outcome(proposal(102, { asked_by: { rule: "large" } }))).toEqual([{ outcome: "created" }]);
    expect(await rows(`SELECT asked_rule, stages FROM approval_requests WHERE run_id = '${id(102)}'`)).toEqual([
      ["large", [{ approvals: 2, people: ["ann@example.com"] }]],
    ]);
    expect(await outcome(proposal(103, { asked_by: { rule: null } }))).toEqual([{ outcome: "created" }]);
    expect(await rows(`SELECT asked_rule, stages FROM approval_requests WHERE run_id = '${id(103)}'`)).toEqual([[null, null]]);
  });
});
