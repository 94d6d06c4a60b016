import { beforeEach, describe, expect, test } from "vitest";
import { replaceApprover } from "@/lib/approvals/replace-approver";
import { operatorContext, systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { changeRole } from "@/lib/members/change-role";
import { disableAccount } from "@/lib/members/disable-account";
import { removeMember } from "@/lib/members/remove-member";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import { registerAction } from "@/lib/registered-actions/register-action";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { approveByLink, makeDecider, requestOf, tokenOf } from "@/lib/testing/deciders";
import { expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { createGroup } from "./create-group";
import { deleteGroup } from "./delete-group";
import { editGroup } from "./edit-group";
import { getDroppedFromGroup } from "./get-dropped-from-group";
import { listGroups } from "./list-groups";

const OUTSIDER = "auditor@outside.example";

let workspace: TestWorkspace;
type Decider = Awaited<ReturnType<typeof makeDecider>>;
let ann: Decider;
let ben: Decider;
let chi: Decider;
let dot: Decider;
let finance: string;
beforeEach(async () => {
  workspace = await makeWorkspace();
  ann = await makeDecider(workspace, "approver");
  ben = await makeDecider(workspace, "approver");
  chi = await makeDecider(workspace, "approver");
  dot = await makeDecider(workspace, "approver");
  finance = await group("Finance", [ann, ben]);
});

const emails = (people: readonly Decider[]) => people.map(({ email }) => email).sort();
const group = async (name: string, people: readonly Decider[]) =>
  expectOk(await createGroup(workspace.ctx, { name, members: emails(people) })).id;
const edit = (id: string, people: readonly Decider[], name = "Finance") => editGroup(workspace.ctx, { id, name, members: emails(people) });
const wire = async () => settingsOf((await getAction(workspace.ctx, "wire")) ?? expect.unreachable());
const propose = async () => (await proposeOk(workspace, { action: "wire", payload: {} })).action_run_id;
const askedAbout = async (runId: string) => (await requestOf(runId)).approverEmails.toSorted();
const replace = async (runId: string) => replaceApprover(systemContext(workspace.workspaceId), (await requestOf(runId)).id);

describe("a group as an action's approvers", () => {
  test("who is in it when a run is proposed is asked, and the action follows its members and its name", async () => {
    await makeAction(workspace, { name: "wire", approverGroup: "Finance", approvals: 2 });
    expect(await askedAbout(await propose())).toEqual(emails([ann, ben]));
    expectOk(await edit(finance, [ann, ben, chi], "Treasury"));
    expect(await wire()).toMatchObject({ approverGroup: "Treasury", approverEmails: emails([ann, ben, chi]), approvals: 2 });
    expect(await askedAbout(await propose())).toEqual(emails([ann, ben, chi]));
    const verbs = (await getDb().auditEvent.findMany({ where: { workspaceId: workspace.workspaceId }, orderBy: { id: "asc" } })).map(
      ({ verb }) => verb,
    );
    expect(verbs.slice(-2)).toEqual(["action.edited", "group.edited"]);
  });

  test("who leaves it is asked no more about what waits: the link ends, and others of the group are asked", async () => {
    await makeAction(workspace, { name: "wire", approverGroup: "Finance" });
    const runId = await propose();
    const { ctx } = await makeDecider(workspace, "admin");
    const { dropped } = expectOk(await getDroppedFromGroup(ctx, { id: finance, members: emails([ben, chi]) }));
    expect(dropped).toEqual([{ email: ann.email, runs: 1, approvals: 0, askedInstead: emails([ben, chi]) }]);
    expectOk(await edit(finance, [ben, chi]));
    expect(await approveByLink(runId, ann.email)).toMatchObject({ code: "link_withdrawn", fields: { reason: "replaced" } });
    await replace(runId);
    expect(await askedAbout(runId)).toEqual(emails([ben, chi]));
    expectOk(await approveByLink(runId, chi.email));
  });

  test("a yes of somebody who leaves it ends", async () => {
    await makeAction(workspace, { name: "wire", approverGroup: "Finance", approvals: 2 });
    const runId = await propose();
    expectOk(await approveByLink(runId, ann.email));
    expectOk(await edit(finance, [ben, chi]));
    await replace(runId);
    expect(expectOk(await approveByLink(runId, ben.email)).run.approvals).toMatchObject({ given: 1, by: [ben.email] });
    expect(expectOk(await approveByLink(runId, chi.email)).run.effect.governanceStatus).toBe("approved");
  });
});

describe("a group in a later stage", () => {
  beforeEach(() =>
    makeAction(workspace, { name: "wire", approverEmails: [OUTSIDER], laterStages: [{ approvals: 1, people: [], group: "Finance" }] }),
  );

  test("is whoever is in it when the stage is asked, not when the run was proposed", async () => {
    const runId = await propose();
    expectOk(await edit(finance, [ben, chi]));
    expectOk(await approveByLink(runId, OUTSIDER));
    expect(await askedAbout(runId)).toEqual(emails([ben, chi]));
    expect(await tokenOf(runId, ann.email)).toBe("");
    expect(expectOk(await approveByLink(runId, chi.email)).run.effect.governanceStatus).toBe("approved");
  });

  test("newcomers aren't asked while the stage is being asked and has enough people", async () => {
    const runId = await propose();
    expectOk(await approveByLink(runId, OUTSIDER));
    expectOk(await edit(finance, [ann, ben, chi]));
    expect(await askedAbout(runId)).toEqual(emails([ann, ben]));
  });
});

describe("nothing is changed where", () => {
  test("an action would have too few people, or one twice", async () => {
    await group("Board", [dot]);
    await makeAction(workspace, {
      name: "wire",
      title: "Wire",
      approverGroup: "Finance",
      approvals: 2,
      laterStages: [{ approvals: 1, people: [], group: "Board" }],
    });
    const before = await listGroups(workspace.ctx);
    expect(await edit(finance, [ann])).toMatchObject({
      code: "validation_failed",
      detail: "Wire asks this group. Must be at most 1: 1 person is asked.",
    });
    expect(await edit(finance, [ann, dot])).toMatchObject({ detail: expect.stringContaining(`${dot.email} is named twice`) });
    expect(await listGroups(workspace.ctx)).toEqual(before);
    expect((await wire()).approverEmails).toEqual(emails([ann, ben]));
  });

  test("an action asks the group that is deleted, by which it is told", async () => {
    await makeAction(workspace, { name: "wire", title: "Wire", approverGroup: "Finance" });
    expect(await deleteGroup(workspace.ctx, finance)).toMatchObject({
      code: "validation_failed",
      detail: "Actions ask this group: Wire. Name other approvers for them first.",
      fields: { actions: ["wire"] },
    });
    expectOk(await editAction(workspace.ctx, { ...(await wire()), approverGroup: null, approverEmails: [OUTSIDER] }));
    expectOk(await deleteGroup(workspace.ctx, finance));
    expect(await listGroups(workspace.ctx)).toEqual([]);
  });

  test("a name is taken, somebody is no member, or an action names a group that there is not", async () => {
    expect(await createGroup(workspace.ctx, { name: "Finance", members: [chi.email] })).toMatchObject({ code: "validation_failed" });
    expect(await createGroup(workspace.ctx, { name: "Others", members: [OUTSIDER] })).toMatchObject({
      fields: { errors: [{ path: "members", message: expect.stringContaining("isn’t a member") }] },
    });
    const action = { name: "wire", title: "Wire", policy: { type: "always_require_approval" as const }, approverGroup: "Sales" };
    expect(await registerAction(workspace.ctx, action)).toMatchObject({ fields: { errors: [{ path: "approverGroup" }] } });
    const later = {
      ...action,
      approverGroup: null,
      approverEmails: [OUTSIDER],
      laterStages: [{ approvals: 1, people: [], group: "Sales" }],
    };
    expect(await registerAction(workspace.ctx, later)).toMatchObject({ fields: { errors: [{ path: "laterStages.0.group" }] } });
  });
});

describe("a group that everybody has left", () => {
  test("keeps no action from being edited, and isn't chosen anew", async () => {
    await makeAction(workspace, { name: "wire", approverGroup: "Finance" });
    const developer = await makeDecider(workspace, "developer");
    const { ctx } = await makeDecider(workspace, "admin");
    for (const { userId } of [ann, ben]) expectOk(await removeMember(ctx, userId));
    expect(await wire()).toMatchObject({ approverGroup: "Finance", approverEmails: [] });
    expect(await askedAbout(await propose())).toEqual([workspace.ownerEmail]);
    expectOk(await editAction(developer.ctx, { ...(await wire()), policy: { ...(await wire()).policy, type: "always_block" } }));
    await makeAction(workspace, { name: "other" });
    const other = settingsOf((await getAction(workspace.ctx, "other")) ?? expect.unreachable());
    expect(await editAction(workspace.ctx, { ...other, approverGroup: "Finance" })).toMatchObject({
      fields: { errors: [{ path: "approverGroup", message: expect.stringContaining("has no members") }] },
    });
  });
});

test("a stage of people of whom too few are left has to be mended before another stage's group is changed", async () => {
  await group("Board", [dot]);
  const laterStages = [{ approvals: 1, people: [], group: "Board" }];
  await makeAction(workspace, { name: "wire", title: "Wire", approverEmails: [ann.email, ben.email], approvals: 2, laterStages });
  const { ctx } = await makeDecider(workspace, "admin");
  expectOk(await removeMember(ctx, ben.userId));
  const board = (await listGroups(workspace.ctx)).find(({ name }) => name === "Board") ?? expect.unreachable();
  // It says what to mend first.
  expect(await edit(board.id, [chi], "Board")).toMatchObject({
    code: "validation_failed",
    detail: "Wire asks this group. Must be at most 1: 1 person is asked.",
  });
  expectOk(await editAction(workspace.ctx, { ...(await wire()), approvals: 1 }));
  expectOk(await edit(board.id, [chi], "Board"));
});

describe("whoever may not choose approvers", () => {
  test("changes no group, and no action's group", async () => {
    await makeAction(workspace, { name: "wire", approverGroup: "Finance" });
    const developer = await makeDecider(workspace, "developer");
    await expect(editGroup(developer.ctx, { id: finance, name: "Finance", members: [developer.email] })).rejects.toThrow();
    const saved = await wire();
    expect(await editAction(developer.ctx, { ...saved, approverGroup: null, approverEmails: [] })).toMatchObject({ code: "not_permitted" });
    expectOk(await editAction(developer.ctx, { ...saved, description: "Pays" }));
  });
});

describe("a member of a group", () => {
  test.each(["leaves the workspace", "is disabled"])("who %s leaves its groups, too", async (how) => {
    await makeAction(workspace, { name: "wire", approverGroup: "Finance" });
    const runId = await propose();
    const { ctx } = await makeDecider(workspace, "admin");
    expectOk(
      await (how === "is disabled" ? disableAccount(operatorContext(null, "root@example.com"), ann) : removeMember(ctx, ann.userId)),
    );
    const [listed] = await listGroups(workspace.ctx);
    expect(listed?.members.map(({ email }) => email)).toEqual([ben.email]);
    expect((await wire()).approverEmails).toEqual([ben.email]);
    expect(await askedAbout(runId)).toEqual([ben.email]);
  });

  test("whose role no longer decides is still asked, like anyone whom an action names", async () => {
    await makeAction(workspace, { name: "wire", approverGroup: "Finance" });
    const runId = await propose();
    const { ctx } = await makeDecider(workspace, "admin");
    expectOk(await changeRole(ctx, { userId: ann.userId, role: "viewer" }));
    expect(await askedAbout(runId)).toEqual(emails([ann, ben]));
    expectOk(await approveByLink(runId, ann.email));
  });
});
