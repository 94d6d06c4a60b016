import { beforeEach, describe, expect, test } from "vitest";
import { authenticateSdk } from "@/lib/api-keys/sdk-context";
import { blockWaitingRuns } from "@/lib/approvals/block-waiting-runs";
import { getDecisionByToken } from "@/lib/approvals/get-decision-by-token";
import { memberContext, operatorContext, userContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { isPermitted, type Permission } from "@/lib/domain/access/permissions";
import { ROLES } from "@/lib/domain/access/roles";
import { FOREVER, readCount } from "@/lib/limits/count-up";
import type { UserActor, WorkspaceContext } from "@/lib/security/context";
import {
  expectOk,
  linkToken,
  makeAction,
  makePerson,
  makeRun,
  makeWorkspace,
  propose,
  proposeOk,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { createUser } from "@/lib/users/create-user";
import { createWorkspace } from "./create-workspace";
import { deleteWorkspace } from "./delete-workspace";
import { listMyWorkspaces } from "./list-my-workspaces";
import { renameWorkspace } from "./rename-workspace";
import { setApprovalRouting } from "./set-approval-routing";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

const stored = () => getDb().workspace.findUniqueOrThrow({ where: { id: workspace.workspaceId } });
const lastEvent = (verb: string) =>
  getDb().auditEvent.findFirst({ where: { workspaceId: workspace.workspaceId, verb }, orderBy: { id: "desc" } });
async function ownerContext(): Promise<WorkspaceContext<UserActor>> {
  const { id: userId, email } = await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } });
  return memberContext({ userId, email }, workspace.workspaceId);
}

/** Each role, and a stranger, tries it: those without the permission change nothing. */
async function expectPermission(permission: Permission, command: (ctx: WorkspaceContext) => Promise<unknown>) {
  for (const role of [...ROLES.filter((one) => one !== "owner"), null]) {
    const { ctx } = await makePerson(workspace, role);
    const before = await tableContents();
    if (role !== null && isPermitted(role, permission)) {
      await command(ctx);
      continue;
    }
    await expect(command(ctx)).rejects.toThrow(`not permitted: ${permission}`);
    expect(await tableContents()).toEqual(before);
  }
}

describe("createWorkspace by a person", () => {
  const person = async () => {
    const { userId, email } = expectOk(await createUser(operatorContext(null), { email: `maker-${Math.random()}@example.com` }));
    return userContext({ sessionId: "", userId, email, name: null, isOperator: false });
  };

  test("makes them its owner, with two keys that work, by their own name", async () => {
    const ctx = await person();
    const made = expectOk(await createWorkspace(ctx, { ownerEmail: ctx.actor.email, name: " Support desk ", clientName: "Brightwater" }));
    expect(await listMyWorkspaces(ctx)).toEqual([
      {
        id: made.workspaceId,
        name: "Support desk",
        clientName: "Brightwater",
        role: "owner",
        inDoubt: 0,
        unseen: 0,
        runsThisMonth: 0,
        lastRunAt: null,
      },
    ]);
    const keys = await getDb().apiKey.findMany({ where: { workspaceId: made.workspaceId } });
    expect(keys.map(({ createdBy, kind }) => [kind, createdBy]).sort()).toEqual([
      ["api", ctx.actor.email],
      ["workspace", ctx.actor.email],
    ]);
  });

  test("is for themselves only, and the limit is said plainly", async () => {
    const ctx = await person();
    const input = { name: "One", clientName: "Client" };
    await expect(createWorkspace(ctx, { ...input, ownerEmail: workspace.ownerEmail })).rejects.toThrow("not permitted");
    for (let i = 0; i < 2; i++) expectOk(await createWorkspace(ctx, { ...input, ownerEmail: ctx.actor.email }));
    expect(await createWorkspace(ctx, { ...input, ownerEmail: ctx.actor.email })).toMatchObject({
      code: "workspace_limit",
      detail:
        "The owner has 2 active workspaces; the limit is 2. Delete one to add another. The operator of this console can raise the limit in Admin, Users.",
    });
  });
});

describe("renameWorkspace", () => {
  test("keeps what was before and after; the same again is no event", async () => {
    const names = { name: "Renamed", clientName: "New client" };
    expectOk(await renameWorkspace(await ownerContext(), names));
    expect(await stored()).toMatchObject(names);
    expect((await lastEvent("workspace.renamed"))?.data).toEqual({
      before: { name: "Test workspace", client_name: "Test client" },
      after: { name: "Renamed", client_name: "New client" },
    });
    const before = await tableContents();
    expectOk(await renameWorkspace(await ownerContext(), names));
    expect(await tableContents()).toEqual(before);
  });

  test("is for owners and admins", () => {
    let i = 0;
    return expectPermission("workspace.manage", (ctx) => renameWorkspace(ctx, { name: `Name ${++i}`, clientName: "Client" }));
  });
});

describe("setApprovalRouting", () => {
  const asked = async () => {
    const run = await proposeOk(workspace, { action: "ask", payload: { at: Math.random() } });
    const request = await getDb().approvalRequest.findFirstOrThrow({ where: { runId: run.action_run_id } });
    return { emails: request.approverEmails, minutes: (request.expiresAt.getTime() - request.createdAt.getTime()) / 60_000 };
  };

  test("holds from the next run on, although the decision's facts are cached", async () => {
    await makeAction(workspace, { name: "ask" });
    expect(await asked()).toEqual({ emails: [workspace.ownerEmail], minutes: 1440 });
    const ctx = await ownerContext();
    expectOk(
      await setApprovalRouting(ctx, {
        approverEmails: ["Ann@Example.com", "ann@example.com", "ben@example.com"],
        approvalWindowMinutes: 90,
      }),
    );
    expect(await asked()).toEqual({ emails: ["ann@example.com", "ben@example.com"], minutes: 90 });
    expect((await lastEvent("workspace.routing_changed"))?.data).toEqual({
      before: { approver_emails: [], approval_window_minutes: null },
      after: { approver_emails: ["ann@example.com", "ben@example.com"], approval_window_minutes: 90 },
    });
    expectOk(await setApprovalRouting(ctx, { approverEmails: [], approvalWindowMinutes: null }));
    expect(await asked()).toEqual({ emails: [workspace.ownerEmail], minutes: 1440 });
  });

  test("an action's own approvers and window win", async () => {
    await makeAction(workspace, { name: "ask", approverEmails: ["own@example.com"], approvalWindowMinutes: 5 });
    expectOk(await setApprovalRouting(await ownerContext(), { approverEmails: ["ann@example.com"], approvalWindowMinutes: 90 }));
    expect(await asked()).toEqual({ emails: ["own@example.com"], minutes: 5 });
  });

  test("is for owners and admins", () => {
    let minutes = 1;
    return expectPermission("workspace.manage", (ctx) => setApprovalRouting(ctx, { approverEmails: [], approvalWindowMinutes: ++minutes }));
  });
});

describe("deleteWorkspace", () => {
  test("needs the name, and is the owner's alone", async () => {
    const before = await tableContents();
    expect(await deleteWorkspace(await ownerContext(), { name: "test workspace" })).toMatchObject({
      code: "validation_failed",
      fields: { errors: [{ path: "name" }] },
    });
    expect(await tableContents()).toEqual(before);
    await expectPermission("workspace.delete", (ctx) => deleteWorkspace(ctx, { name: "Test workspace" }));
  });

  test("stops the keys at once, frees the owner's place, and nobody sees it any more", async () => {
    await makeAction(workspace, { name: "ask" });
    await proposeOk(workspace, { action: "ask", payload: { n: 1 } });
    const { ownerId } = await stored();
    const viewer = await makePerson(workspace, "viewer");
    expectOk(await deleteWorkspace(await ownerContext(), { name: "Test workspace" }));
    expect(await authenticateSdk(visitorContext(), workspace.credentials)).toMatchObject({ code: "invalid_api_key" });
    expect(await propose(workspace, { action: "ask", payload: { n: 2 } })).toMatchObject({ code: "invalid_api_key" });
    expect(await readCount(getDb(), "active_workspaces", ownerId, FOREVER)).toBe(0);
    expect(await listMyWorkspaces({ ...viewer.ctx, workspaceId: null })).toEqual([]);
    expect((await lastEvent("workspace.deleted"))?.data).toEqual({ name: "Test workspace", client_name: "Test client", runs_waiting: 1 });
    await expect(renameWorkspace(await ownerContext(), { name: "Back", clientName: "Back" })).rejects.toThrow("not permitted");
    expect(await deleteWorkspace(workspace.ctx, { name: "Test workspace" })).toMatchObject({ code: "not_found" });
  });

  test("what waited is blocked in the name of who deleted it, and its link says so", async () => {
    const runId = await makeRun(workspace, "always_require_approval", { approverEmails: ["ann@example.com"] });
    const token = await linkToken(runId);
    expectOk(await deleteWorkspace(await ownerContext(), { name: "Test workspace" }));
    const jobs = await getDb().$queryRaw<object[]>`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'block-waiting-runs'`;
    expect(jobs.length).toBeGreaterThan(0);
    for (let i = 0; i < 2; i++) await blockWaitingRuns(await ownerContext());
    expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
      governanceStatus: "blocked",
      decidedBy: workspace.ownerEmail,
      decisionComment: "The workspace was deleted.",
    });
    expect(await getDb().receipt.count({ where: { runId, kind: "decision" } })).toBe(1);
    expect(await getDecisionByToken(visitorContext(), token)).toMatchObject({
      code: "already_decided",
      fields: { decided_by: workspace.ownerEmail },
    });
  });
});
