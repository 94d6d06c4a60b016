// Nothing is executed once the log was tampered with, and whoever calls gets to know it.

import { describe, expect, it, test } from "vitest";
import { LogTampered } from "../src/index";
import { DaaiActionRunner, InMemoryPendingStore, type RunnerEvent } from "../src/runner";
import { HONEST, json, LogConsole } from "./log-console";
import { receipt } from "./receipt-log";
import { pathsOf } from "./test-client";

const SEND = { action: "send_mail", payload: {} };
const CLAIM = { worker: "w" };
const unreachable = () => expect.unreachable("executed");

const tamper = (console: LogConsole) => {
  console.receipts = HONEST.slice(0, 7);
  console.wait();
};

async function tampered() {
  const console = new LogConsole();
  const client = await console.witness();
  console.fake.runs.length = 0;
  const { actionRunId } = await client.intercept(SEND);
  console.fake.requests.length = 0;
  return { console, client, runId: actionRunId };
}

describe("LogTampered is thrown unchanged and never retried, by", () => {
  type World = Awaited<ReturnType<typeof tampered>>;
  const calls: [string, (world: World) => Promise<unknown>, string[]][] = [
    ["a proposal", ({ client }) => client.intercept(SEND), ["intercept"]],
    ["a status", ({ client, runId }) => client.status(runId), ["status"]],
    ["a wait", ({ client, runId }) => client.wait(runId), ["status?wait=25"]],
    ["a withdrawal", ({ client, runId }) => client.withdraw(runId, "No."), ["withdraw"]],
    ["a report", ({ client, runId }) => client.reportExecuted(runId), ["report-executed"]],
    ["a report of a failure", ({ client, runId }) => client.reportFailed(runId, "No."), ["report-failed"]],
    ["an execution", ({ client, runId }) => client.execution(runId, {}, unreachable), ["status"]],
  ];
  it.each(calls)("%s", async (_, call, requests) => {
    const world = await tampered();
    tamper(world.console);
    // Whoever holds the claim reports: as in the response to a claim.
    for (const run of world.console.fake.runs)
      if (requests[0]?.startsWith("report")) run.claim = { token: undefined, expires_at: "" } as never;
    const error: unknown = await call(world).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(LogTampered);
    expect(pathsOf(world.console.fake).map((path) => path.replace(/\?.*/, ""))).toEqual(requests.map((path) => path.replace(/\?.*/, "")));
  });
});

test("a claim that came with it is released, without asking about the log", async () => {
  const { console, client, runId } = await tampered();
  tamper(console);
  await expect(client.claim(runId, CLAIM)).rejects.toThrow(LogTampered);
  expect(pathsOf(console.fake)).toEqual(["claim", "claim/release"]);
  expect(console.fake.runs.map(({ claim }) => claim)).toEqual([null]);
  expect([console.asked, console.warnings]).toEqual([["?from=10"], []]);
});

test("a governed function doesn't run, and its claim is released", async () => {
  const { console, client } = await tampered();
  tamper(console);
  await expect(client.governed("send_mail", { payload: { to: "ann" } }, unreachable)()).rejects.toThrow(LogTampered);
  expect(pathsOf(console.fake)).toEqual(["intercept", "intercept", "claim/release"]);
  expect(console.fake.runs.map(({ claim, execution }) => [claim, execution])).toEqual(Array(2).fill([null, "awaiting_execution_report"]));
  expect([console.asked, console.warnings]).toEqual([["?from=10"], []]);
});

test("a claim can be released while the alarm lasts", async () => {
  const { console, client, runId } = await tampered();
  const { claim } = await client.claim(runId, CLAIM);
  tamper(console);
  await expect(client.status(runId)).rejects.toThrow(LogTampered);
  await client.releaseClaim(runId, claim.token);
  expect(console.fake.runs[0]?.claim).toBe(null);
});

test("a report that arrived is not called undelivered", async () => {
  const { console, client } = await tampered();
  const governed = client.governed("send_mail", { payload: { to: "ann" } }, () => tamper(console));
  await expect(governed()).rejects.toThrow(LogTampered);
  expect(console.fake.runs.at(-1)?.execution).toBe("executed");
  const failing = client.governed("send_mail", { payload: { to: "bo" } }, () => {
    tamper(console);
    throw new RangeError("its own");
  });
  console.receipts = HONEST.slice(0, 12);
  console.wait();
  // What the function threw matters more.
  await expect(failing()).rejects.toThrow("its own");
  expect(console.warnings.join()).toContain("the receipt log contradicts the checkpoint you kept (shrank)");
});

test("a console that is unavailable is retried as ever, before its log is asked about", async () => {
  const { console, client } = await tampered();
  const { fetch } = console.fake;
  let failures = 2;
  Object.assign(console.fake, { fetch: (...request: Parameters<typeof fetch>) => (failures-- > 0 ? json({}, 503) : fetch(...request)) });
  tamper(console);
  await expect(client.intercept(SEND)).rejects.toThrow(LogTampered);
  expect([failures, console.asked]).toEqual([-1, ["?from=10"]]);
});

describe("a runner", () => {
  async function running(act: (console: LogConsole) => unknown) {
    const { console, client, runId } = await tampered();
    const store = new InMemoryPendingStore();
    store.add(runId, "send_mail", {});
    const events: RunnerEvent[] = [];
    const runner = new DaaiActionRunner(client, store, { onEvent: (event) => events.push(event) });
    runner.whenExecutable("send_mail", () => act(console));
    return { console, runner, events, states: () => store.entries().map(({ state }) => state) };
  }

  it("stops, with a consistent store", async () => {
    const { console, runner, events, states } = await running(unreachable);
    tamper(console);
    await expect(runner.runPendingOnce()).rejects.toThrow(LogTampered);
    await expect(runner.runForever({ handleSignals: false })).rejects.toThrow(LogTampered);
    expect([states(), events, console.warnings]).toEqual([["pending"], [], []]);
  });

  it("doesn't run what it claimed, and does once the log is whole again", async () => {
    let count = 0;
    const { console, runner, states } = await running(() => {
      count += 1;
    });
    const { fetch } = console.fake;
    const atClaim: typeof fetch = (input, init) => {
      if (String(input).endsWith("/claim")) console.shown = [...HONEST.slice(0, 9), receipt(99)];
      return fetch(input, init);
    };
    Object.assign(console.fake, { fetch: atClaim });
    await expect(runner.runPendingOnce()).rejects.toThrow(LogTampered);
    expect([count, states()]).toEqual([0, ["pending"]]);
    Object.assign(console.fake, { fetch });
    console.shown = null;
    // A real console gives it the same claim again, for the same token.
    Object.assign(console.fake.runs[0] ?? {}, { claim: null });
    expect([await runner.runPendingOnce(), count, states()]).toEqual([1, 1, []]);
  });

  it("keeps a report that arrived until the log is whole again", async () => {
    const { console, runner, events, states } = await running(tamper);
    await expect(runner.runPendingOnce()).rejects.toThrow(LogTampered);
    expect([states(), events]).toEqual([["unreported"], []]);
    console.receipts = HONEST.slice(0, 12);
    expect([await runner.runPendingOnce(), states(), events.map(({ kind }) => kind)]).toEqual([1, [], ["executed"]]);
  });
});
