// When to retry, and after how long. Pure: the clock and the random numbers are arguments.

import { DaaiApiError, DaaiConnectionError, DaaiForeignResponseError, DaaiMalformedResponseError } from "./errors";

const TRIES = 3;
const BASE_SECONDS = 0.5;
const MAX_SECONDS = 60;

/** Whether a retry can help: connection errors, 408, 429, 5xx, and responses that aren't the console's. */
export function isTransient(error: unknown): boolean {
  if (error instanceof DaaiMalformedResponseError) return false;
  if (!(error instanceof DaaiApiError)) return error instanceof DaaiConnectionError;
  return error instanceof DaaiForeignResponseError || error.statusCode === 408 || error.statusCode === 429 || error.statusCode >= 500;
}

/**
 * Seconds to wait after failed attempt number `attempt` (from 1), or null to stop retrying. A Retry-After is honored exactly; above 60
 * seconds, waiting is left to the caller.
 */
export function retryDelay(error: unknown, attempt: number, random: () => number): number | null {
  if (attempt >= TRIES || !isTransient(error)) return null;
  const asked = error instanceof DaaiApiError ? error.retryAfter : null;
  if (asked !== null) return asked <= MAX_SECONDS ? asked : null;
  return fullJitter(attempt, random);
}

/** Seconds to wait after so many failures, up to 60: doubled by each, and scattered, so that clients don't come back all at once. */
export function fullJitter(failures: number, random: () => number): number {
  return random() * Math.min(MAX_SECONDS, BASE_SECONDS * 2 ** (failures - 1));
}

/** Seconds from a Retry-After header, a number or an HTTP-date (RFC 9110 section 10.2.3). `now` is in milliseconds. */
export function parseRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header.slice(0, 10));
  // Every HTTP-date begins with the name of its day; Date.parse alone takes much more for a date.
  const date = /^[A-Za-z]+,? /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000);
}
