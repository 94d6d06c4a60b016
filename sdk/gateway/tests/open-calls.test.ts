import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
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

it("is found by the next process, also one with the same number", () => {
  const { idempotencyKey } = new OpenCalls(state).take(PAY);
  expect(new OpenCalls(state).take(PAY).idempotencyKey).toBe(idempotencyKey);
});

it("is left to another process that still runs, and taken from one that has ended", () => {
  const { idempotencyKey } = new OpenCalls(state).take(PAY);
  const [name = ""] = files();
  const [fingerprint, nonce] = name.split(".");
  const of = (pid: number) => join(state, "calls", `${fingerprint}.${nonce}.${pid}`);
  // This one's parent runs; no process has the last number.
  renameSync(join(state, "calls", name), of(process.ppid));
  const other = new OpenCalls(state).take(PAY);
  expect(other.idempotencyKey).not.toBe(idempotencyKey);
  other.close();
  renameSync(of(process.ppid), of(2 ** 31 - 1));
  expect(new OpenCalls(state).take(PAY).idempotencyKey).toBe(idempotencyKey);
});

it("needs a folder that it can write", () => {
  const file = join(state, "file");
  writeFileSync(file, "");
  expect(() => new OpenCalls(file)).toThrow("Name another folder with state.");
});
