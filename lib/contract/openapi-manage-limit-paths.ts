import type { ZodOpenApiPathsObject } from "zod-openapi";
import {
  budgetUsageResponseSchema,
  editBudgetRequestSchema,
  managedBudgetSchema,
  managedBudgetsResponseSchema,
  newBudgetRequestSchema,
} from "./manage-budgets";
import {
  freezeClaimsResponseSchema,
  freezeRequestSchema,
  freezeTargetsResponseSchema,
  managedFreezesResponseSchema,
  thawRequestSchema,
} from "./manage-freezes";
import { grantUsesResponseSchema, managedGrantSchema, managedGrantsResponseSchema } from "./manage-grants";
import { idParamsSchema, pageQuerySchema, statePageQuerySchema } from "./manage-pages";
import { body, ETAG, ID, ifMatchSchema, ifNoneMatchSchema, manage, NOT_MODIFIED, WRITES } from "./openapi-manage-operation";
import { callHeadersSchema, jsonResponse, problemResponses, SDK_HEADERS } from "./openapi-responses";

/** The paths of the management API about what limits runs: budgets, standing grants and freezes. */
export function openApiManageLimitPaths(): ZodOpenApiPathsObject {
  return { ...budgetPaths(), ...grantPaths(), ...freezePaths() };
}

function budgetPaths(): ZodOpenApiPathsObject {
  return {
    "/v1/manage/budgets": {
      get: manage("listBudgets", "List budgets and what is used of them", "budgets:read", {
        responses: { "200": jsonResponse("By name, without deleted ones.", managedBudgetsResponseSchema, SDK_HEADERS) },
      }),
      post: manage("createBudget", "Create a budget", "budgets:write", {
        description:
          "It counts what is proposed from now on. Sending the same again creates nothing and responds with the budget. If a budget of that name has other settings, the response is 422.",
        requestBody: body(newBudgetRequestSchema),
        responses: {
          "200": jsonResponse("The budget was there.", managedBudgetSchema, ETAG),
          "201": jsonResponse("The budget was created.", managedBudgetSchema, ETAG),
          ...problemResponses(...WRITES),
        },
      }),
    },
    "/v1/manage/budgets/{id}": {
      get: manage("getBudget", "Read a budget", "budgets:read", {
        requestParams: { path: idParamsSchema, header: ifNoneMatchSchema },
        responses: {
          "200": jsonResponse("The budget, even if it was deleted.", managedBudgetSchema, ETAG),
          "304": NOT_MODIFIED,
          ...problemResponses(404),
        },
      }),
      put: manage("editBudget", "Edit a budget", "budgets:write", {
        description: "Sets everything that can be changed. What it counts can't be, and what it has counted stays counted.",
        requestParams: { path: idParamsSchema, header: ifMatchSchema },
        requestBody: body(editBudgetRequestSchema),
        responses: {
          "200": jsonResponse("The budget as it is now.", managedBudgetSchema, ETAG),
          ...problemResponses(...WRITES, 404, 412),
        },
      }),
      delete: manage("deleteBudget", "Delete a budget", "budgets:write", {
        description: "Nothing counts toward it from now on. Its ledger stays with the runs. Deleting it again changes nothing.",
        requestParams: { path: idParamsSchema, header: ifMatchSchema },
        responses: {
          "200": jsonResponse("The budget, with the time at which it was deleted.", managedBudgetSchema, SDK_HEADERS),
          ...problemResponses(404, 412),
        },
      }),
    },
    "/v1/manage/budgets/{id}/usage": {
      get: manage("getBudgetUsage", "Read what is used of a budget, and by which runs", "budgets:read", {
        requestParams: { ...ID, query: pageQuerySchema },
        responses: {
          "200": jsonResponse("The current period, and 50 runs, the newest first.", budgetUsageResponseSchema, SDK_HEADERS),
          ...problemResponses(404, 422),
        },
      }),
    },
  };
}

function grantPaths(): ZodOpenApiPathsObject {
  return {
    "/v1/manage/grants": {
      get: manage("listGrants", "List standing grants", "grants:read", {
        description: "A grant comes from a person who approves a run, so no key can create or confirm one.",
        requestParams: { query: statePageQuerySchema, header: callHeadersSchema },
        responses: {
          "200": jsonResponse("50 grants, the newest first.", managedGrantsResponseSchema, SDK_HEADERS),
          ...problemResponses(422),
        },
      }),
    },
    "/v1/manage/grants/{id}": {
      get: manage("getGrant", "Read a standing grant and the runs it allowed", "grants:read", {
        requestParams: { ...ID, query: pageQuerySchema },
        responses: {
          "200": jsonResponse("The grant, and 100 runs, the newest first.", grantUsesResponseSchema, SDK_HEADERS),
          ...problemResponses(404, 422),
        },
      }),
    },
    "/v1/manage/grants/{id}/revoke": {
      post: manage("revokeGrant", "Revoke a standing grant", "grants:revoke", {
        description:
          "It allows nothing from the next proposal on. Runs that it allowed stay allowed. Revoking it again changes nothing. Without `grants:read`, `facts` is null.",
        requestParams: ID,
        responses: { "200": jsonResponse("The grant and how it ended.", managedGrantSchema, SDK_HEADERS), ...problemResponses(404) },
      }),
    },
  };
}

function freezePaths(): ZodOpenApiPathsObject {
  return {
    "/v1/manage/freezes": {
      get: manage("listFreezes", "List freezes", "freezes:read", {
        description: "Includes freezes of the whole console.",
        requestParams: { query: statePageQuerySchema, header: callHeadersSchema },
        responses: {
          "200": jsonResponse("50 freezes, the newest first.", managedFreezesResponseSchema, SDK_HEADERS),
          ...problemResponses(422),
        },
      }),
      post: manage("startFreeze", "Freeze the workspace, an action or an API key", "freezes:start", {
        description:
          "New proposals are blocked, and nothing is approved or claimed until it's thawed. Sending the same again responds with the freeze. If someone else froze it, or the reason differs, the response is 409.",
        requestBody: body(freezeRequestSchema),
        responses: {
          "200": jsonResponse("It was frozen by an earlier request.", freezeClaimsResponseSchema, SDK_HEADERS),
          "201": jsonResponse("It's frozen. `claims` may still be running.", freezeClaimsResponseSchema, SDK_HEADERS),
          ...problemResponses(...WRITES, 404),
        },
      }),
    },
    "/v1/manage/freezes/{id}": {
      get: manage("getFreeze", "Read a freeze and what may still be running", "freezes:read", {
        requestParams: ID,
        responses: { "200": jsonResponse("The freeze.", freezeClaimsResponseSchema, SDK_HEADERS), ...problemResponses(404) },
      }),
    },
    "/v1/manage/freezes/{id}/thaw": {
      post: manage("thawFreeze", "Thaw what is frozen", "freezes:thaw", {
        description:
          "Deadlines are extended by the time it was frozen. Where the workspace requires that another person thaws, a key can't, and only an operator can thaw the whole console: 403. If it isn't frozen anymore, nothing changes.",
        requestParams: ID,
        requestBody: body(thawRequestSchema),
        responses: {
          "200": jsonResponse("The freeze and who thawed it.", freezeClaimsResponseSchema, SDK_HEADERS),
          ...problemResponses(...WRITES, 404),
        },
      }),
    },
    "/v1/manage/freeze-targets": {
      get: manage("listFreezeTargets", "List what can be frozen", "freezes:start", {
        responses: {
          "200": jsonResponse("The actions, and the API keys that work.", freezeTargetsResponseSchema, SDK_HEADERS),
        },
      }),
    },
  };
}
