import { beforeEach, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import type { MemberContext } from "@/lib/security/context";
import { atOnce, expectOk, makePerson, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { deleteView, listViews, renameView, saveView } from "./saved-views";
import { MAX_VIEWS, newViewSchema } from "./schema";

let workspace: TestWorkspace;
let ann: MemberContext;
let ben: MemberContext;
beforeEach(async () => {
  workspace = await makeWorkspace();
  [ann, ben] = [(await makePerson(workspace, "viewer")).ctx, (await makePerson(workspace, "owner")).ctx];
});

const save = (ctx: MemberContext, name: string, search = "status=rejected") => saveView(ctx, newViewSchema.parse({ name, search }));
const namesOf = async (ctx: MemberContext) => (await listViews(ctx)).map(({ name }) => name);

describe("saved views of the list of runs", () => {
  test("are a member's own, in one workspace", async () => {
    expectOk(await save(ann, "Rejected"));
    expectOk(await save(ben, "Rejected", "execution=failed"));
    expect(await listViews(ann)).toEqual([{ id: expect.any(String) as unknown, name: "Rejected", search: "status=rejected" }]);
    const [mine] = await listViews(ann);
    const id = mine?.id ?? "";
    expect(await renameView(ben, { id, name: "Stolen" })).toMatchObject({ ok: false, code: "validation_failed" });
    expectOk(await deleteView(ben, { id }));
    expect(await namesOf(ann)).toEqual(["Rejected"]);
    const stranger = (await makePerson(workspace, null)).ctx;
    await expect(listViews(stranger)).rejects.toThrow();
    await expect(save(stranger, "Mine")).rejects.toThrow();
  });

  test("are renamed and deleted, and no two have one name", async () => {
    expectOk(await save(ann, "Rejected"));
    expectOk(await save(ann, "Failed", "execution=failed"));
    expect(await save(ann, "Rejected")).toMatchObject({ ok: false, fields: { errors: [{ path: "name" }] } });
    const [failed] = await listViews(ann);
    const id = failed?.id ?? "";
    expect(await renameView(ann, { id, name: "Rejected" })).toMatchObject({ ok: false, fields: { errors: [{ path: "name" }] } });
    expectOk(await renameView(ann, { id, name: "Failed" }));
    expectOk(await renameView(ann, { id, name: "Went wrong" }));
    expect(await namesOf(ann)).toEqual(["Rejected", "Went wrong"]);
    expectOk(await deleteView(ann, { id }));
    expectOk(await deleteView(ann, { id }));
    expect(await namesOf(ann)).toEqual(["Rejected"]);
    expect(await renameView(ann, { id, name: "Gone" })).toMatchObject({ ok: false, code: "validation_failed" });
  });

  test("keep of an address what the list understands, from its first page", () => {
    expect(
      newViewSchema.parse({ name: " A ", search: "?status=rejected,nonsense&after=01a1f3af-8f9a-7948-ba8d-e1f33f0601ae&x=1&q=a b" }),
    ).toEqual({
      name: "A",
      search: "status=rejected&q=a+b",
    });
    for (const name of ["", " ", "a\nb", "x".repeat(61)]) expect(newViewSchema.safeParse({ name, search: "" }).success).toBe(false);
  });

  test("are at most as many as the menu shows, and go with the membership", async () => {
    for (let number = 0; number < MAX_VIEWS - 1; number++) expectOk(await save(ann, `View ${number}`));
    expectOk(await save(ann, "The last"));
    expect(await save(ann, "One too many")).toMatchObject({
      ok: false,
      detail: expect.stringContaining("Delete one to save another") as unknown,
    });
    expect(await atOnce(3, () => save(ben, "At once"))).toContainEqual({ ok: true });
    expect(await namesOf(ben)).toEqual(["At once"]);
    await getDb().member.deleteMany({ where: { userId: ann.actor.userId } });
    expect(await getDb().savedView.count({ where: { userId: ann.actor.userId } })).toBe(0);
  });
});
