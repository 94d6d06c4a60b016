import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { operatorContext } from "@/lib/auth/contexts";
import { findMember } from "@/lib/auth/find-member";
import { getDb } from "@/lib/db/client";
import { mayChangeMember } from "@/lib/domain/access/permissions";
import { ROLES, type Role } from "@/lib/domain/access/roles";
import { FOREVER, readCount } from "@/lib/limits/count-up";
import { setLimits } from "@/lib/limits/set-limits";
import { NotPermitted } from "@/lib/security/not-permitted";
import { atOnce, expectOk, makePerson, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { changeRole } from "./change-role";
import { listMembers } from "./list-members";
import { leaveWorkspace, removeMember } from "./remove-member";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});
beforeEach(async () => {
  await getDb().usageCounter.deleteMany({ where: { scope: { contains: "invitation" } } });
});

type Person = Awaited<ReturnType<typeof makePerson>>;
const idOf = (person: Person) => person.ctx.actor.userId;
const roleOf = async (person: Person) =>
  (await getDb().member.findFirst({ where: { workspaceId: person.ctx.workspaceId, userId: idOf(person) } }))?.role ?? null;
const owners = (of: TestWorkspace) => getDb().member.count({ where: { workspaceId: of.workspaceId, role: "owner" } });
/** Owners alone: the one who made the workspace has left. */
async function ownedBy(count: number): Promise<{ workspace: TestWorkspace; people: Person[] }> {
  const made = await makeWorkspace();
  const people = await atOnce(count, () => makePerson(made, "owner"));
  const first = await getDb().user.findUniqueOrThrow({ where: { email: made.ownerEmail } });
  expectOk(await removeMember(made.ctx, first.id));
  return { workspace: made, people };
}

describe("who may change whom", () => {
  const CASES = ROLES.flatMap((by) => ROLES.flatMap((from) => [...ROLES, null].map((to): [Role, Role, Role | null] => [by, from, to])));

  test.each(CASES)("%s: from %s to %s", async (by, from, to) => {
    const [actor, member] = [await makePerson(workspace, by), await makePerson(workspace, from)];
    const change = to === null ? removeMember(actor.ctx, idOf(member)) : changeRole(actor.ctx, { userId: idOf(member), role: to });
    if (mayChangeMember(by, { from, to })) expect(await change).toEqual({ ok: true });
    else await expect(change).rejects.toThrow(NotPermitted);
    expect(await roleOf(member)).toBe(mayChangeMember(by, { from, to }) ? to : from);
  });

  test("a member of another workspace is nobody here, and changes nobody", async () => {
    const other = await makeWorkspace();
    const [theirs, mine, admin] = [
      await makePerson(other, "viewer"),
      await makePerson(workspace, "viewer"),
      await makePerson(workspace, "admin"),
    ];
    const before = await tableContents();
    expect(await changeRole(admin.ctx, { userId: idOf(theirs), role: "viewer" })).toMatchObject({ ok: false, code: "not_found" });
    expect(await removeMember(admin.ctx, idOf(theirs))).toMatchObject({ ok: false, code: "not_found" });
    const foreign = { ...admin.ctx, workspaceId: other.workspaceId };
    await expect(changeRole(foreign, { userId: idOf(theirs), role: "admin" })).rejects.toThrow(NotPermitted);
    await expect(removeMember(foreign, idOf(theirs))).rejects.toThrow(NotPermitted);
    await expect(listMembers(foreign)).rejects.toThrow(NotPermitted);
    expect(await leaveWorkspace(foreign)).toMatchObject({ ok: false, code: "not_found" });
    expect(await tableContents()).toEqual(before);
    expect(await roleOf(mine)).toBe("viewer");
  });

  test("a removed member is out with the next request, and what the page had open for them is refused", async () => {
    const [admin, member] = [await makePerson(workspace, "admin"), await makePerson(workspace, "admin")];
    const user = { sessionId: "", userId: idOf(member), email: member.email, name: null, isOperator: false };
    expect(await findMember(user, workspace.workspaceId)).toMatchObject({ role: "admin" });
    expectOk(await changeRole(admin.ctx, { userId: idOf(member), role: "viewer" }));
    expect(await findMember(user, workspace.workspaceId)).toMatchObject({ role: "viewer" });
    expectOk(await removeMember(admin.ctx, idOf(member)));
    expect(await findMember(user, workspace.workspaceId)).toBeNull();
    await expect(removeMember(member.ctx, idOf(admin))).rejects.toThrow(NotPermitted);
  });

  test("who was demoted a moment ago does nothing more, whichever comes first", async () => {
    const made = await makeWorkspace();
    const [a, b] = [await makePerson(made, "admin"), await makePerson(made, "admin")];
    const all = await Promise.allSettled([removeMember(a.ctx, idOf(b)), removeMember(b.ctx, idOf(a))]);
    expect(tally(all.map(({ status }) => status))).toEqual({ fulfilled: 1, rejected: 1 });
    expect([await roleOf(a), await roleOf(b)].filter((role) => role !== null)).toEqual(["admin"]);
  });
});

describe("a workspace keeps an owner", () => {
  test("the last one cannot leave, be removed or be demoted", async () => {
    const {
      workspace: made,
      people: [owner],
    } = await ownedBy(1);
    if (!owner) throw new Error("no owner");
    const refused = { ok: false, code: "last_owner" };
    const before = await tableContents();
    expect(await leaveWorkspace(owner.ctx)).toMatchObject(refused);
    expect(await removeMember(owner.ctx, idOf(owner))).toMatchObject(refused);
    expect(await changeRole(owner.ctx, { userId: idOf(owner), role: "admin" })).toMatchObject(refused);
    expect(await removeMember(made.ctx, idOf(owner))).toMatchObject(refused);
    expect(await tableContents()).toEqual(before);
  });

  test.each<[string, (person: Person, next: Person) => Promise<unknown>]>([
    ["leave", (person) => leaveWorkspace(person.ctx)],
    ["step down", (person) => changeRole(person.ctx, { userId: idOf(person), role: "viewer" })],
    ["remove one another", (person, next) => removeMember(person.ctx, idOf(next))],
    ["demote one another", (person, next) => changeRole(person.ctx, { userId: idOf(next), role: "developer" })],
  ])("when six owners %s at once, one is left", async (_, act) => {
    for (let round = 0; round < 3; round++) {
      const { workspace: made, people } = await ownedBy(6);
      await Promise.allSettled(people.map((person, n) => act(person, people[(n + 1) % people.length] ?? person)));
      expect(await owners(made)).toBeGreaterThanOrEqual(1);
      const { ownerId } = await getDb().workspace.findUniqueOrThrow({ where: { id: made.workspaceId } });
      expect(await getDb().member.count({ where: { workspaceId: made.workspaceId, userId: ownerId, role: "owner" } })).toBe(1);
    }
  });

  test("it counts as the remaining owner's, who is asked from now on", async () => {
    const made = await makeWorkspace();
    const heir = await makePerson(made, "owner");
    const former = await getDb().user.findUniqueOrThrow({ where: { email: made.ownerEmail } });
    const { configVersion } = await getDb().workspace.findUniqueOrThrow({ where: { id: made.workspaceId } });
    expectOk(await changeRole(heir.ctx, { userId: former.id, role: "viewer" }));
    expect(await getDb().workspace.findUniqueOrThrow({ where: { id: made.workspaceId } })).toMatchObject({
      ownerId: idOf(heir),
      configVersion: configVersion + 1,
    });
    const count = (id: string) => readCount(getDb(), "active_workspaces", id, FOREVER);
    expect([await count(former.id), await count(idOf(heir))]).toEqual([0, 1]);
  });

  test("whose limit would be passed does not take it over", async () => {
    const made = await makeWorkspace();
    const heir = await makePerson(made, "owner");
    expectOk(await setLimits(operatorContext(null), { ownerEmail: heir.email, plan: "free", overrides: { activeWorkspaces: 0 } }));
    const former = await getDb().user.findUniqueOrThrow({ where: { email: made.ownerEmail } });
    const before = await tableContents();
    expect(await removeMember(heir.ctx, former.id)).toMatchObject({ ok: false, code: "workspace_limit" });
    expect(await tableContents()).toEqual(before);
  });
});

test("members are listed from most to least permitted, to every member", async () => {
  const made = await makeWorkspace();
  const viewer = await makePerson(made, "viewer");
  await makePerson(made, "developer");
  await makePerson(made, "admin");
  expect((await listMembers(viewer.ctx)).map(({ role }) => role)).toEqual(["owner", "admin", "developer", "viewer"]);
});
