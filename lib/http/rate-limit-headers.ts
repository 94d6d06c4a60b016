import type { RateLimitState } from "@/lib/limits/rate-limits";

/**
 * Formats RateLimit-Policy and RateLimit as in draft-ietf-httpapi-ratelimit-headers-10: q is the quota and w its window, r what remains and
 * t when it resets, both in seconds. Empty when no limit applies.
 */
export function rateLimitHeaders(states: readonly RateLimitState[]): Record<string, string> {
  if (states.length === 0) return {};
  return {
    "RateLimit-Policy": states.map(({ name, limit, windowSeconds }) => `"${name}";q=${limit};w=${windowSeconds}`).join(", "),
    RateLimit: states.map(({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`).join(", "),
  };
}
