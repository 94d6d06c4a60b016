import { beforeEach, describe, expect, test } from "vitest";
import { visitorContext } from "@/lib/auth/contexts";
import type { HookRequest } from "@/lib/contract/hook";
import { addStarterPack } from "@/lib/registered-actions/add-starter-pack";
import { APPROVE } from "@/lib/testing/deciders";
import { atOnce, endLease, expectOk, makeAction, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { afterBash, bash, decideAsked, decisionOf, onlyRunOf, reasonOf, runsOf, type Sent, sendHook } from "@/lib/testing/hook-calls";
import { hookInput } from "@/lib/testing/hook-input";
import { tablesWith } from "@/lib/testing/tables-with";
import { answerHook } from "./answer-hook";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
  expectOk(await addStarterPack(workspace.ctx, { agent: "claude_code" }));
  expectOk(await addStarterPack(workspace.ctx, { agent: "codex" }));
});

const send = (request: HookRequest, sent?: Sent) => sendHook(workspace, request, sent);
const runs = () => runsOf(workspace);
const onlyRun = () => onlyRunOf(workspace);

describe("a call that the policy allows", () => {
  test("is claimed, run once and reported", async () => {
    const pre = await send(bash("npm test"));
    expect(pre).toEqual({
      hookSpecificOutput: {
        hookEventName: "PreToolUse",
        permissionDecision: "allow",
        permissionDecisionReason: "DAAI Console: allowed by the policy.",
      },
    });
    expect(await onlyRun()).toMatchObject({
      actionName: "claude_code_bash",
      actor: "claude_code",
      sourceType: "claude_code",
      sourceRef: "00893aaf-19fa-41d2-8238-13269b9b3ca0",
      sentence: "run npm test",
      claimWorker: "claude_code:toolu_1",
      executionStatus: "awaiting_execution_report",
    });
    expect(await send(afterBash("npm test"))).toEqual({});
    const run = await onlyRun();
    expect(run.executionStatus).toBe("executed");
    expect(JSON.parse(run.executionResultText ?? "")).toEqual({
      observed_by: "claude_code hook",
      tool_use_id: "toolu_1",
      output_bytes: expect.any(Number),
      output_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test("is reported as failed, with the tool's error", async () => {
    await send(hookInput("claude-code/pre-tool-use.bash", { tool_input: { command: "npm test" } }));
    const failure = hookInput("claude-code/post-tool-use-failure.bash", {
      tool_input: { command: "npm test" },
      error: "TOKEN=hunter2secret is wrong",
    });
    expect(await send(failure)).toEqual({});
    expect(await onlyRun()).toMatchObject({ executionStatus: "failed", executionError: "TOKEN=[masked] is wrong" });
  });

  test("is reported as failed when it was interrupted, and noted when its input was another", async () => {
    await send(bash("npm test"));
    const response = { stdout: "", stderr: "", interrupted: true };
    await send({ ...afterBash("npm run other"), tool_response: response });
    const run = await onlyRun();
    expect(run).toMatchObject({ executionStatus: "failed", executionError: "It was interrupted." });
    expect(JSON.parse(run.executionResultText ?? "")).toMatchObject({ input_differs: true });
  });

  test("runs again as a run of its own, and a report counts once, however late", async () => {
    await send(bash("npm test"));
    await endLease((await onlyRun()).id);
    await send(afterBash("npm test"));
    expect(await send(afterBash("npm test"))).toEqual({});
    expect(decisionOf(await send(bash("npm test", "toolu_2")))).toBe("allow");
    expect((await runs()).map(({ executionStatus }) => executionStatus)).toEqual(["executed", "awaiting_execution_report"]);
  });

  test("is confirmed by the person at the terminal if the settings say so", async () => {
    expect(decisionOf(await send(bash("npm test"), { options: { allowed: "ask" } }))).toBe("ask");
  });

  test.each(["write", "edit"])("is decided by its path: %s", async (tool) => {
    expect(decisionOf(await send(hookInput(`claude-code/pre-tool-use.${tool}`)))).toBe("allow");
    expect(await onlyRun()).toMatchObject({ actionName: "claude_code_write", sentence: "change /home/ada/shop/src/order.ts" });
  });
});

describe("calls at the same moment", () => {
  test("one call sent twice is one run with one claim", async () => {
    const answers = await atOnce(6, () => send(bash("npm test")));
    expect(tally(answers.map(decisionOf))).toEqual({ allow: 6 });
    await onlyRun();
  });

  test("calls of their own are runs of their own, each with its report", async () => {
    await atOnce(6, (index) => send(bash("npm test", `toolu_${index}`)));
    await atOnce(6, (index) => send(afterBash("npm test", `toolu_${index}`)));
    expect(tally((await runs()).map(({ executionStatus }) => executionStatus))).toEqual({ executed: 6 });
  });

  test("an approval lets one of them through", async () => {
    await send(bash("rm -rf build"));
    await decideAsked((await onlyRun()).id, APPROVE);
    const answers = await atOnce(6, (index) => send(bash("rm -rf build", `toolu_${index}`)));
    expect(tally(answers.map(decisionOf))).toEqual({ allow: 1, deny: 5 });
  });
});

describe("what the console refuses", () => {
  test("a tool without an action is blocked, with where to register it", async () => {
    const answer = await send(hookInput("claude-code/pre-tool-use.mcp"));
    expect(reasonOf(answer)).toMatch(/^Blocked: the action claude_code_mcp_github_create_issue isn't registered/);
    await makeAction(workspace, { name: "claude_code_mcp_github_create_issue", policy: { type: "always_allow" } });
    expect(decisionOf(await send(hookInput("claude-code/pre-tool-use.mcp", { tool_use_id: "toolu_2" })))).toBe("allow");
  });

  test("the agent's own settings are blocked by the rule", async () => {
    const answer = await send(bash("rm .claude/settings.json"));
    expect(reasonOf(answer)).toMatch(/^Blocked by the rule "changes its own settings or hooks" \(rule_blocked\)\./);
  });

  test("a call that is too long, or has no ids, is denied before it is recorded", async () => {
    expect(reasonOf(await send(bash(`echo ${"x".repeat(20_000)}`)))).toContain("too long for a person to read");
    expect(reasonOf(await send(bash("ls", "t", { tool_use_id: null })))).toContain("tool_use_id");
    expect(await runs()).toEqual([]);
  });

  test("a limit is a denial, so that it holds in every version of the agent", async () => {
    const poor = await makeWorkspace({ plan: "free", limits: { interceptsPerMinute: 1 } });
    expectOk(await addStarterPack(poor.ctx, { agent: "claude_code" }));
    workspace = poor;
    await send(bash("npm test"));
    expect(reasonOf(await send(bash("npm run lint", "toolu_2")))).toMatch(/^DAAI Console refused the call \(rate_limit_minute\):/);
  });

  test("wrong keys are 401, and a report without a claim is a warning", async () => {
    const wrong = { ...workspace.credentials, apiKeyHash: "00".repeat(32) };
    const hook = { agent: "claude_code" as const, request: bash("ls"), options: {}, signal: new AbortController().signal };
    expect(await answerHook(visitorContext(), wrong, hook)).toMatchObject({ ok: false, code: "invalid_api_key" });
    expect((await send(afterBash("ls"))).systemMessage).toContain("without a claim");
    expect(await send(hookInput("claude-code/session-start"))).toEqual({});
  });

  test("the starter pack leaves what is registered as it is", async () => {
    expect(await addStarterPack(workspace.ctx, { agent: "claude_code" })).toEqual({ ok: true, added: [] });
  });
});

describe("Codex", () => {
  const codex = { agent: "codex" } as const;

  test("gets an empty response for what may run, and the same denials", async () => {
    expect(await send(hookInput("codex/pre-tool-use.patch"), codex)).toEqual({});
    expect(decisionOf(await send(hookInput("codex/pre-tool-use.bash"), codex))).toBe("deny");
    expect(reasonOf(await send(hookInput("codex/pre-tool-use.mcp"), codex))).toContain("codex_mcp_github_create_issue");
    const [patch, push] = await runs();
    expect(patch).toMatchObject({ actionName: "codex_write", sentence: "change src/order.ts" });
    await decideAsked(push?.id ?? "", APPROVE);
    expect(await send(hookInput("codex/pre-tool-use.bash", { tool_use_id: "call_a9" }), codex)).toEqual({});
    expect(await send(hookInput("codex/post-tool-use.bash", { tool_use_id: "call_a9" }), codex)).toEqual({});
    expect((await runs())[1]).toMatchObject({ executionStatus: "executed" });
  });
});

test("secrets are nowhere in the database", async () => {
  const secret = ["gh", "p_16C7e42F292c6912E7710c838347Ae178B4a"].join("");
  const command = `curl -u ada:hunter2hunter2 -H "Authorization: Bearer ${secret}" http://localhost:8080/`;
  await send(bash(command, "toolu_1", { tool_input: { command, description: `with ${secret}` } }));
  await send({ ...afterBash(command), tool_response: { stdout: `token=${secret}`, stderr: "", interrupted: false } });
  await send(hookInput("claude-code/pre-tool-use.write", { tool_input: { file_path: "a.ts", content: `const key = "${secret}";` } }));
  expect(await tablesWith("[masked]")).toContain("action_runs");
  expect(await tablesWith(secret)).toEqual([]);
  expect(await tablesWith("hunter2hunter2")).toEqual([]);
});
