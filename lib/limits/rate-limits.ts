import type { Limits } from "@/lib/domain/access/limits";

/** One window of an API key's rate limit, as in the RateLimit headers. */
export interface RateLimitState {
  name: "minute" | "day";
  limit: number;
  remaining: number;
  windowSeconds: number;
  resetSeconds: number;
}

export const MINUTE_SECONDS = 60;
export const DAY_SECONDS = 86_400;

/** Windows are the UTC minute and day, so every process and every restart agrees on them. No limit, no window. */
export function rateLimitStates(limits: Limits, used: { minute: number; day: number }, at: Date): RateLimitState[] {
  const states: RateLimitState[] = [];
  const add = (name: "minute" | "day", limit: number | null, count: number, windowSeconds: number) => {
    if (limit === null) return;
    const resetSeconds = windowSeconds - Math.floor((at.getTime() / 1000) % windowSeconds);
    states.push({ name, limit, remaining: Math.max(0, limit - count), windowSeconds, resetSeconds });
  };
  add("minute", limits.interceptsPerMinute, used.minute, MINUTE_SECONDS);
  add("day", limits.interceptsPerDay, used.day, DAY_SECONDS);
  return states;
}

/** The first instant of the UTC minute. */
export function minuteStart(at: Date): Date {
  return new Date(at.getTime() - (at.getTime() % (MINUTE_SECONDS * 1000)));
}

/** The first instant of the UTC day. */
export function dayStart(at: Date): Date {
  return new Date(at.getTime() - (at.getTime() % (DAY_SECONDS * 1000)));
}

/** The first instant of the UTC month. */
export function monthStart(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
}

/** The first instant of the next UTC month. */
export function nextMonth(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
}
