import { validate as isUuid } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { refuse } from "@/lib/domain/refusals/refusal";
import { resetEnvCache } from "@/lib/env";
import type { ApiResponse } from "@/lib/http/api-request";
import { sdkRoute } from "@/lib/http/route";
import { logger } from "@/lib/logger";
import { makeApiRequest } from "@/lib/testing/make-api-request";
import { testSettings } from "@/lib/testing/test-settings";
import { handleRequest } from "./handle-request";
import { resourceOf } from "./resource";

beforeAll(() => {
  Object.assign(process.env, testSettings("postgresql://localhost/unused"));
  resetEnvCache();
  logger.level = "silent";
});

const path = "/api/test/:id";
const read = sdkRoute({
  method: "GET",
  path,
  scope: "open",
  hasEntityTag: true,
  query: z.strictObject({ wait: z.string().regex(/^\d$/).transform(Number).optional() }),
  handler: ({ params, query }) => Promise.resolve({ ok: true, answer: { id: params.id, wait: query.wait ?? null } }),
});
const write = sdkRoute({
  method: "POST",
  path,
  scope: "open",
  body: { schema: z.strictObject({ mode: z.enum(["refuse", "throw", "drop"]) }) },
  handler({ body }) {
    if (body.mode === "throw") throw new Error("SELECT secret FROM users");
    if (body.mode === "drop") throw Object.assign(new Error("read"), { code: "ECONNRESET" });
    const rateLimits = [{ name: "minute" as const, limit: 30, remaining: 0, windowSeconds: 60, resetSeconds: 9 }];
    return Promise.resolve({ ...refuse("rate_limit_minute", "Wait.", { retryAfterSeconds: 9 }), rateLimits });
  },
});
const resource = resourceOf(path, [read, write]);
const id = "0193e4c2-7b0e-7cc1-8d5f-0a1b2c3d4e5f";

const get = (parts: Parameters<typeof makeApiRequest>[0] = {}) => handleRequest(resource, makeApiRequest({ params: { id }, ...parts }));
const post = (mode: string) => handleRequest(resource, makeApiRequest({ params: { id }, body: JSON.stringify({ mode }) }));
const codeOf = ({ body }: ApiResponse) => (JSON.parse(body ?? "{}") as { code?: string }).code;

describe("handleRequest", () => {
  it("answers with JSON and the headers of every answer", async () => {
    const { status, headers, body } = await get({ headers: { "x-request-id": "mine" } });
    expect(status).toBe(200);
    expect(JSON.parse(body ?? "")).toEqual({ id, wait: null });
    expect(headers).toMatchObject({
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "X-Request-Id": "mine",
    });
  });

  it("asks browsers for TLS where the console has it", async () => {
    const own = process.env.DAAI_PUBLIC_URL;
    expect((await get()).headers).not.toHaveProperty("Strict-Transport-Security");
    process.env.DAAI_PUBLIC_URL = "https://console.example.com";
    resetEnvCache();
    try {
      expect((await get()).headers).toHaveProperty("Strict-Transport-Security", "max-age=31536000");
    } finally {
      process.env.DAAI_PUBLIC_URL = own;
      resetEnvCache();
    }
  });

  it("makes a request id where there is none, and repeats it in the problem", async () => {
    const { headers, body } = await handleRequest(null, makeApiRequest());
    expect(isUuid(headers["X-Request-Id"])).toBe(true);
    expect(JSON.parse(body ?? "")).toMatchObject({ status: 404, code: "route_not_found", request_id: headers["X-Request-Id"] });
  });

  it("answers 405 and OPTIONS with Allow", async () => {
    for (const method of ["PUT", "PATCH", "DELETE", "TRACE", "get", "__proto__"]) {
      const answer = await get({ method });
      expect([answer.status, codeOf(answer), answer.headers.Allow]).toEqual([405, "method_not_allowed", "GET, HEAD, POST, OPTIONS"]);
    }
    expect(await get({ method: "OPTIONS" })).toMatchObject({ status: 204, body: null, headers: { Allow: "GET, HEAD, POST, OPTIONS" } });
    const writeOnly = await handleRequest(resourceOf(path, [write]), makeApiRequest({ method: "HEAD" }));
    expect([writeOnly.status, writeOnly.headers.Allow]).toEqual([405, "POST, OPTIONS"]);
  });

  it("answers HEAD as GET", async () => {
    const [head, plain] = [await get({ method: "HEAD" }), await get()];
    expect([head.status, head.body, head.headers.ETag]).toEqual([200, plain.body, plain.headers.ETag]);
  });

  it("answers 304 while nothing has changed", async () => {
    const { headers } = await get();
    const again = await get({ headers: { "if-none-match": headers.ETag } });
    expect([again.status, again.body, again.headers.ETag]).toEqual([304, null, headers.ETag]);
    expect(again.headers["Content-Type"]).toBeUndefined();
    const other = await get({ query: "wait=3", headers: { "if-none-match": headers.ETag } });
    expect(other.status).toBe(200);
  });

  it.each(["wait=12", "wait=", "wait=-1", "wait=1&wait=2", "weight=1", "__proto__=1", "wait=%zz"])(
    "answers ?%s with 422",
    async (query) => {
      const answer = await get({ query });
      expect([answer.status, codeOf(answer)]).toEqual([422, "validation_failed"]);
    },
  );

  it.each(["", "1", "undefined", `${id}x`, "%00", "0193e4c2-7b0e-7cc1-8d5f-0a1b2c3d4e5g"])(
    "answers the id %j like a missing run",
    async (bad) => {
      const answer = await get({ params: { id: bad } });
      expect([answer.status, codeOf(answer)]).toEqual([404, "run_not_found"]);
    },
  );

  it("hands ids on in lower case", async () => {
    expect((await get({ params: { id: id.toUpperCase() } })).body).toContain(id);
  });

  it("gives refusals their status and the rate limit headers", async () => {
    const { status, headers } = await post("refuse");
    expect(status).toBe(429);
    expect(headers).toMatchObject({ "Retry-After": "9", RateLimit: '"minute";r=0;t=9', "RateLimit-Policy": '"minute";q=30;w=60' });
  });

  it("answers a failure without a word of it", async () => {
    const answer = await post("throw");
    expect([answer.status, codeOf(answer)]).toEqual([500, "internal_error"]);
    expect(answer.body).not.toMatch(/SELECT|secret|\.ts/);
  });

  it("answers a lost database with 503 and when to try again", async () => {
    const answer = await post("drop");
    expect([answer.status, codeOf(answer), answer.headers["Retry-After"]]).toEqual([503, "database_unavailable", "1"]);
  });
});
