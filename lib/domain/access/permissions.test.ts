import { describe, expect, it } from "vitest";
import { isPermitted, mayChangeMember, PERMISSIONS, type Permission, rolesToGive } from "./permissions";
import { ROLES, type Role } from "./roles";

const ALL = Object.keys(PERMISSIONS) as Permission[];

describe("isPermitted", () => {
  it("lets an owner do everything", () => {
    expect(ALL.filter((permission) => !isPermitted("owner", permission))).toEqual([]);
  });

  it("lets a viewer only read", () => {
    expect(ALL.filter((permission) => isPermitted("viewer", permission))).toEqual([
      "run.read",
      "action.read",
      "freeze.read",
      "budget.read",
      "grant.read",
      "receipt.read",
    ]);
  });

  it("keeps deciding from developers, and keys from approvers", () => {
    expect(ROLES.filter((role) => isPermitted(role, "run.decide"))).toEqual(["owner", "admin", "approver"]);
    expect(ROLES.filter((role) => isPermitted(role, "key.manage"))).toEqual(["owner", "admin", "developer"]);
    expect(ROLES.filter((role) => isPermitted(role, "management_key.manage"))).toEqual(["owner"]);
    expect(ROLES.filter((role) => isPermitted(role, "webhook.manage"))).toEqual(["owner", "admin", "developer"]);
    expect(ROLES.filter((role) => isPermitted(role, "workspace.delete"))).toEqual(["owner"]);
    expect(ROLES.filter((role) => isPermitted(role, "run.erase"))).toEqual(["owner"]);
    expect(ROLES.filter((role) => isPermitted(role, "log.mail"))).toEqual(["owner"]);
  });
});

describe("mayChangeMember", () => {
  /** Who (row) may turn a member with the first role into one with the second; `none` is no member. */
  const TARGETS = [...ROLES, null];
  const allowed = (by: Role) =>
    TARGETS.flatMap((from) => TARGETS.map((to) => ({ from, to })))
      .filter((change) => mayChangeMember(by, change))
      .map(({ from, to }) => `${from ?? "none"} ${to ?? "none"}`);
  const all = TARGETS.flatMap((from) => TARGETS.map((to) => `${from ?? "none"} ${to ?? "none"}`));

  it.each<[Role, string[]]>([
    ["owner", all],
    ["admin", all.filter((change) => !change.includes("owner"))],
    ["developer", []],
    ["approver", []],
    ["viewer", []],
  ])("%s", (by, changes) => {
    expect(allowed(by)).toEqual(changes);
  });

  it("lets only owners give the role of an owner", () => {
    expect(Object.fromEntries(ROLES.map((role) => [role, rolesToGive(role)]))).toEqual({
      owner: ["owner", "admin", "developer", "approver", "viewer"],
      admin: ["admin", "developer", "approver", "viewer"],
      developer: [],
      approver: [],
      viewer: [],
    });
  });
});
