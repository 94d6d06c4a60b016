import { answerHook, type Hook } from "@/lib/action-runs/hooks/answer-hook";
import type { SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import { claudeCodeHookQuerySchema, codexHookQuerySchema, hookRequestSchema } from "@/lib/contract/hook";
import type { ApiRequest } from "@/lib/http/api-request";
import { holdResponse } from "@/lib/http/hold-response";
import { sdkRoute } from "@/lib/http/route";
import type { VisitorContext } from "@/lib/security/context";

/** Hooks send whole files and outputs, most of which isn't kept. */
const body = { schema: hookRequestSchema, maxBytes: 2_097_152 };

export const claudeCodeHook = sdkRoute({
  method: "POST",
  path: "/api/v1/hooks/claude-code",
  scope: "sdk-credentials",
  query: claudeCodeHookQuerySchema,
  body,
  isLongPoll: () => true,
  handler: (input) => answer("claude_code", input),
});

export const codexHook = sdkRoute({
  method: "POST",
  path: "/api/v1/hooks/codex",
  scope: "sdk-credentials",
  query: codexHookQuerySchema,
  body,
  isLongPoll: () => true,
  handler: (input) => answer("codex", input),
});

interface HookInput {
  readonly ctx: VisitorContext;
  readonly credentials: SdkCredentials;
  readonly body: Hook["request"];
  readonly query: Hook["options"];
  readonly request: ApiRequest;
}

function answer(agent: Hook["agent"], { ctx, credentials, body: hook, query: options, request }: HookInput) {
  return holdResponse(request, (signal) => answerHook(ctx, credentials, { agent, request: hook, options, signal }));
}
