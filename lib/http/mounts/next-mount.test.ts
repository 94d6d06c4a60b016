import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { resetEnvCache } from "@/lib/env";
import { BODY_MAX_BYTES } from "@/lib/http/parse-body";
import { sdkRoute } from "@/lib/http/route";
import { logger } from "@/lib/logger";
import { testSettings } from "@/lib/testing/test-settings";
import { nextHandlers } from "./next-mount";

beforeAll(() => {
  Object.assign(process.env, testSettings("postgresql://localhost/unused"));
  resetEnvCache();
  logger.level = "silent";
});

const echo = sdkRoute({
  method: "POST",
  path: "/api/test/:token",
  scope: "open",
  body: { schema: z.strictObject({ text: z.string() }) },
  handler: ({ params, body }) => Promise.resolve({ ok: true, answer: { token: params.token, text: body.text } }),
});
const read = sdkRoute({
  method: "GET",
  path: "/api/test/:token",
  scope: "open",
  hasEntityTag: true,
  handler: ({ params, request }) => Promise.resolve({ ok: true, answer: { token: params.token, client: request.clientAddress } }),
});
const handlers = nextHandlers(echo, read);
const context = { params: Promise.resolve({ token: "t" }) };
const url = "http://localhost:3000/api/test/t";
const json = { "Content-Type": "application/json" };

describe("nextHandlers", () => {
  it("carries a request and its answer", async () => {
    const response = await handlers.POST(new Request(url, { method: "POST", headers: json, body: '{"text":"ä"}' }), context);
    expect([response.status, await response.json()]).toEqual([200, { token: "t", text: "ä" }]);
    expect(response.headers.get("x-request-id")).not.toBeNull();
  });

  it("answers HEAD without a body, and 304 and 204 too", async () => {
    const head = await handlers.HEAD(new Request(url, { method: "HEAD" }), context);
    expect([head.status, await head.text(), head.headers.get("etag")]).toEqual([200, "", expect.any(String)]);
    const again = await handlers.GET(new Request(url, { headers: { "If-None-Match": head.headers.get("etag") ?? "" } }), context);
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const options = await handlers.OPTIONS(new Request(url, { method: "OPTIONS" }), context);
    expect([options.status, options.headers.get("allow")]).toEqual([204, "POST, GET, HEAD, OPTIONS"]);
  });

  it("answers other methods and unknown paths with a problem", async () => {
    const wrong = await handlers.DELETE(new Request(url, { method: "DELETE" }), context);
    expect([wrong.status, wrong.headers.get("content-type")]).toEqual([405, "application/problem+json"]);
    const unknown = await nextHandlers().POST(new Request("http://localhost:3000/api/nothing", { method: "POST" }), context);
    expect([unknown.status, await unknown.json()]).toEqual([404, expect.objectContaining({ code: "route_not_found" })]);
  });

  it("stops reading a stream at the limit", async () => {
    let pulled = 0;
    const body = new ReadableStream({
      pull(controller) {
        pulled += 10_000;
        controller.enqueue(new Uint8Array(10_000));
      },
    });
    const response = await handlers.POST(new Request(url, { method: "POST", headers: json, body, duplex: "half" } as RequestInit), context);
    expect(response.status).toBe(413);
    expect(pulled).toBeLessThan(BODY_MAX_BYTES + 30_000);
  });

  it("answers a body that breaks off", async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
    const response = await handlers.POST(new Request(url, { method: "POST", headers: json, body, duplex: "half" } as RequestInit), context);
    expect(response.status).toBe(400);
  });

  it("does not believe an address that a client claims", async () => {
    const headers = { "X-Forwarded-For": "198.51.100.1", "X-DAAI-Client-Address": "198.51.100.2" };
    const response = await handlers.GET(new Request(url, { headers }), context);
    expect(await response.json()).toEqual({ token: "t", client: "unknown" });
  });
});
