import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type * as ServerClock from "./server-clock";

const MINUTE = 60_000;
const SERVER = Date.parse("2026-11-28T12:00:00.000Z");

let clock: typeof ServerClock;
beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  clock = await import("./server-clock");
});
afterEach(() => void vi.useRealTimers());

test.each([0, 120, -120, 70])("is the server's, on a computer that is %i minutes off", (minutes) => {
  vi.setSystemTime(SERVER + minutes * MINUTE);
  clock.setServerClock(SERVER);
  expect(clock.serverNow()).toBe(SERVER);
  vi.advanceTimersByTime(3 * MINUTE);
  expect(clock.serverNow()).toBe(SERVER + 3 * MINUTE);
});

test("does not go back to the present of a page from the history", () => {
  vi.setSystemTime(SERVER);
  clock.setServerClock(SERVER);
  vi.advanceTimersByTime(10 * MINUTE);
  clock.setServerClock(SERVER);
  expect(clock.serverNow()).toBe(SERVER + 10 * MINUTE);
});

test("follows the server when the computer's own clock is set meanwhile", () => {
  vi.setSystemTime(SERVER);
  clock.setServerClock(SERVER);
  vi.setSystemTime(SERVER + 90 * MINUTE);
  clock.setServerClock(SERVER + MINUTE);
  expect(clock.serverNow()).toBe(SERVER + MINUTE);
});
