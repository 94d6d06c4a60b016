import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openApiPaths } from "@/lib/contract/openapi-paths";
import { ENDPOINTS, groupPatterns, matchEndpoint } from "./endpoints";
import { resourceOf } from "./resource";

/** Take the keys unchecked, because their own SQL checks them. */
const HOT_PATHS = new Set(["/api/v1/sdk/intercept", "/api/v1/sdk/action-runs/:id/status"]);

const id = "0193e4c2-7b0e-7cc1-8d5f-0a1b2c3d4e5f";

describe("matchEndpoint", () => {
  it("finds every endpoint by its path", () => {
    for (const { path } of ENDPOINTS) {
      const match = matchEndpoint(path.replace(":id", id).replace(":token", "t-1").replace(":name", "pay"));
      expect(match?.resource.path).toBe(path);
      expect(match?.params).toEqual(
        path.includes(":id") ? { id } : path.includes(":token") ? { token: "t-1" } : path.includes(":name") ? { name: "pay" } : {},
      );
    }
  });

  it.each([
    "/api",
    "/api/",
    "/api/v1/sdk/intercept/",
    "/api/v1/sdk/Intercept",
    "/api/v1/sdk/action-runs",
    "/api/v1/sdk/action-runs/",
    `/api/v1/sdk/action-runs/${id}`,
    `/api/v1/sdk/action-runs/${id}/`,
    `/api/v1/sdk/action-runs/${id}/status/`,
    `/api/v1/sdk/action-runs/${id}/claim/steal`,
    "/api/v1/sdk/action-runs//status",
    "/api/v1/public/decisions/",
    "/api/v1/public/decisions/a/b",
    "/api/v1/sdk/__proto__",
  ])("does not know %s", (path) => {
    expect(matchEndpoint(path)).toBeNull();
  });

  it("keeps a strange id as it is", () => {
    expect(matchEndpoint("/api/v1/sdk/action-runs/%E0%A4%A/status")?.params).toEqual({ id: "%E0%A4%A" });
  });
});

describe("a path that would never be matched", () => {
  it.each([
    ["two variable parts", ["/api/v1/runs/:id/receipts/:receipt"]],
    ["a variable part that is not a segment", ["/api/v1/runs/run-:id"]],
    ["a segment that is only variable at its beginning", ["/api/v1/runs/:id.json"]],
    ["the same part under two names", ["/api/v1/runs/:id/status", "/api/v1/runs/:run/claim"]],
    ["one prefix within another", ["/api/v1/:version/status", "/api/v1/runs/:id/status"]],
  ])("%s: the console does not start", (_, paths) => {
    expect(() => groupPatterns(paths.map((path) => resourceOf(path, [])))).toThrow(paths.at(-1));
  });

  it("is none of the API's", () => {
    expect(groupPatterns(ENDPOINTS).flatMap(({ resources }) => [...resources])).toHaveLength(
      ENDPOINTS.filter(({ path }) => path.includes(":")).length,
    );
  });
});

describe("the API's paths", () => {
  it("are those of the route files", () => {
    const files = readdirSync("app/api", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("/route.ts"));
    const paths = files.map((file) => `/api/${file.replace(/\/route\.ts$/, "").replace(/\[(\w+)\]/g, ":$1")}`);
    const known = new Set(ENDPOINTS.map(({ path }) => path));
    expect(paths.filter((path) => path.startsWith("/api/v1/") || known.has(path)).sort()).toEqual([...known].sort());
    expect(paths).toContain("/api/[[...path]]");
  });

  it("are those of the OpenAPI document, with the same methods", () => {
    const documented = Object.entries(openApiPaths()).map(
      ([path, operations]) =>
        `/api${path} ${Object.keys(operations)
          .filter((key) => ["get", "post", "put", "delete"].includes(key))
          .sort()
          .join()}`,
    );
    const served = ENDPOINTS.map(
      ({ path, routes }) =>
        `${path.replace(/:(\w+)/g, "{$1}")} ${[...routes.keys()]
          .map((method) => method.toLowerCase())
          .sort()
          .join()}`,
    );
    expect(served.sort()).toEqual(documented.sort());
  });

  it("have the scope that their place says", () => {
    for (const { path, routes } of ENDPOINTS) {
      const scope =
        HOT_PATHS.has(path) || path.startsWith("/api/v1/hooks/")
          ? "sdk-credentials"
          : path.startsWith("/api/v1/sdk/")
            ? "sdk"
            : path.startsWith("/api/v1/manage/")
              ? "management"
              : path.startsWith("/api/v1/public/decisions/")
                ? "public"
                : "open";
      expect([...routes.values()].map((route) => route.scope)).toEqual([...routes.values()].map(() => scope));
    }
  });
});
