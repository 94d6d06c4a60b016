import { describe, expect, it } from "vitest";
import { rateLimitHeaders } from "./rate-limit-headers";

describe("rateLimitHeaders", () => {
  it("lists every window in both headers", () => {
    expect(
      rateLimitHeaders([
        { name: "minute", limit: 30, remaining: 29, windowSeconds: 60, resetSeconds: 41 },
        { name: "day", limit: 500, remaining: 0, windowSeconds: 86_400, resetSeconds: 3600 },
      ]),
    ).toEqual({
      "RateLimit-Policy": '"minute";q=30;w=60, "day";q=500;w=86400',
      RateLimit: '"minute";r=29;t=41, "day";r=0;t=3600',
    });
  });

  it("says nothing when nothing is limited", () => {
    expect(rateLimitHeaders([])).toEqual({});
  });
});
