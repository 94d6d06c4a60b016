import { z } from "zod";
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from "zod-openapi";
import {
  claimRequestSchema,
  claimResponseSchema,
  releaseRequestSchema,
  releaseResponseSchema,
  renewRequestSchema,
  renewResponseSchema,
} from "./claim";
import { decisionParamsSchema, decisionRequestSchema, decisionResponseSchema, decisionViewSchema } from "./decision";
import { healthResponseSchema, readyResponseSchema } from "./health";
import { claudeCodeHookQuerySchema, codexHookQuerySchema, hookRequestSchema, hookResponseSchema } from "./hook";
import { interceptRequestSchema, interceptResponseSchema } from "./intercept";
import { openApiManageLimitPaths } from "./openapi-manage-limit-paths";
import { openApiManagePaths } from "./openapi-manage-paths";
import {
  callHeadersSchema,
  jsonResponse,
  PLAIN_HEADERS,
  type ProblemStatus,
  problemResponses,
  SDK_HEADERS,
  textHeader,
} from "./openapi-responses";
import { logCheckpointQuerySchema, logCheckpointResponseSchema, logKeysResponseSchema } from "./receipt-log";
import { reportExecutedRequestSchema, reportFailedRequestSchema, reportResponseSchema } from "./report";
import { revocationResponseSchema, revokeRequestSchema } from "./revoke";
import { runParamsSchema, statusQuerySchema, statusResponseSchema } from "./status";
import { withdrawalResponseSchema, withdrawRequestSchema } from "./withdraw";

/** Every path below /api, with its operations. */
export function openApiPaths(): ZodOpenApiPathsObject {
  return {
    "/v1/sdk/intercept": {
      post: {
        ...sdkPost("intercept", "Propose an action and get a decision", interceptRequestSchema, interceptResponseSchema, [403, 429]),
        description:
          "The console decides whether the action may run; it never runs it. Run it only when `executable` is true. A blocked or pending proposal is a normal response, not an error.",
      },
    },
    "/v1/sdk/action-runs/{id}/status": {
      get: {
        operationId: "getRunStatus",
        summary: "Read a run, or wait for its decision",
        tags: ["SDK"],
        requestParams: {
          path: runParamsSchema,
          query: statusQuerySchema,
          header: callHeadersSchema.extend({ "If-None-Match": z.string().optional() }),
        },
        responses: {
          "200": jsonResponse("The run's current state.", statusResponseSchema, {
            ...SDK_HEADERS,
            ETag: textHeader("Send it as If-None-Match to get 304 if nothing has changed."),
          }),
          "304": { description: "Nothing has changed since the ETag was issued." },
          ...problemResponses(401, 404, 422),
        },
      },
    },
    "/v1/sdk/action-runs/{id}/claim": {
      post: runPost("claimRun", "Claim a run before executing it", claimRequestSchema, claimResponseSchema),
    },
    "/v1/sdk/action-runs/{id}/claim/renew": {
      post: runPost("renewClaim", "Extend a claim", renewRequestSchema, renewResponseSchema),
    },
    "/v1/sdk/action-runs/{id}/claim/release": {
      post: runPost("releaseClaim", "Release a claim without executing", releaseRequestSchema, releaseResponseSchema),
    },
    "/v1/sdk/action-runs/{id}/report-executed": {
      post: runPost("reportExecuted", "Report that the app executed the action", reportExecutedRequestSchema, reportResponseSchema),
    },
    "/v1/sdk/action-runs/{id}/report-failed": {
      post: runPost("reportFailed", "Report that the app failed to execute the action", reportFailedRequestSchema, reportResponseSchema),
    },
    "/v1/sdk/action-runs/{id}/withdraw": {
      post: {
        ...runPost("withdrawRun", "Withdraw a run that is no longer needed", withdrawRequestSchema, withdrawalResponseSchema),
        description:
          "Ends a pending run, or an allowed or approved one that nobody has claimed: it becomes `rejected` with the reason `withdrawn`. Withdrawing it again is a replay. A run that was claimed, reported or otherwise decided is 409.",
      },
    },
    "/v1/hooks/claude-code": {
      post: {
        ...sdkPost("answerClaudeCodeHook", "Answer a hook of Claude Code", hookRequestSchema, hookResponseSchema, []),
        requestParams: { header: callHeadersSchema, query: claudeCodeHookQuerySchema },
        description:
          "For `http` hooks of Claude Code. `PreToolUse` proposes the call and claims the run once it may run; `PostToolUse` and `PostToolUseFailure` report it. A call that is refused, or still pending after `wait` seconds (default 45), is denied with the reason.",
      },
    },
    "/v1/hooks/codex": {
      post: {
        ...sdkPost("answerCodexHook", "Answer a hook of Codex", hookRequestSchema, hookResponseSchema, []),
        requestParams: { header: callHeadersSchema, query: codexHookQuerySchema },
        description: "The same for Codex, whose command hook `daai hook codex` sends it. A call that may run gets an empty response.",
      },
    },
    "/v1/public/decisions/{token}": {
      get: {
        operationId: "getDecision",
        summary: "Read the request behind a decision link",
        description: "Changes nothing.",
        tags: ["Decisions"],
        security: [],
        requestParams: { path: decisionParamsSchema },
        responses: {
          "200": jsonResponse("The request to decide.", decisionViewSchema),
          ...problemResponses(404, 409, 410, 429),
        },
      },
      post: {
        operationId: "decide",
        summary: "Approve, reject or block",
        description:
          "The first decision wins. Approving requires `confirm: true`. Where several approvals are needed, the run stays pending until the last one, and `approvals` says how many are given.",
        tags: ["Decisions"],
        security: [],
        requestParams: { path: decisionParamsSchema },
        requestBody: body(decisionRequestSchema),
        responses: {
          "200": jsonResponse("The recorded decision.", decisionResponseSchema),
          ...problemResponses(400, 404, 409, 410, 413, 415, 422, 429),
        },
      },
    },
    "/v1/public/decisions/{token}/revoke": {
      post: {
        operationId: "revokeApproval",
        summary: "Revoke your approval before anyone claims the run",
        description:
          "For the person who approved, through the link they were asked by. The run becomes `rejected` with the reason `approval_revoked`. Takes `confirm: true`.",
        tags: ["Decisions"],
        security: [],
        requestParams: { path: decisionParamsSchema },
        requestBody: body(revokeRequestSchema),
        responses: {
          "200": jsonResponse("The approval is revoked.", revocationResponseSchema),
          ...problemResponses(400, 403, 404, 409, 413, 415, 422, 429),
        },
      },
    },
    "/v1/sdk/log/checkpoint": {
      get: {
        operationId: "getLogCheckpoint",
        summary: "Read the latest checkpoint, with a proof that it extends yours",
        description: "Every SDK response includes a recent checkpoint in the `DAAI-Checkpoint` header, in base64.",
        tags: ["Receipts"],
        requestParams: { query: logCheckpointQuerySchema },
        responses: {
          "200": jsonResponse("The latest checkpoint.", logCheckpointResponseSchema, SDK_HEADERS),
          ...problemResponses(401, 422),
        },
      },
    },
    "/v1/public/log-keys": {
      get: {
        operationId: "getLogKeys",
        summary: "Read the public keys of the receipt logs",
        description:
          "Checkpoints are signed with them. Keep a copy: verify receipts against the keys you saved, not against the keys served today.",
        tags: ["Receipts"],
        security: [],
        responses: { "200": jsonResponse("The keys, starting with the current one.", logKeysResponseSchema), ...problemResponses() },
      },
    },
    ...openApiManagePaths(),
    ...openApiManageLimitPaths(),
    "/health": {
      get: openGet("getHealth", "Check whether the process is alive", jsonResponse("The process is running.", healthResponseSchema)),
    },
    "/ready": {
      get: openGet(
        "getReadiness",
        "Check whether it can serve requests",
        jsonResponse("Ready, or degraded but serving requests.", readyResponseSchema),
      ),
    },
    "/openapi.json": {
      get: openGet("getOpenApi", "Read this document", {
        description: "OpenAPI 3.1.",
        headers: PLAIN_HEADERS,
        content: { "application/json": { schema: { type: "object" } } },
      }),
    },
  };
}

function sdkPost(
  operationId: string,
  summary: string,
  request: z.ZodType,
  response: z.ZodType,
  problems: ProblemStatus[],
): ZodOpenApiOperationObject {
  return {
    operationId,
    summary,
    tags: ["SDK"],
    requestParams: { header: callHeadersSchema },
    requestBody: body(request),
    responses: {
      "200": jsonResponse("Success.", response, SDK_HEADERS),
      ...problemResponses(400, 401, 409, 413, 415, 422, ...problems),
    },
  };
}

function runPost(operationId: string, summary: string, request: z.ZodType, response: z.ZodType): ZodOpenApiOperationObject {
  return {
    ...sdkPost(operationId, summary, request, response, [404]),
    requestParams: { path: runParamsSchema, header: callHeadersSchema },
  };
}

function openGet(operationId: string, summary: string, response: ReturnType<typeof jsonResponse>): ZodOpenApiOperationObject {
  return { operationId, summary, tags: ["Operation"], security: [], responses: { "200": response, ...problemResponses() } };
}

function body(schema: z.ZodType) {
  return { required: true, content: { "application/json": { schema } } };
}
