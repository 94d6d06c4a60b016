import { describe, expect, it } from "vitest";
import { MANAGEMENT_SCOPE_NAMES } from "@/lib/domain/access/management-scopes";
import { FREEZE_EVENTS, GRANT_EVENTS, POLICY_EVENTS, RUN_EVENTS, WEBHOOK_EVENTS } from "@/lib/domain/runs/webhook-events";
import { openApiDocument } from "./openapi";

const document = JSON.parse(JSON.stringify(openApiDocument("https://console.example/"))) as Json;

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** Follows a JSON pointer (RFC 6901), or undefined. */
function at(pointer: string): Json | undefined {
  let value: Json | undefined = document;
  for (const token of pointer.split("/").slice(1)) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    value = typeof value === "object" && value !== null && !Array.isArray(value) ? value[name] : undefined;
  }
  return value;
}

function members(value: Json | undefined): Record<string, Json> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("not an object");
  return value;
}

function everyRef(value: Json): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(everyRef);
  return Object.entries(value).flatMap(([name, member]) => (name === "$ref" && typeof member === "string" ? [member] : everyRef(member)));
}

const operations = Object.entries(members(at("/paths"))).flatMap(([path, item]) =>
  Object.entries(members(item)).map(([method, operation]) => ({ path, method, operation: members(operation) })),
);

describe("openApiDocument", () => {
  it("is OpenAPI 3.1 and names the server from the public URL", () => {
    expect(at("/openapi")).toBe("3.1.0");
    expect(at("/servers")).toEqual([{ url: "https://console.example/api" }]);
  });

  it("has every endpoint", () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      "delete /v1/manage/budgets/{id}",
      "get /health",
      "get /openapi.json",
      "get /ready",
      "get /v1/manage/actions",
      "get /v1/manage/actions/{name}",
      "get /v1/manage/backtests/{id}",
      "get /v1/manage/budgets",
      "get /v1/manage/budgets/{id}",
      "get /v1/manage/budgets/{id}/usage",
      "get /v1/manage/events",
      "get /v1/manage/freeze-targets",
      "get /v1/manage/freezes",
      "get /v1/manage/freezes/{id}",
      "get /v1/manage/grants",
      "get /v1/manage/grants/{id}",
      "get /v1/public/decisions/{token}",
      "get /v1/public/log-keys",
      "get /v1/sdk/action-runs/{id}/status",
      "get /v1/sdk/log/checkpoint",
      "post /v1/hooks/claude-code",
      "post /v1/hooks/codex",
      "post /v1/manage/actions/{name}/backtests",
      "post /v1/manage/actions/{name}/plan",
      "post /v1/manage/actions/{name}/test",
      "post /v1/manage/backtests/{id}/cancel",
      "post /v1/manage/budgets",
      "post /v1/manage/freezes",
      "post /v1/manage/freezes/{id}/thaw",
      "post /v1/manage/grants/{id}/revoke",
      "post /v1/public/decisions/{token}",
      "post /v1/public/decisions/{token}/revoke",
      "post /v1/sdk/action-runs/{id}/claim",
      "post /v1/sdk/action-runs/{id}/claim/release",
      "post /v1/sdk/action-runs/{id}/claim/renew",
      "post /v1/sdk/action-runs/{id}/report-executed",
      "post /v1/sdk/action-runs/{id}/report-failed",
      "post /v1/sdk/action-runs/{id}/withdraw",
      "post /v1/sdk/intercept",
      "put /v1/manage/actions/{name}",
      "put /v1/manage/actions/{name}/active",
      "put /v1/manage/budgets/{id}",
    ]);
  });

  it("has every webhook, with its headers and what it holds", () => {
    const webhooks = Object.entries(members(at("/webhooks")));
    expect(webhooks.map(([name]) => name)).toEqual([...WEBHOOK_EVENTS, "test", "notification"]);
    for (const [name, item] of webhooks) {
      const { operationId, security, parameters, requestBody, responses } = members(members(item).post);
      expect({ operationId, security }).toEqual({ operationId: `webhook.${name}`, security: [] });
      expect((parameters as { name: string; in: string }[]).map((parameter) => `${parameter.in} ${parameter.name}`)).toEqual([
        "header webhook-id",
        "header webhook-timestamp",
        "header webhook-signature",
      ]);
      const others: Record<string, string> = { notification: "Notification", test: "TestWebhook" };
      const families: Record<string, string> = { workspace: "FreezeWebhook", policy: "PolicyWebhook", grant: "GrantWebhook" };
      const schema = others[name] ?? families[name.split(".")[0] ?? ""] ?? "RunWebhook";
      expect(requestBody).toMatchObject({
        required: true,
        content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } },
      });
      expect(Object.keys(members(responses))).toEqual(["410", "2XX", "default"]);
    }
    expect(at("/components/schemas/RunWebhook/properties/type/enum")).toEqual([...RUN_EVENTS]);
    expect(at("/components/schemas/FreezeWebhook/properties/type/enum")).toEqual([...FREEZE_EVENTS]);
    expect(at("/components/schemas/PolicyWebhook/properties/type/enum")).toEqual([...POLICY_EVENTS]);
    expect(at("/components/schemas/GrantWebhook/properties/type/enum")).toEqual([...GRANT_EVENTS]);
    // Whoever receives one must not refuse fields that are new.
    expect(at("/components/schemas/RunWebhook/additionalProperties")).toBeUndefined();
  });

  it("resolves every reference", () => {
    const refs = everyRef(document);
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of refs) expect(at(ref.replace(/^#/, "")), ref).toBeDefined();
  });

  it("names every body of a request or response after its kind, as generated clients will", () => {
    const bodies = operations.flatMap(({ operation }) => [operation.requestBody, members(operation.responses)["200"]]);
    const names = everyRef(bodies.filter((body) => body !== undefined)).map((ref) => ref.split("/").at(-1));
    expect(names).toContain("ClaimRequest");
    expect(names.filter((name) => !/(Request|Response)$/.test(name ?? ""))).toEqual(["DecisionView"]);
    expect(everyRef(at("/components/schemas/InterceptRequest/properties/claim") ?? null)).toEqual(["#/components/schemas/ClaimOptions"]);
  });

  it("has a name of its own for every operation, and responses and problems for each", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(operations.length);
    for (const { operation } of operations) {
      const responses = members(operation.responses);
      for (const status of ["200", "405", "500", "503"]) expect(responses).toHaveProperty(status);
    }
  });

  it("describes every variable part of a path", () => {
    for (const { path, operation } of operations) {
      const declared = ((operation.parameters ?? []) as { in: string; name: string; required?: boolean }[])
        .filter((parameter) => parameter.in === "path")
        .map((parameter) => ({ name: parameter.name, required: parameter.required }));
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => ({ name: match[1], required: true }));
      expect(declared).toEqual(names);
    }
  });

  it("asks for both keys on SDK paths, for a management key with a scope in the management API, and for none elsewhere", () => {
    expect(at("/security")).toEqual([{ apiKey: [], workspaceKey: [] }]);
    expect(Object.keys(members(at("/components/securitySchemes")))).toEqual(["apiKey", "workspaceKey", "managementKey"]);
    for (const { path, operation } of operations) {
      if (path.startsWith("/v1/manage/"))
        expect(operation.security).toEqual([{ managementKey: [expect.toBeOneOf([...MANAGEMENT_SCOPE_NAMES])] }]);
      else expect(operation.security).toEqual(/^\/v1\/(?:sdk|hooks)\//.test(path) ? undefined : []);
    }
  });

  it("refuses unknown fields in requests and allows new ones in responses", () => {
    expect(at("/components/schemas/InterceptRequest/additionalProperties")).toBe(false);
    expect(at("/components/schemas/DecisionRequest/additionalProperties")).toBe(false);
    expect(at("/components/schemas/InterceptResponse/additionalProperties")).toBeUndefined();
    expect(at("/components/schemas/Receipt/additionalProperties")).toBeUndefined();
  });

  it("says what requests must have together", () => {
    const isSent = (name: string) => ({ required: [name], properties: { [name]: { type: "object" } } });
    expect(at("/components/schemas/InterceptRequest/oneOf")).toEqual([isSent("payload"), isSent("input")]);
    expect(at("/components/schemas/DecisionRequest/anyOf")).toEqual([
      { properties: { decision: { enum: ["reject", "block"] } } },
      { required: ["confirm"], properties: { confirm: { const: true } } },
    ]);
  });

  it("answers problems as application/problem+json", () => {
    for (const [name, response] of Object.entries(members(at("/components/responses")))) {
      expect(Object.keys(members(members(response).content)), name).toEqual(["application/problem+json"]);
    }
    expect(at("/components/responses/Problem429/headers/Retry-After")).toBeDefined();
    expect(at("/components/responses/Problem405/headers/Allow")).toBeDefined();
  });
});
