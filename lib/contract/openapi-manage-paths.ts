import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import {
  actionParamsSchema,
  actionProposalSchema,
  activeRequestSchema,
  backtestRequestSchema,
  managedActionSchema,
  managedActionsResponseSchema,
  planActionResponseSchema,
  putActionRequestSchema,
  testActionRequestSchema,
  testActionResponseSchema,
} from "./manage-actions";
import { backtestResponseSchema } from "./manage-backtests";
import { eventsResponseSchema } from "./manage-events";
import { pageQuerySchema } from "./manage-pages";
import { body, ETAG, ID, ifMatchSchema, ifNoneMatchSchema, manage, NOT_MODIFIED, WRITES } from "./openapi-manage-operation";
import { callHeadersSchema, jsonResponse, problemResponses, SDK_HEADERS } from "./openapi-responses";

const WAITS_FOR_SECOND_PERSON = jsonResponse(
  "Nothing was changed yet: the workspace asks for a second person, so another owner or admin has to confirm it. Sending the same again changes nothing.",
  actionProposalSchema,
  SDK_HEADERS,
);

const preconditionsSchema = ifMatchSchema.extend({
  "If-None-Match": z.string().optional().meta({ description: "`*` registers a new action only. If there is one, the response is 412." }),
});

/** The paths of the management API about actions and the activity. */
export function openApiManagePaths(): ZodOpenApiPathsObject {
  return {
    "/v1/manage/actions": {
      get: manage("listActions", "List actions with their policies", "actions:read", {
        responses: { "200": jsonResponse("By name, inactive ones too.", managedActionsResponseSchema, SDK_HEADERS) },
      }),
    },
    "/v1/manage/actions/{name}": {
      get: manage("getAction", "Read an action and its policy", "actions:read", {
        requestParams: {
          path: actionParamsSchema,
          header: ifNoneMatchSchema,
        },
        responses: {
          "200": jsonResponse("The action. Settings at their defaults are omitted.", managedActionSchema, ETAG),
          "304": NOT_MODIFIED,
          ...problemResponses(404),
        },
      }),
      put: manage("putAction", "Register or edit an action", "actions:write", {
        description:
          "Sets everything that is said of the action: omitted settings have their defaults. Sending the same again changes nothing. Changing `approvers`, `approver_group`, `approvals`, `later_stages`, `escalation`, `requires_four_eyes` or `ask` of a rule also needs the scope `approvers:write`.",
        requestParams: { path: actionParamsSchema, header: preconditionsSchema },
        requestBody: body(putActionRequestSchema),
        responses: {
          "200": jsonResponse("The action as it is now.", managedActionSchema, ETAG),
          "201": jsonResponse("The action was registered.", managedActionSchema, ETAG),
          "202": WAITS_FOR_SECOND_PERSON,
          ...problemResponses(...WRITES, 412),
        },
      }),
    },
    "/v1/manage/actions/{name}/active": {
      put: manage("setActionActive", "Activate or deactivate an action", "actions:write", {
        description: "Proposals of an inactive action are blocked.",
        requestParams: { path: actionParamsSchema, header: ifMatchSchema },
        requestBody: body(activeRequestSchema),
        responses: {
          "200": jsonResponse("The action as it is now.", managedActionSchema, SDK_HEADERS),
          "202": WAITS_FOR_SECOND_PERSON,
          ...problemResponses(...WRITES, 404, 412),
        },
      }),
    },
    "/v1/manage/actions/{name}/plan": {
      post: manage("planAction", "Show what PUT would change", "actions:read", {
        description: "Changes nothing. Takes the body of PUT.",
        requestParams: { path: actionParamsSchema, header: callHeadersSchema },
        requestBody: body(putActionRequestSchema),
        responses: { "200": jsonResponse("What would change.", planActionResponseSchema, SDK_HEADERS), ...problemResponses(...WRITES) },
      }),
    },
    "/v1/manage/actions/{name}/test": {
      post: manage("testAction", "Test a policy against payloads", "actions:read", {
        description:
          "Decides about each payload as intercept would with this policy, and compares. Stores nothing, and the action needn't exist.",
        requestParams: { path: actionParamsSchema, header: callHeadersSchema },
        requestBody: body(testActionRequestSchema),
        responses: {
          "200": jsonResponse("The result of each test.", testActionResponseSchema, SDK_HEADERS),
          ...problemResponses(...WRITES),
        },
      }),
    },
    "/v1/manage/actions/{name}/backtests": {
      post: manage("startBacktest", "Compare a draft of a policy with recorded runs", "backtests:run", {
        description:
          "Saves nothing. The worker compares: read the backtest until it's finished. The same draft within five minutes responds with the same backtest. A key has one unfinished backtest for each action, and another draft cancels it.",
        requestParams: { path: actionParamsSchema, header: callHeadersSchema },
        requestBody: body(backtestRequestSchema),
        responses: {
          "200": jsonResponse("The result, which was computed before.", backtestResponseSchema, SDK_HEADERS),
          "202": jsonResponse("It isn't finished.", backtestResponseSchema, SDK_HEADERS),
          ...problemResponses(...WRITES, 404),
        },
      }),
    },
    "/v1/manage/backtests/{id}": {
      get: manage("getBacktest", "Read the progress and the result of a backtest", "backtests:run", {
        requestParams: ID,
        responses: {
          "200": jsonResponse("The backtest. Results are deleted after a week.", backtestResponseSchema, SDK_HEADERS),
          ...problemResponses(404),
        },
      }),
    },
    "/v1/manage/backtests/{id}/cancel": {
      post: manage("cancelBacktest", "Cancel a backtest", "backtests:run", {
        description: "Canceling a finished one changes nothing.",
        requestParams: ID,
        responses: { "200": jsonResponse("The backtest as it is now.", backtestResponseSchema, SDK_HEADERS), ...problemResponses(404) },
      }),
    },
    "/v1/manage/events": {
      get: manage("listEvents", "Read the activity", "events:read", {
        description: "What people, keys and the console did in the workspace, the newest first, 50 at a time.",
        requestParams: { query: pageQuerySchema, header: callHeadersSchema },
        responses: {
          "200": jsonResponse("The newest events, or those before `before`.", eventsResponseSchema, SDK_HEADERS),
          ...problemResponses(422),
        },
      }),
    },
  };
}
