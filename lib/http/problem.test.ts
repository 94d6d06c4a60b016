import { beforeAll, describe, expect, it } from "vitest";
import { problemSchema } from "@/lib/contract/problem";
import { ERROR_CODE_NAMES, ERROR_CODES } from "@/lib/domain/refusals/error-codes";
import { refuse } from "@/lib/domain/refusals/refusal";
import { resetEnvCache } from "@/lib/env";
import { testSettings } from "@/lib/testing/test-settings";
import { problemResponse } from "./problem";

beforeAll(() => {
  Object.assign(process.env, testSettings("postgresql://localhost/unused"));
  resetEnvCache();
});

describe("problemResponse", () => {
  it("is what the contract shows", () => {
    const refusal = refuse("payload_too_large", "The payload is 20,311 bytes of JSON; the limit is 16,384.", { fields: { limit: 16_384 } });
    const { status, headers, body } = problemResponse(refusal, "req-1");
    expect(status).toBe(413);
    expect(headers).toEqual({ "Content-Type": "application/problem+json" });
    expect(JSON.parse(body ?? "")).toEqual({
      type: "http://localhost:3000/docs/errors#payload_too_large",
      title: "Payload too large",
      status: 413,
      code: "payload_too_large",
      detail: "The payload is 20,311 bytes of JSON; the limit is 16,384.",
      limit: 16_384,
      request_id: "req-1",
    });
  });

  it.each(ERROR_CODE_NAMES)("answers %s with an error status that the contract's schema takes", (code) => {
    const { status, body } = problemResponse(refuse(code, "Do something."), "req-1");
    expect(status).toBeGreaterThanOrEqual(400);
    expect(problemSchema.parse(JSON.parse(body ?? ""))).toMatchObject({ status, code, title: ERROR_CODES[code].title });
  });

  it("does not let fields replace the standard members", () => {
    const fields = { status: 200, code: "fine", request_id: "other", used: 3 };
    const { body } = problemResponse(refuse("monthly_run_limit", "Wait.", { fields }), "req-1");
    expect(JSON.parse(body ?? "")).toMatchObject({ status: 403, code: "monthly_run_limit", request_id: "req-1", used: 3 });
  });

  it("tells when to come back in whole seconds, and never at once", () => {
    const retryAfter = (seconds: number) =>
      problemResponse(refuse("rate_limit_minute", "Wait.", { retryAfterSeconds: seconds }), "r").headers["Retry-After"];
    expect([retryAfter(0), retryAfter(1), retryAfter(1.2)]).toEqual(["1", "1", "2"]);
  });

  it("challenges with every 401", () => {
    expect(problemResponse(refuse("missing_credentials", "Send both keys."), "r").headers["WWW-Authenticate"]).toMatch(/^Bearer /);
  });
});
