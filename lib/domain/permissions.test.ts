import { describe, expect, it } from "vitest";
import { isPermitted, PERMISSIONS, type Permission } from "@/lib/domain/permissions";
import { ROLES } from "@/lib/domain/roles";

const ALL = Object.keys(PERMISSIONS) as Permission[];

describe("isPermitted", () => {
  it("lets an owner do everything", () => {
    expect(ALL.filter((permission) => !isPermitted("owner", permission))).toEqual([]);
  });

  it("lets a viewer only read", () => {
    expect(ALL.filter((permission) => isPermitted("viewer", permission))).toEqual(["run.read", "action.read", "receipt.read"]);
  });

  it("keeps deciding from developers, and keys from approvers", () => {
    expect(ROLES.filter((role) => isPermitted(role, "run.decide"))).toEqual(["owner", "admin", "approver"]);
    expect(ROLES.filter((role) => isPermitted(role, "key.manage"))).toEqual(["owner", "admin", "developer"]);
    expect(ROLES.filter((role) => isPermitted(role, "workspace.delete"))).toEqual(["owner"]);
  });
});
