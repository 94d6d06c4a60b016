import { expect, it } from "vitest";
import { id, oldWorkspace, withDatabaseBefore } from "@/lib/testing/database-before";

const proposal = (ordinal: number, values: string) =>
  `INSERT INTO policy_proposals (id, workspace_id, kind, action_id, change, base, proposed_by, status, ended_by, ended_at)
   VALUES ('${id(90 + ordinal)}', '${id(10)}', ${values})`;
const OF_ACTION = `'edit', '${id(40)}', '{}', '1'`;

it("asks no workspace for a second person, keeps a process of the release before working, and takes only what two people did", async () => {
  await withDatabaseBefore("20261201060000_policy_proposals", oldWorkspace("always_allow"), async ({ client, upgrade }) => {
    await upgrade();
    const rows = async (sql: string) => (await client.query({ text: sql, rowMode: "array" })).rows;
    expect(await rows("SELECT policy_change_needs_another_person FROM workspaces")).toEqual([[false]]);
    // As the release before registers a workspace and edits an action.
    await client.query(`INSERT INTO workspaces (id, owner_id, name, client_name) VALUES ('${id(11)}', '${id(1)}', 'W2', 'C')`);
    await client.query(`UPDATE registered_actions SET config_version = 2 WHERE id = '${id(40)}'`);

    await client.query(proposal(1, `${OF_ACTION}, 'ann@example.com', 'pending', NULL, NULL`));
    const refused = (ordinal: number, values: string, why: string) =>
      expect(client.query(proposal(ordinal, values)), values).rejects.toThrow(why);
    await refused(2, `${OF_ACTION}, 'ben@example.com', 'pending', NULL, NULL`, "policy_proposals_one_pending");
    await refused(3, `${OF_ACTION}, 'ann@example.com', 'confirmed', 'Ann+2@example.com', now()`, "policy_proposals_two_people");
    await refused(4, `${OF_ACTION}, NULL, 'confirmed', NULL, now()`, "policy_proposals_two_people");
    await refused(5, `${OF_ACTION}, 'ann@example.com', 'declined', 'ben@example.com', NULL`, "policy_proposals_ended");
    await refused(6, `'group', '${id(40)}', '{}', '1', 'ann@example.com', 'pending', NULL, NULL`, "policy_proposals_subject");
    await client.query(proposal(7, `${OF_ACTION}, 'ann@example.com', 'confirmed', 'ben@example.com', now()`));
    await client.query(proposal(8, `'rule', NULL, '{}', 'on', 'ann@example.com', 'pending', NULL, NULL`));
    await refused(9, `'rule', NULL, '{}', 'on', 'ben@example.com', 'pending', NULL, NULL`, "policy_proposals_one_pending");
  });
});
