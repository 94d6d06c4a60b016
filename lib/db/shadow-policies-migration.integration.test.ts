import { expect, it } from "vitest";
import { id, oldWorkspace, withDatabaseBefore } from "@/lib/testing/database-before";

const shadow = (ordinal: number, end: string) =>
  `INSERT INTO shadow_policies (id, workspace_id, action_id, draft, policy_version, started_by, ended_at, end_reason)
   VALUES ('${id(90 + ordinal)}', '${id(10)}', '${id(40)}', '{}', 1, 'ann@example.com', ${end})`;

it("starts without shadow policies, and takes one at a time of an action", async () => {
  await withDatabaseBefore("20261202000000_shadow_policies", oldWorkspace("always_allow"), async ({ client, upgrade }) => {
    await upgrade();
    expect((await client.query("SELECT FROM shadow_policies")).rowCount).toBe(0);
    await client.query(shadow(1, "NULL, NULL"));
    const refused = (statement: string, why: string) => expect(client.query(statement), statement).rejects.toThrow(why);
    await refused(shadow(2, "NULL, NULL"), "shadow_policies_one_running");
    await refused(shadow(3, "now(), NULL"), "shadow_policies_ended");
    await client.query(shadow(4, "now(), 'stopped'"));
    await client.query(`UPDATE shadow_policies SET ended_at = now(), end_reason = 'replaced' WHERE id = '${id(91)}'`);
    await client.query(shadow(5, "NULL, NULL"));
    // A process of the release before sends nothing about a shadow policy.
    const { rows } = await client.query(
      'SELECT outcome FROM daai_intercept(\'[{"ordinal": 0, "api_key_hash": "00", "workspace_key_hash": "00"}]\')',
    );
    expect(rows).toEqual([{ outcome: "invalid_api_key" }]);
  });
});
