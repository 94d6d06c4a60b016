import { createHash } from "node:crypto";
import { reportExecution } from "@/lib/action-runs/execute/report-execution";
import type { HookRequest, HookResponse } from "@/lib/contract/hook";
import { ERROR_MAX_LENGTH } from "@/lib/domain/access/limits";
import type { CodingAgent } from "@/lib/domain/hooks/coding-agents";
import { isJsonObject, type JsonObject } from "@/lib/domain/json-value";
import type { SdkContext } from "@/lib/security/context";
import { claimTokenOf } from "./call-identity";
import { findClaimedRun } from "./find-call-run";
import { maskedBeginning, readCall } from "./read-call";

type Reported = { ok: true; answer: HookResponse };

/** Records what became of a call that was let through. The tool has run, so nothing here can stop it: problems are shown to the person. */
export async function reportCall(ctx: SdkContext, { agent, request }: { agent: CodingAgent; request: HookRequest }): Promise<Reported> {
  const { session_id: sessionId, tool_use_id: toolUseId } = request;
  if (!(sessionId && toolUseId)) return warn("The hook's input has no session_id or tool_use_id, so the call isn't reported.");
  const claimToken = claimTokenOf(ctx.workspaceId, { agent, sessionId, toolUseId });
  const run = await findClaimedRun(ctx, { agent, sessionId, claimToken });
  if (!run)
    return warn(`${request.tool_name ?? "The tool"} ran without a claim, so the call isn't reported. Is the hook set up for PreToolUse?`);
  const error = errorOf(request);
  const result = resultOf(agent, request, run.payload_text);
  const outcome = error === null ? "executed" : "failed";
  const reported = await reportExecution(ctx, { runId: run.id, outcome, result, resultText: JSON.stringify(result), error, claimToken });
  return reported.ok ? { ok: true, answer: {} } : warn(`The call isn't reported: ${reported.detail}`);
}

function errorOf({ hook_event_name: event, error, tool_response: response }: HookRequest): string | null {
  if (event === "PostToolUseFailure") return maskedBeginning(error || "The tool failed.", ERROR_MAX_LENGTH);
  return isJsonObject(response) && response.interrupted === true ? "It was interrupted." : null;
}

/** Of the tool's output only its size and hash: outputs are where personal data is. */
function resultOf(agent: CodingAgent, request: HookRequest, decidedText: string | null): JsonObject {
  const { tool_response: response, tool_use_id: toolUseId } = request;
  const output = response === undefined ? null : typeof response === "string" ? response : JSON.stringify(response);
  const call = readCall(agent, request);
  const decided = decidedText === null ? null : (JSON.parse(decidedText) as JsonObject);
  const isSame = typeof call === "string" || decided === null || hasSameInput(call.payload, decided);
  return {
    observed_by: `${agent} hook`,
    tool_use_id: toolUseId ?? null,
    ...(output !== null && { output_bytes: Buffer.byteLength(output), output_sha256: createHash("sha256").update(output).digest("hex") }),
    // Another hook, or the person, gave the tool something else than what was decided on.
    ...(isSame ? {} : { input_differs: true }),
  };
}

function hasSameInput(one: JsonObject, other: JsonObject): boolean {
  return ["tool", "command", "input"].every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}

function warn(systemMessage: string): Reported {
  return { ok: true, answer: { systemMessage: `DAAI Console: ${systemMessage}` } };
}
