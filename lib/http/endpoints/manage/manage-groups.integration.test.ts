import { beforeEach, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { createGroup } from "@/lib/groups/create-group";
import { editGroup } from "@/lib/groups/edit-group";
import { removeMember } from "@/lib/members/remove-member";
import { makeDecider } from "@/lib/testing/deciders";
import { expectOk, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { type ManagementClient, managementClient } from "@/lib/testing/management-client";

const WIRE = { title: "Wire money", policy: { type: "always_require_approval" } };
const FILE = { file: "policies/wire.yaml", commit: null };
const PATH = "/api/v1/manage/actions/wire";
const ASKS_GROUPS = { ...WIRE, approver_group: "Finance", approvals: 2, later_stages: [{ approvals: 1, group: "Board" }] };

let workspace: TestWorkspace;
let manage: ManagementClient;
let people: Awaited<ReturnType<typeof makeDecider>>[];

describe("a group of members in the management API", () => {
  const groupOf = async (name: string, members: { email: string }[]) =>
    expectOk(await createGroup(workspace.ctx, { name, members: members.map(({ email }) => email).sort() })).id;
  let finance: string;
  beforeEach(async () => {
    workspace = await makeWorkspace();
    manage = await managementClient(workspace, ["actions:read", "actions:write", "approvers:write"]);
    people = [];
    for (let made = 0; made < 3; made++) people.push(await makeDecider(workspace, "approver"));
    finance = await groupOf("Finance", people);
    await groupOf("Board", [await makeDecider(workspace, "approver")]);
  });
  const editFinance = async (members: { email: string }[], name = "Finance") =>
    expectOk(await editGroup(workspace.ctx, { id: finance, name, members: members.map(({ email }) => email).sort() }));
  const isCurrent = async () => ((await manage("GET", PATH)).json.managed_by as { is_current: boolean }).is_current;
  const plan = async () => (await manage("POST", `${PATH}/plan`, { ...ASKS_GROUPS, managed_by: FILE })).json;

  test("is named in place of its members, and what is read can be sent again", async () => {
    const made = await manage("PUT", PATH, { ...ASKS_GROUPS, managed_by: FILE });
    expect(made).toMatchObject({ status: 201, json: ASKS_GROUPS });
    expect(made.json).not.toHaveProperty("approvers");
    const { managed_by: _, is_active: __, policy_version: ___, action_id: ____, created_at: _____, ...document } = made.json;
    expect((await manage("PUT", PATH, document)).json).toEqual(made.json);
    const { approverEmails } = await getDb().registeredAction.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId } });
    expect(approverEmails).toEqual(people.map(({ email }) => email).sort());
  });

  test("changes its members, also when one leaves the workspace, and the action stays as its file says", async () => {
    await manage("PUT", PATH, { ...ASKS_GROUPS, managed_by: FILE });
    await editFinance([...people, await makeDecider(workspace, "approver")]);
    expect([await isCurrent(), (await plan()).result]).toEqual([true, "unchanged"]);
    const { ctx } = await makeDecider(workspace, "admin");
    expectOk(await removeMember(ctx, people[0]?.userId ?? ""));
    expect([await isCurrent(), (await plan()).result]).toEqual([true, "unchanged"]);
    await editFinance(people.slice(1), "Treasury");
    expect([await isCurrent(), await plan()]).toMatchObject([false, { status: 422, errors: [{ path: "approver_group" }] }]);
  });

  test("doesn't hide that the action was changed by hand, or that somebody whom the file names left", async () => {
    const { approver_group: _, ...named } = ASKS_GROUPS;
    const approvers = people.map(({ email }) => email);
    await manage("PUT", PATH, { ...named, approvers, managed_by: FILE });
    const { ctx } = await makeDecider(workspace, "admin");
    expectOk(await removeMember(ctx, people[0]?.userId ?? ""));
    expect(await isCurrent()).toBe(false);
    await editFinance(people.slice(1, 2));
    await manage("PUT", PATH, { ...ASKS_GROUPS, approvals: 1, managed_by: FILE });
    await manage("PUT", PATH, { ...ASKS_GROUPS, approvals: 1, risk: "low" });
    await editFinance(people.slice(1));
    expect(await isCurrent()).toBe(false);
  });

  test.each([
    ["approver_group", { approver_group: "Sales" }],
    ["later_stages.0.group", { later_stages: [{ approvals: 1, group: "Sales" }] }],
    ["approvals", { approver_group: "Finance", approvals: 9 }],
    ["approvers", { approver_group: "Finance", approvers: ["ann@example.com"] }],
    ["later_stages.0.people", { later_stages: [{ approvals: 1, group: "Board", people: ["ann@example.com"] }] }],
  ])("is refused at %s where it can't be asked", async (path, asked) => {
    const refused = { status: 422, json: { errors: [{ path }] } };
    expect(await manage("PUT", PATH, { ...ASKS_GROUPS, ...asked })).toMatchObject(refused);
    expect(await manage("POST", `${PATH}/plan`, { ...ASKS_GROUPS, ...asked })).toMatchObject(refused);
  });
});
