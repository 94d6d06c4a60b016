import { validate as isUuid } from "uuid";
import { describe, expect, it } from "vitest";
import { healthResponseSchema, readyResponseSchema } from "@/lib/contract/health";
import { problemSchema } from "@/lib/contract/problem";
import { ENDPOINTS } from "@/lib/http/mounts/endpoints";
import { type ApiClient, MISSING_RUN, problemOf } from "./api-client";

/** What holds for every path and method: ids, headers, problems, Allow. */
export function describeEveryAnswer(api: () => ApiClient): void {
  const endpoints = ENDPOINTS.map((resource) => ({
    ...resource,
    url: resource.path.replace(":id", MISSING_RUN).replace(":token", "unknown-token").replace(":name", "refund_customer"),
  }));

  describe("every answer", () => {
    it.each(endpoints)("of $path has a request id and is never stored", async ({ url, routes }) => {
      for (const method of routes.keys()) {
        const answer = await api().call(method, url, method === "GET" ? undefined : "{}");
        expect(isUuid(answer.headers.get("x-request-id"))).toBe(true);
        expect(answer.headers.get("cache-control")).toBe("no-store");
        expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
        expect(answer.headers.get("x-powered-by")).toBeNull();
      }
    });

    it("echoes a sane request id, also in problems", async () => {
      const sane = await api().get("/api/health", { headers: { "X-Request-Id": "order-17.a:b_c" } });
      expect(sane.headers.get("x-request-id")).toBe("order-17.a:b_c");
      const problem = await api().get("/api/v1/sdk/nothing", { headers: { "X-Request-Id": "order-17" } });
      expect(problem.json).toMatchObject({ request_id: "order-17" });
      const insane = await api().get("/api/health", { headers: { "X-Request-Id": "x".repeat(129) } });
      expect(isUuid(insane.headers.get("x-request-id"))).toBe(true);
    });

    it.each(endpoints)(
      "of $path brings back the name of its call, whatever the proxies between make of X-Request-Id",
      async ({ url, routes }) => {
        for (const method of [...routes.keys(), "DELETE"]) {
          const headers = { "DAAI-Call": "call-17.a:b_c", "X-Request-Id": "of-a-proxy" };
          const answer = await api().call(method, url, method === "GET" ? undefined : "{}", { headers });
          expect([method, answer.headers.get("daai-call")]).toEqual([method, "call-17.a:b_c"]);
        }
        for (const call of [undefined, "x".repeat(129), "a b"]) {
          const answer = await api().get(url, call === undefined ? {} : { headers: { "DAAI-Call": call } });
          expect(answer.headers.get("daai-call")).toBeNull();
        }
      },
    );

    it.each(endpoints)("of $path to another method is 405 with Allow", async ({ url, allow }) => {
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((name) => !allow.split(", ").includes(name))) {
        const answer = await api().call(method, url, method === "GET" ? undefined : "{}");
        expect([method, ...problemOf(answer)]).toEqual([method, 405, "method_not_allowed"]);
        expect(answer.headers.get("allow")).toBe(allow);
        expect(answer.headers.get("content-type")).toBe("application/problem+json");
      }
      const options = await api().call("OPTIONS", url, undefined);
      expect([options.status, options.headers.get("allow"), options.text]).toEqual([204, allow, ""]);
    });

    it.each(["/api", "/api/nothing", "/api/v1", "/api/v1/nothing", "/v1/nothing", "/api/v1/sdk/intercept/more", "/v1/sdk/action-runs/x"])(
      "at the unknown path %s is a problem",
      async (path) => {
        for (const method of ["GET", "POST", "DELETE"]) {
          const answer = await api().call(method, path, method === "POST" ? "{}" : undefined);
          expect(problemOf(answer)).toEqual([404, "route_not_found"]);
          expect(answer.headers.get("content-type")).toBe("application/problem+json");
          expect(problemSchema.parse(answer.json).type).toMatch(/^https?:\/\/[^/]+\/docs\/errors#route_not_found$/);
        }
      },
    );

    it("is the same with and without /api", async () => {
      expect(problemOf(await api().post("/v1/sdk/intercept", {}))).toEqual([401, "missing_credentials"]);
      expect(problemOf(await api().get(`/v1/sdk/action-runs/${MISSING_RUN}/status`))).toEqual([401, "missing_credentials"]);
    });

    it("to a malformed percent-encoding is no failure", async () => {
      for (const path of ["/api/v1/sdk/%zz", "/api/v1/sdk/action-runs/%E0%A4%A/status", "/api/v1/public/decisions/%FF"]) {
        const { status } = await api().get(path);
        expect([400, 401, 404]).toContain(status);
      }
    });
  });

  describe("the operator's endpoints", () => {
    it("tell that the process lives", async () => {
      const answer = await api().get("/api/health");
      expect([answer.status, healthResponseSchema.parse(answer.json)]).toEqual([200, { status: "ok" }]);
      const head = await api().call("HEAD", "/api/health", undefined);
      expect([head.status, head.text]).toEqual([200, ""]);
    });

    it("tell whether it is ready", async () => {
      const answer = await api().get("/api/ready");
      expect(answer.status).toBe(200);
      expect(readyResponseSchema.parse(answer.json).checks).toMatchObject({ database: { status: "ok" }, migrations: { status: "ok" } });
    });

    it("describe the API", async () => {
      const answer = await api().get("/api/openapi.json");
      expect(answer.status).toBe(200);
      expect(answer.json).toMatchObject({ openapi: "3.1.0", paths: { "/v1/sdk/intercept": { post: {} } } });
      const again = await api().get("/api/openapi.json", { headers: { "If-None-Match": answer.headers.get("etag") ?? "" } });
      expect(again.status).toBe(304);
    });
  });
}
