import type { APIRequestContext } from "@playwright/test";
import type { HookResponse } from "@/lib/contract/hook";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { hookInput } from "@/lib/testing/hook-input";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { ApprovalsPage } from "./pages/approvals-page";

interface Settings {
  readonly hooks: Readonly<
    Record<string, readonly { hooks: readonly { url: string; headers: Record<string, string>; allowedEnvVars: string[] }[] }[]>
  >;
}

/** Calls the hooks of a settings file as Claude Code does, in that environment. */
function claudeCode(request: APIRequestContext, settings: Settings, environment: Record<string, string>) {
  return async (input: string, changes: JsonObject) => {
    const body = hookInput(`claude-code/${input}`, changes);
    const hook = settings.hooks[body.hook_event_name]?.[0]?.hooks[0];
    if (!hook) throw new Error(`The settings have no hook of ${body.hook_event_name}.`);
    const fill = (value: string) =>
      value.replace(/\$(\w+)/g, (_, name: string) => (hook.allowedEnvVars.includes(name) ? (environment[name] ?? "") : ""));
    const headers = Object.fromEntries(Object.entries(hook.headers).map(([name, value]) => [name, fill(value)]));
    const response = await request.post(`${hook.url}?wait=0`, { headers, data: body });
    expect(response.status()).toBe(200);
    return (await response.json()) as HookResponse;
  };
}

test("the settings that Setup shows govern Claude Code: a destructive command waits for a person, runs once and is reported", async ({
  page,
  world,
  signIn,
}) => {
  const workspace = await world.workspace();
  await signIn(page, workspace.owner);
  await page.goto(`/workspaces/${workspace.workspaceId}/setup`);
  await page.getByRole("navigation", { name: "Setup" }).getByRole("link", { name: "Coding agents" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Coding agents" })).toBeVisible();
  const card = page.getByRole("region", { name: "Claude Code" });
  await card.getByRole("button", { name: "Add actions" }).click();
  await expect(card.getByRole("link", { name: "claude_code_bash" })).toBeVisible();
  await expect(card.getByRole("button", { name: "Add actions" })).toHaveCount(0);
  await expectAccessible(page);

  const settings = JSON.parse((await card.getByLabel("settings.json", { exact: true }).textContent()) ?? "") as Settings;
  const call = claudeCode(page.request, settings, { DAAI_API_KEY: workspace.apiKey, DAAI_WORKSPACE_KEY: workspace.workspaceKey });
  const command = { tool_input: { command: "rm -rf build" } };
  const approvals = new ApprovalsPage(page);

  expect((await call("pre-tool-use.bash", { ...command, tool_use_id: "toolu_1" })).hookSpecificOutput).toMatchObject({
    permissionDecision: "deny",
    permissionDecisionReason: expect.stringMatching(/^Pending approval .* ask again with exactly the same call/),
  });
  await approvals.open();
  await approvals.expectOpen("run rm -rf build");
  await expectAccessible(page);
  await approvals.answer("Approve").click();
  await approvals.expectSaid("Approved");
  expect((await call("pre-tool-use.bash", { ...command, tool_use_id: "toolu_2" })).hookSpecificOutput).toMatchObject({
    permissionDecision: "allow",
  });
  expect(await call("post-tool-use.bash", { ...command, tool_use_id: "toolu_2" })).toEqual({});
  await expect
    .poll(() => getDb().actionRun.findMany({ where: { workspaceId: workspace.workspaceId }, select: { executionStatus: true } }))
    .toEqual([{ executionStatus: "executed" }]);
});
