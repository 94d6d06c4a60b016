import { z } from "zod";
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from "zod-openapi";
import {
  claimAnswerSchema,
  claimRequestSchema,
  releaseAnswerSchema,
  releaseRequestSchema,
  renewAnswerSchema,
  renewRequestSchema,
} from "./claim";
import { decisionAnswerSchema, decisionParamsSchema, decisionRequestSchema, decisionViewSchema } from "./decision";
import { healthAnswerSchema, readyAnswerSchema } from "./health";
import { interceptAnswerSchema, interceptRequestSchema } from "./intercept";
import {
  callHeadersSchema,
  jsonResponse,
  PLAIN_HEADERS,
  type ProblemStatus,
  problemResponses,
  SDK_HEADERS,
  textHeader,
} from "./openapi-responses";
import { logCheckpointAnswerSchema, logCheckpointQuerySchema, logKeysAnswerSchema } from "./receipt-log";
import { reportAnswerSchema, reportExecutedRequestSchema, reportFailedRequestSchema } from "./report";
import { revocationAnswerSchema, revokeRequestSchema } from "./revoke";
import { runParamsSchema, statusAnswerSchema, statusQuerySchema } from "./status";
import { withdrawalAnswerSchema, withdrawRequestSchema } from "./withdraw";

/** Every path below /api, with its operations. */
export function openApiPaths(): ZodOpenApiPathsObject {
  return {
    "/v1/sdk/intercept": {
      post: {
        ...sdkPost("intercept", "Propose an action and get a decision", interceptRequestSchema, interceptAnswerSchema, [403, 429]),
        description:
          "The console decides whether the action may run; it never runs it. Run it only when `executable` is true. A blocked or pending proposal is an answer, not an error.",
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
          "200": jsonResponse("The run as it is now.", statusAnswerSchema, {
            ...SDK_HEADERS,
            ETag: textHeader("Send it as If-None-Match to get 304 while nothing has changed."),
          }),
          "304": { description: "Nothing has changed since the ETag was given." },
          ...problemResponses(401, 404, 422),
        },
      },
    },
    "/v1/sdk/action-runs/{id}/claim": {
      post: runPost("claimRun", "Claim a run before executing it", claimRequestSchema, claimAnswerSchema),
    },
    "/v1/sdk/action-runs/{id}/claim/renew": {
      post: runPost("renewClaim", "Make a claim last longer", renewRequestSchema, renewAnswerSchema),
    },
    "/v1/sdk/action-runs/{id}/claim/release": {
      post: runPost("releaseClaim", "Give a claim back before executing", releaseRequestSchema, releaseAnswerSchema),
    },
    "/v1/sdk/action-runs/{id}/report-executed": {
      post: runPost("reportExecuted", "Report that the app executed the action", reportExecutedRequestSchema, reportAnswerSchema),
    },
    "/v1/sdk/action-runs/{id}/report-failed": {
      post: runPost("reportFailed", "Report that the app failed to execute the action", reportFailedRequestSchema, reportAnswerSchema),
    },
    "/v1/sdk/action-runs/{id}/withdraw": {
      post: {
        ...runPost("withdrawRun", "Withdraw a run that is no longer needed", withdrawRequestSchema, withdrawalAnswerSchema),
        description:
          "Ends a pending run, or an allowed or approved one that nobody has claimed: it becomes `rejected` with the reason `withdrawn`. Withdrawing it again is a replay. A run that was claimed, reported or otherwise decided is 409.",
      },
    },
    "/v1/public/decisions/{token}": {
      get: {
        operationId: "getDecision",
        summary: "Read what a decision link asks about",
        description: "Changes nothing.",
        tags: ["Decisions"],
        security: [],
        requestParams: { path: decisionParamsSchema },
        responses: {
          "200": jsonResponse("What is to be decided.", decisionViewSchema),
          ...problemResponses(404, 409, 410, 429),
        },
      },
      post: {
        operationId: "decide",
        summary: "Approve, reject or block",
        description: "The first decision wins. Approving takes `confirm: true`.",
        tags: ["Decisions"],
        security: [],
        requestParams: { path: decisionParamsSchema },
        requestBody: body(decisionRequestSchema),
        responses: {
          "200": jsonResponse("The decision as it stands.", decisionAnswerSchema),
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
          "200": jsonResponse("The approval is revoked.", revocationAnswerSchema),
          ...problemResponses(400, 403, 404, 409, 413, 415, 422, 429),
        },
      },
    },
    "/v1/sdk/log/checkpoint": {
      get: {
        operationId: "getLogCheckpoint",
        summary: "Read the newest checkpoint, and whether it goes on from yours",
        description: "Every SDK answer carries a recent checkpoint in the header `DAAI-Checkpoint`, in base64.",
        tags: ["Receipts"],
        requestParams: { query: logCheckpointQuerySchema },
        responses: { "200": jsonResponse("The newest checkpoint.", logCheckpointAnswerSchema, SDK_HEADERS), ...problemResponses(401, 422) },
      },
    },
    "/v1/public/log-keys": {
      get: {
        operationId: "getLogKeys",
        summary: "Read the public keys of the receipt logs",
        description:
          "Checkpoints are signed with them. Keep a copy: a receipt is checked against keys that you have, not against those of the day.",
        tags: ["Receipts"],
        security: [],
        responses: { "200": jsonResponse("The keys, the current one first.", logKeysAnswerSchema), ...problemResponses() },
      },
    },
    "/health": {
      get: openGet("getHealth", "Is the process alive", jsonResponse("It is.", healthAnswerSchema)),
    },
    "/ready": {
      get: openGet("getReadiness", "Can it serve requests", jsonResponse("It can.", readyAnswerSchema)),
    },
    "/openapi.json": {
      get: openGet("getOpenApi", "This document", {
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
  answer: z.ZodType,
  problems: ProblemStatus[],
): ZodOpenApiOperationObject {
  return {
    operationId,
    summary,
    tags: ["SDK"],
    requestParams: { header: callHeadersSchema },
    requestBody: body(request),
    responses: {
      "200": jsonResponse("Done.", answer, SDK_HEADERS),
      ...problemResponses(400, 401, 409, 413, 415, 422, ...problems),
    },
  };
}

function runPost(operationId: string, summary: string, request: z.ZodType, answer: z.ZodType): ZodOpenApiOperationObject {
  return {
    ...sdkPost(operationId, summary, request, answer, [404]),
    requestParams: { path: runParamsSchema, header: callHeadersSchema },
  };
}

function openGet(operationId: string, summary: string, response: ReturnType<typeof jsonResponse>): ZodOpenApiOperationObject {
  return { operationId, summary, tags: ["Operation"], security: [], responses: { "200": response, ...problemResponses() } };
}

function body(schema: z.ZodType) {
  return { required: true, content: { "application/json": { schema } } };
}
