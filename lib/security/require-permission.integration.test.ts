import { beforeAll, describe, expect, test } from "vitest";
import { decisionLinkContext, sdkContext, shareLinkContext, systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { isPermitted, PERMISSIONS, type Permission } from "@/lib/domain/access/permissions";
import { ROLES } from "@/lib/domain/access/roles";
import { getWorkspaceUsage } from "@/lib/limits/get-owner-usage";
import { makePerson, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { NotPermitted } from "./not-permitted";
import { requirePermission } from "./require-permission";

const ALL = Object.keys(PERMISSIONS) as Permission[];

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

describe("requirePermission", () => {
  test.each(ROLES)("lets a member who is %s do what the table says, and no more", async (role) => {
    const { ctx } = await makePerson(workspace, role);
    for (const permission of ALL) {
      const asked = requirePermission(ctx, permission);
      await (isPermitted(role, permission) ? asked : expect(asked).rejects.toThrow(NotPermitted));
    }
  });

  test("reads the role anew each time", async () => {
    const { ctx } = await makePerson(workspace, "viewer");
    const where = { workspaceId_userId: { workspaceId: workspace.workspaceId, userId: ctx.actor.userId } };
    await expect(requirePermission(ctx, "run.decide")).rejects.toThrow(NotPermitted);
    await getDb().member.update({ where, data: { role: "approver" } });
    await requirePermission(ctx, "run.decide");
    await getDb().member.delete({ where });
    await expect(requirePermission(ctx, "run.read")).rejects.toThrow(NotPermitted);
  });

  test("is asked for the owner's usage, too", async () => {
    const [{ ctx: viewer }, { ctx: stranger }] = [await makePerson(workspace, "viewer"), await makePerson(workspace, null)];
    expect((await getWorkspaceUsage(viewer)).uses).toHaveLength(4);
    await expect(getWorkspaceUsage(stranger)).rejects.toThrow(NotPermitted);
  });

  test("lets operators and the worker through, but no stranger, key or link", async () => {
    const { workspaceId } = workspace;
    await requirePermission(workspace.ctx, "workspace.delete");
    await requirePermission(systemContext(workspaceId), "run.read");
    const { ctx: stranger } = await makePerson(workspace, null);
    const apiKey = sdkContext("01a1f3af-8f9a-7948-ba8d-e1f33f0601ae", workspaceId, getDb());
    const link = decisionLinkContext({
      id: "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae",
      approverEmail: workspace.ownerEmail,
      workspaceId,
    });
    const share = shareLinkContext({
      id: "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae",
      runId: "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae",
      workspaceId,
    });
    for (const ctx of [stranger, apiKey, link, share]) await expect(requirePermission(ctx, "run.read")).rejects.toThrow(NotPermitted);
  });
});
