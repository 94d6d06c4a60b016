import { beforeAll, expect, test } from "vitest";
import { countWaiting } from "@/lib/approvals/count-waiting";
import { userContext } from "@/lib/auth/contexts";
import type { UserContext } from "@/lib/security/context";
import { makePerson, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { listWorkspaceChoices } from "@/lib/workspaces/list-workspace-choices";
import { searchConsole } from "./search-console";

let workspace: TestWorkspace;
let other: TestWorkspace;
let runId: string;
let foreignRunId: string;
beforeAll(async () => {
  [workspace, other] = [await makeWorkspace(), await makeWorkspace()];
  [runId, foreignRunId] = [await makeRun(workspace, "always_require_approval"), await makeRun(other, "always_require_approval")];
});

async function person(role: "owner" | "viewer" | null): Promise<UserContext> {
  const { email, ctx } = await makePerson(workspace, role);
  return userContext({ sessionId: "", userId: ctx.actor.userId, email, name: null, isOperator: false });
}

const runIds = async (user: UserContext, text: string) => (await searchConsole(user, text)).runs.map(({ id }) => id);

test("members find their workspace's runs by id and by its beginning, nobody else's", async () => {
  const viewer = await person("viewer");
  expect(await runIds(viewer, runId)).toEqual([runId]);
  expect(await runIds(viewer, runId.slice(0, 30).toUpperCase())).toContain(runId);
  expect(await runIds(viewer, foreignRunId)).toEqual([]);
  expect(await runIds(await person(null), runId)).toEqual([]);
});

test("runs and actions are found by name, and what was typed is no pattern", async () => {
  const viewer = await person("viewer");
  const { runs, actions } = await searchConsole(viewer, "_");
  expect(new Set([...runs, ...actions].map(({ workspaceId }) => workspaceId))).toEqual(new Set([workspace.workspaceId]));
  const [action] = actions;
  expect(await runIds(viewer, action?.name ?? "missing")).toContain(runId);
  expect(await searchConsole(viewer, "%%")).toEqual({ actions: [], runs: [] });
  expect(await searchConsole(viewer, "\\")).toEqual({ actions: [], runs: [] });
});

test("a strange workspace is no choice, and a role that may not decide has nothing waiting", async () => {
  const [owner, viewer, stranger] = [await person("owner"), await person("viewer"), await person(null)];
  expect(await listWorkspaceChoices(viewer)).toEqual([expect.objectContaining({ id: workspace.workspaceId, role: "viewer" })]);
  expect(await listWorkspaceChoices(stranger)).toEqual([]);
  expect(await Promise.all([owner, viewer, stranger].map(countWaiting))).toEqual([1, 0, 0]);
});
