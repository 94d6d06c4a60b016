import { expect, test } from "vitest";
import { nextMailTry } from "./mail-retries";

const createdAt = new Date("2026-11-25T10:00:00Z");
const secondsAfter = (attempts: number, retryAfterSeconds: number | null = null, jitter = 0) => {
  const next = nextMailTry({ attempts, createdAt, now: createdAt, retryAfterSeconds, jitter });
  return next && (next.getTime() - createdAt.getTime()) / 1000;
};

test("the tries come later and later, up to ten minutes, and not all at once", () => {
  expect([1, 2, 3, 7, 8, 9, 50].map((attempts) => secondsAfter(attempts))).toEqual([5, 10, 20, 320, 600, 600, 600]);
  expect(secondsAfter(3, null, 1)).toBe(24);
});

test("the provider's own time counts when it is later, up to an hour", () => {
  expect([secondsAfter(1, 60), secondsAfter(9, 60), secondsAfter(1, 86_400)]).toEqual([60, 600, 3600]);
});

test("twenty hours after it was queued a mail is given up", () => {
  const at = (hours: number) =>
    nextMailTry({ attempts: 40, createdAt, now: new Date(createdAt.getTime() + hours * 3_600_000), retryAfterSeconds: null, jitter: 0 });
  expect(at(19.8)).toBeInstanceOf(Date);
  expect(at(19.9)).toBeNull();
});
