import { beforeEach, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import { registerAction } from "@/lib/registered-actions/register-action";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { makeDecider } from "@/lib/testing/deciders";
import { expectOk, makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { createGroup } from "./create-group";
import { editGroup } from "./edit-group";

const ROUNDS = proofSize(8, 200);
const rounds = Array.from({ length: ROUNDS }, (_, round) => round);

let workspace: TestWorkspace;
let ann: string;
let ben: string;
let id: string;
beforeEach(async () => {
  workspace = await makeWorkspace();
  [ann, ben] = [(await makeDecider(workspace, "approver")).email, (await makeDecider(workspace, "approver")).email];
  id = expectOk(await createGroup(workspace.ctx, { name: "Finance", members: [ann] })).id;
});

const saved = async (name: string) => settingsOf((await getAction(workspace.ctx, name)) ?? expect.unreachable());
/** In turn with and without the second one. */
const change = (round: number) => editGroup(workspace.ctx, { id, name: "Finance", members: membersAfter(round) });
const membersAfter = (round: number) => (round % 2 === 0 ? [ann, ben] : [ann]).sort();

test("an edit of an action's policy isn't undone by a change of the group that it asks", async () => {
  await makeAction(workspace, { name: "wire", approverGroup: "Finance", policy: { type: "always_require_approval" } });
  for (const round of rounds) {
    const before = await saved("wire");
    const threshold = String(round + 1);
    const policy = { type: "require_approval_above_amount", threshold } as const;
    const [edited, changed] = await Promise.all([editAction(workspace.ctx, { ...before, policy }), change(round)]);
    expect([edited.ok, changed.ok]).toEqual([true, true]);
    expect(await saved("wire")).toMatchObject({ policy: { threshold }, approverEmails: membersAfter(round) });
  }
});

test("an action that stops asking the group isn't made to ask it again", async () => {
  await makeAction(workspace, { name: "wire", approverGroup: "Finance" });
  for (const round of rounds) {
    const before = await saved("wire");
    const named = { approverGroup: null, approverEmails: ["auditor@outside.example"] };
    const [edited, changed] = await Promise.all([editAction(workspace.ctx, { ...before, ...named }), change(round)]);
    expect([edited.ok, changed.ok]).toEqual([true, true]);
    expect(await saved("wire")).toMatchObject(named);
    expectOk(await editAction(workspace.ctx, { ...(await saved("wire")), approverGroup: "Finance", approverEmails: [] }));
  }
});

test("an action that is registered meanwhile asks whoever is in the group now", async () => {
  for (const round of rounds) {
    const name = `wire_${round}`;
    const action = { name, title: "Wire", policy: { type: "always_require_approval" }, approverGroup: "Finance" } as const;
    const [registered, changed] = await Promise.all([registerAction(workspace.ctx, action), change(round)]);
    expect([registered.ok, changed.ok]).toEqual([true, true]);
    expect((await saved(name)).approverEmails).toEqual(membersAfter(round));
  }
});

test("an action whose list is already as the group becomes doesn't keep the group from changing", async () => {
  await editGroup(workspace.ctx, { id, name: "Finance", members: [ann, ben].sort() });
  await makeAction(workspace, { name: "wire", approverGroup: "Finance" });
  // As a process that knows no groups leaves it.
  await getDb().registeredAction.updateMany({ where: { workspaceId: workspace.workspaceId }, data: { approverEmails: [ann] } });
  expectOk(await editGroup(workspace.ctx, { id, name: "Finance", members: [ann] }));
  expect(await getDb().approverGroupMember.count({ where: { groupId: id } })).toBe(1);
});
