import { describe, expect, it } from "vitest";
import type { z } from "zod";
import * as claim from "@/lib/contract/claim";
import { decisionRequestSchema, decisionResponseSchema, decisionViewSchema } from "@/lib/contract/decision";
import { healthResponseSchema, readyResponseSchema } from "@/lib/contract/health";
import { hookRequestSchema, hookResponseSchema } from "@/lib/contract/hook";
import { interceptRequestSchema, interceptResponseSchema } from "@/lib/contract/intercept";
import * as manage from "@/lib/contract/manage-actions";
import { backtestResponseSchema } from "@/lib/contract/manage-backtests";
import * as budgets from "@/lib/contract/manage-budgets";
import { eventsResponseSchema } from "@/lib/contract/manage-events";
import * as freezes from "@/lib/contract/manage-freezes";
import * as grants from "@/lib/contract/manage-grants";
import { openApiDocument } from "@/lib/contract/openapi";
import { reportExecutedRequestSchema, reportFailedRequestSchema, reportResponseSchema } from "@/lib/contract/report";
import { statusResponseSchema } from "@/lib/contract/status";
import {
  freezeWebhookSchema,
  grantWebhookSchema,
  notificationSchema,
  policyWebhookSchema,
  runWebhookSchema,
  testWebhookSchema,
} from "@/lib/contract/webhook";
import { API_EXAMPLES } from "./api-examples";
import { apiOperations, apiSharedSchemas } from "./api-operations";
import { apiWebhooks } from "./api-webhooks";
import { curlExample } from "./curl-example";
import { WEBHOOK_EXAMPLES } from "./webhook-examples";

const SCHEMAS: Record<string, { request?: z.ZodType; answer?: z.ZodType }> = {
  intercept: { request: interceptRequestSchema, answer: interceptResponseSchema.strict() },
  getRunStatus: { answer: statusResponseSchema.strict() },
  claimRun: { request: claim.claimRequestSchema, answer: claim.claimResponseSchema.strict() },
  renewClaim: { request: claim.renewRequestSchema, answer: claim.renewResponseSchema.strict() },
  releaseClaim: { request: claim.releaseRequestSchema, answer: claim.releaseResponseSchema.strict() },
  answerClaudeCodeHook: { request: hookRequestSchema, answer: hookResponseSchema.strict() },
  answerCodexHook: { request: hookRequestSchema, answer: hookResponseSchema.strict() },
  reportExecuted: { request: reportExecutedRequestSchema, answer: reportResponseSchema.strict() },
  reportFailed: { request: reportFailedRequestSchema, answer: reportResponseSchema.strict() },
  getDecision: { answer: decisionViewSchema.strict() },
  decide: { request: decisionRequestSchema, answer: decisionResponseSchema.strict() },
  listActions: { answer: manage.managedActionsResponseSchema.strict() },
  getAction: { answer: manage.managedActionSchema.strict() },
  putAction: { request: manage.putActionRequestSchema, answer: manage.managedActionSchema.strict() },
  setActionActive: { request: manage.activeRequestSchema, answer: manage.managedActionSchema.strict() },
  planAction: { request: manage.putActionRequestSchema, answer: manage.planActionResponseSchema.strict() },
  testAction: { request: manage.testActionRequestSchema, answer: manage.testActionResponseSchema.strict() },
  startBacktest: { request: manage.backtestRequestSchema, answer: backtestResponseSchema.strict() },
  getBacktest: { answer: backtestResponseSchema.strict() },
  cancelBacktest: { answer: backtestResponseSchema.strict() },
  listBudgets: { answer: budgets.managedBudgetsResponseSchema.strict() },
  createBudget: { request: budgets.newBudgetRequestSchema, answer: budgets.managedBudgetSchema.strict() },
  getBudget: { answer: budgets.managedBudgetSchema.strict() },
  editBudget: { request: budgets.editBudgetRequestSchema, answer: budgets.managedBudgetSchema.strict() },
  deleteBudget: { answer: budgets.managedBudgetSchema.strict() },
  getBudgetUsage: { answer: budgets.budgetUsageResponseSchema.strict() },
  listGrants: { answer: grants.managedGrantsResponseSchema.strict() },
  getGrant: { answer: grants.grantUsesResponseSchema.strict() },
  revokeGrant: { answer: grants.managedGrantSchema.strict() },
  listFreezes: { answer: freezes.managedFreezesResponseSchema.strict() },
  startFreeze: { request: freezes.freezeRequestSchema, answer: freezes.freezeClaimsResponseSchema.strict() },
  getFreeze: { answer: freezes.freezeClaimsResponseSchema.strict() },
  thawFreeze: { request: freezes.thawRequestSchema, answer: freezes.freezeClaimsResponseSchema.strict() },
  listFreezeTargets: { answer: freezes.freezeTargetsResponseSchema.strict() },
  listEvents: { answer: eventsResponseSchema.strict() },
  getHealth: { answer: healthResponseSchema },
  getReadiness: { answer: readyResponseSchema },
  getOpenApi: {},
};

const document = openApiDocument("https://console.example.com");
const operations = apiOperations(document);

describe("the API reference", () => {
  it("has an example of every operation", () => {
    expect(Object.keys(API_EXAMPLES).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
    for (const { operationId, request } of operations) {
      expect(API_EXAMPLES[operationId]?.request !== undefined, operationId).toBe(request.length > 0);
    }
  });

  it.each(Object.entries(SCHEMAS))("keeps the contract in the example of %s", (operationId, { request, answer }) => {
    const example = API_EXAMPLES[operationId];
    expect(request?.safeParse(example?.request).error).toBeUndefined();
    expect(answer?.safeParse(example?.answer).error).toBeUndefined();
  });

  it("shows what the document says", () => {
    const intercept = operations.find(({ operationId }) => operationId === "intercept");
    expect(intercept).toMatchObject({ method: "POST", path: "/v1/sdk/intercept", keys: "apps" });
    expect(intercept?.request.find(({ name }) => name === "action")).toMatchObject({ type: "string", isRequired: true });
    expect(intercept?.request.find(({ name }) => name === "idempotency_key")).toMatchObject({
      type: "string or null",
      bounds: "1 to 256 characters",
    });
    expect(intercept?.request.find(({ name }) => name === "source")).toMatchObject({ refersTo: "Source", isRequired: false });
    const status = operations.find(({ operationId }) => operationId === "getRunStatus");
    expect(status?.parameters.map(({ name, in: place }) => [name, place])).toEqual([
      ["id", "path"],
      ["wait", "query"],
      ["DAAI-Call", "header"],
      ["If-None-Match", "header"],
    ]);
    expect(status?.responseFields.find(({ name }) => name === "governance_status")?.values).toContain("pending_approval");
    expect(status?.otherResponses.map((answer) => answer.status)).toEqual([304, 401, 404, 405, 422, 500, 503]);
    expect(operations.find(({ operationId }) => operationId === "decide")?.keys).toBe("none");
    expect(operations.find(({ operationId }) => operationId === "putAction")?.keys).toBe("management");
  });

  it("has an example of every webhook, which keeps the contract", () => {
    const { webhooks, headers, answers } = apiWebhooks(document);
    expect(webhooks.map(({ id, name, events }) => [id, name, events.length])).toEqual([
      ["run-webhook", "RunWebhook", 8],
      ["freeze-webhook", "FreezeWebhook", 2],
      ["policy-webhook", "PolicyWebhook", 4],
      ["grant-webhook", "GrantWebhook", 3],
      ["test-webhook", "TestWebhook", 1],
      ["notification", "Notification", 1],
    ]);
    const schemas: Record<string, z.ZodType> = {
      RunWebhook: runWebhookSchema.strict(),
      FreezeWebhook: freezeWebhookSchema.strict(),
      PolicyWebhook: policyWebhookSchema.strict(),
      GrantWebhook: grantWebhookSchema.strict(),
      TestWebhook: testWebhookSchema.strict(),
      Notification: notificationSchema.strict(),
    };
    expect(Object.keys(WEBHOOK_EXAMPLES)).toEqual(Object.keys(schemas));
    for (const [name, schema] of Object.entries(schemas)) expect(schema.safeParse(WEBHOOK_EXAMPLES[name]).error).toBeUndefined();
    for (const { description } of webhooks) expect(description).not.toBe("");
    expect(webhooks[0]?.body.find(({ name }) => name === "data")?.fields.map(({ name }) => name)).toContain("governance_status");
    expect(headers.map(({ name, isRequired }) => [name, isRequired])).toEqual([
      ["webhook-id", true],
      ["webhook-timestamp", true],
      ["webhook-signature", true],
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["2XX", "410", "default"]);
  });

  it("describes each schema that fields refer to", () => {
    const described = apiSharedSchemas(document).map(({ name }) => name);
    const all = [
      ...operations.flatMap(({ request, responseFields }) => [...request, ...responseFields]),
      ...apiSharedSchemas(document).flatMap(({ fields }) => fields),
    ];
    for (const { refersTo } of all) if (refersTo !== null) expect(described).toContain(refersTo);
  });

  it("types requests as one types them, with keys from the environment", () => {
    const intercept = operations.find(({ operationId }) => operationId === "intercept");
    if (intercept === undefined) throw new Error("no intercept");
    const curl = curlExample(intercept, "https://console.example.com/api", API_EXAMPLES.intercept ?? { answer: null });
    expect(curl).toContain('curl "https://console.example.com/api/v1/sdk/intercept"');
    expect(curl).toContain("Bearer $DAAI_API_KEY");
    expect(curl).not.toMatch(/daai_[sw]k_/);
  });
});
