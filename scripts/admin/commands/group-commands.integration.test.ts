import { expect, test } from "vitest";
import { makeDecider } from "@/lib/testing/deciders";
import { makeWorkspace } from "@/lib/testing/factories";
import { admin, json, refused } from "../try-admin";

test("a group is created, asked by actions, edited with them, and deleted once no action asks it", async () => {
  const workspace = await makeWorkspace();
  const member = () => makeDecider(workspace, "approver");
  const [ann, ben, chi] = [await member(), await member(), await member()];
  const of = ["--workspace", workspace.workspaceId];
  const members = (...people: { email: string }[]) => people.flatMap(({ email }) => ["--member", email]);
  const emails = (...people: { email: string }[]) => people.map(({ email }) => email).sort();
  expect(await json("group", "list", ...of)).toEqual({ groups: [] });
  const finance = await json("group", "create", ...of, "--name", "Finance", ...members(ann, ben));
  expect(finance).toMatchObject({ name: "Finance", members: emails(ann, ben), actions: [] });
  const board = await json("group", "create", ...of, "--name", "Board", ...members(chi));

  const wire = [...of, "--name", "wire"];
  const asking = ["--policy", "always_require_approval", "--approver-group", "Finance", "--approvals", "2", "--stage", "1:@Board"];
  expect(await json("action", "register", ...wire, ...asking)).toMatchObject({
    approver_group: "Finance",
    approvers: emails(ann, ben),
    later_stages: [{ approvals: 1, people: emails(chi), group: "Board" }],
  });
  expect(await refused("group", "edit", String(finance.group_id), ...of, ...members(ann))).toContain(
    "Must be at most 1: 1 person is asked.",
  );
  expect(await refused("group", "delete", String(board.group_id), ...of)).toContain("Actions ask this group: Wire.");
  const renamed = ["group", "edit", String(board.group_id), ...of, "--name", "Directors", ...members({ email: workspace.ownerEmail })];
  expect(await json(...renamed)).toMatchObject({ name: "Directors", members: [workspace.ownerEmail], actions: ["wire"] });
  expect((await admin("group", "list", ...of)).out).toMatch(/Directors +\S+ +wire\n.*Finance/s);

  // Naming people takes the group's place.
  expect(await json("action", "edit", ...wire, "--approver", ann.email, "--approver", ben.email, "--no-stage")).toMatchObject({
    approver_group: null,
    // As they were named.
    approvers: [ann.email, ben.email],
    later_stages: [],
  });
  expect(await json("group", "delete", String(board.group_id), ...of)).toEqual({ group_id: board.group_id, deleted: true });
  expect(await refused("group", "edit", String(board.group_id), ...of, "--name", "Board")).toContain("No such group");
  expect(await refused("action", "edit", ...wire, "--stage", "1:@Board")).toContain("no group named “Board”");
});
