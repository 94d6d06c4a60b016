import { expect } from "vitest";
import { answerHook } from "@/lib/action-runs/hooks/answer-hook";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { visitorContext } from "@/lib/auth/contexts";
import { type HookOptions, type HookRequest, type HookResponse, hookResponseSchema } from "@/lib/contract/hook";
import { getDb } from "@/lib/db/client";
import type { CodingAgent } from "@/lib/domain/hooks/coding-agents";
import { expectOk, linkToken, type TestWorkspace } from "./factories";
import { hookInput } from "./hook-input";

export interface Sent {
  options?: HookOptions;
  agent?: CodingAgent;
  signal?: AbortSignal;
}

/** What the console answers to the hook of an agent of this workspace. */
export async function sendHook(
  workspace: TestWorkspace,
  request: HookRequest,
  { options = {}, agent = "claude_code", signal = new AbortController().signal }: Sent = {},
): Promise<HookResponse> {
  const hook = { agent, request, options: { wait: 0, ...options }, signal };
  const { answer } = expectOk(await answerHook(visitorContext(), workspace.credentials, hook));
  expect(hookResponseSchema.strict().parse(answer)).toEqual(answer);
  return answer;
}

export const decisionOf = ({ hookSpecificOutput }: HookResponse) => hookSpecificOutput?.permissionDecision ?? "none";
export const reasonOf = ({ hookSpecificOutput }: HookResponse) => hookSpecificOutput?.permissionDecisionReason ?? "";

export const bash = (command: string, toolUseId = "toolu_1", more: Partial<HookRequest> = {}) =>
  hookInput("claude-code/pre-tool-use.bash", { tool_input: { command }, tool_use_id: toolUseId, ...more });
export const afterBash = (command: string, toolUseId = "toolu_1") =>
  hookInput("claude-code/post-tool-use.bash", { tool_input: { command }, tool_use_id: toolUseId });

export const runsOf = ({ workspaceId }: TestWorkspace) => getDb().actionRun.findMany({ where: { workspaceId }, orderBy: { id: "asc" } });
export async function onlyRunOf(workspace: TestWorkspace) {
  const [run, ...others] = await runsOf(workspace);
  expect(others).toEqual([]);
  return run ?? expect.fail("There is no run.");
}

export const decideAsked = async (runId: string, decision: Parameters<typeof decideByLink>[2]) =>
  expectOk(await decideByLink(visitorContext(), await linkToken(runId), decision));
