import { beforeAll, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { getActionDefaults } from "./get-action-defaults";
import { listActionActivity } from "./list-action-activity";
import { listRouting } from "./list-routing";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

test("activity counts the runs of 30 days and tells the last one", async () => {
  const name = "refund";
  await makeAction(workspace, { name });
  expect((await listActionActivity(workspace.ctx)).get(name)).toEqual({ recentRuns: 0, lastRunAt: null });
  const { action_run_id: id } = await proposeOk(workspace, { action: name, payload: { amount: 1 } });
  await proposeOk(workspace, { action: name, payload: { amount: 2 } });
  const activity = await listActionActivity(workspace.ctx, name);
  expect([...activity.keys()]).toEqual([name]);
  expect(activity.get(name)).toMatchObject({ recentRuns: 2 });
  expect(activity.get(name)?.lastRunAt?.getTime()).toBeGreaterThanOrEqual(
    (await getDb().actionRun.findUniqueOrThrow({ where: { id } })).createdAt.getTime(),
  );
});

describe("defaults", () => {
  test("people have the console's time until the workspace has its own", async () => {
    const own = await makeWorkspace();
    const { ctx, workspaceId } = own;
    await makeAction(own, { name: "own_window" });
    const windows = async () => [
      (await getActionDefaults(ctx)).windowMinutes,
      (await listRouting(ctx)).routing.map(({ windowMinutes }) => windowMinutes),
    ];
    expect(await windows()).toEqual([1440, [1440]]);
    await getDb().workspace.update({ where: { id: workspaceId }, data: { approvalWindowMinutes: 30 } });
    expect(await windows()).toEqual([30, [30]]);
    await getDb().registeredAction.updateMany({ where: { workspaceId }, data: { approvalWindowMinutes: 5 } });
    expect(await windows()).toEqual([30, [5]]);
  });

  test("the owner is asked until the workspace names approvers", async () => {
    const limited = await makeWorkspace({ plan: "free" });
    await makeAction(limited, { name: "one_action" });
    expect(await getActionDefaults(limited.ctx)).toMatchObject({
      approverEmails: [limited.ownerEmail],
      isRoutedByWorkspace: false,
      activeActions: 1,
      activeActionsLimit: 3,
    });
    await getDb().workspace.update({ where: { id: limited.workspaceId }, data: { approverEmails: ["ann@example.com"] } });
    expect(await getActionDefaults(limited.ctx)).toMatchObject({ approverEmails: ["ann@example.com"], isRoutedByWorkspace: true });
  });
});
