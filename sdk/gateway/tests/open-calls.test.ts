import { mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { OpenCalls } from "../src/open-calls";

const PAY = "a".repeat(64);
let state: string;
const files = () => readdirSync(join(state, "calls"));
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "daai-mcp-"));
});
afterEach(() => rmSync(state, { recursive: true }));

it("a call that was left is continued, and one that was answered isn't", () => {
  const calls = new OpenCalls(state);
  const first = calls.take(PAY);
  first.leave();
  const second = calls.take(PAY);
  expect(second.idempotencyKey).toBe(first.idempotencyKey);
  second.close();
  expect(files()).toEqual([]);
  expect(calls.take(PAY).idempotencyKey).not.toBe(first.idempotencyKey);
});

it("calls at the same time, and those of other arguments, are others", () => {
  const calls = new OpenCalls(state);
  const keys = [calls.take(PAY), calls.take(PAY), calls.take("b".repeat(64))].map(({ idempotencyKey }) => idempotencyKey);
  expect(new Set(keys).size).toBe(3);
});

it("is found by the next process, whatever its number and that of the one before", () => {
  const { idempotencyKey } = new OpenCalls(state).take(PAY);
  expect(new OpenCalls(state).take(PAY).idempotencyKey).toBe(idempotencyKey);
});

it("is deleted after a month, but not if it was sent: it may be in doubt", () => {
  const calls = new OpenCalls(state);
  calls.take(PAY);
  const sent = calls.take("b".repeat(64));
  sent.send();
  const old = new Date(Date.now() - 31 * 24 * 3_600_000);
  for (const name of files()) utimesSync(join(state, "calls", name), old, old);
  expect(new OpenCalls(state).take("b".repeat(64)).idempotencyKey).toBe(sent.idempotencyKey);
  expect(files()).toHaveLength(1);
});

it("starts although another gateway deletes what it lists", () => {
  new OpenCalls(state).take(PAY);
  // Listed, and not there when it is looked at.
  symlinkSync(join(state, "gone"), join(state, "calls", "gone"));
  expect(() => new OpenCalls(state)).not.toThrow();
});

it("needs a folder that it can write", () => {
  const file = join(state, "file");
  writeFileSync(file, "");
  expect(() => new OpenCalls(file)).toThrow("Name another folder with state.");
});
