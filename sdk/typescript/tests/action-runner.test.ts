import { describe, expect, it, test, vi } from "vitest";
import { type DaaiClient, DaaiConnectionError, DaaiPayloadError } from "../src/index";
import { DaaiActionRunner } from "../src/runner";
import { drop, refusal, World } from "./runner-world";

describe("a pass", () => {
  it("claims, runs and reports what was decided on", async () => {
    const world = new World();
    const runner = world.executing();
    const runId = await world.pending();
    world.fake.decide(runId, "approve", "Less.", { change: { amount: 4 } });
    expect([await runner.runPendingOnce(), await runner.runPendingOnce()]).toEqual([1, 0]);
    expect(world.payloads).toEqual([{ amount: 4 }]);
    expect(world.verbs(runId)).toEqual(["claim", "report-executed"]);
    expect(world.fake.run(runId)).toMatchObject({ executionStatus: "executed", executionResult: { sent: true } });
    expect([world.kinds, await world.states()]).toEqual([["executed"], []]);
    expect(world.events[0]).toMatchObject({ actionRunId: runId, action: "ask", result: { sent: true }, error: null, explanation: null });
  });

  it("waits for a decision", async () => {
    const world = new World();
    const runId = await world.pending();
    expect(await world.executing().runPendingOnce()).toBe(0);
    expect([world.payloads, await world.states(), world.verbs(runId)]).toEqual([[], ["pending"], []]);
  });

  it.each(["reject", "block"] as const)("drops what a person chose to %s, and says why", async (decision) => {
    const world = new World();
    const runId = await world.pending();
    world.fake.decide(runId, decision, "Not this one.");
    expect(await world.executing().runPendingOnce()).toBe(0);
    expect([world.payloads, await world.states(), world.verbs(runId)]).toEqual([[], [], []]);
    expect(world.kinds).toEqual([decision === "reject" ? "rejected" : "blocked"]);
    expect(world.events[0]?.explanation).toContain("Not this one.");
  });

  it.each(["executed", "failed"])("drops what was reported as %s elsewhere", async (outcome) => {
    const world = new World();
    const runId = await world.stored();
    await (outcome === "executed" ? world.fake.client().reportExecuted(runId) : world.fake.client().reportFailed(runId, "no"));
    expect(await world.executing().runPendingOnce()).toBe(0);
    expect([world.payloads, await world.states(), world.kinds]).toEqual([[], [], ["settled_elsewhere"]]);
  });

  it("leaves what another runner on the store executes and reports between its two looks", async () => {
    const world = new World();
    const [runner, other] = [world.executing(), world.newRunner()];
    other.whenExecutable("ask", () => expect.unreachable("run again"));
    const runId = await world.stored();
    const before = await world.store.get(runId);
    world.after["report-executed"] = async () => {
      world.after["report-executed"] = undefined;
      vi.spyOn(world.store, "get").mockResolvedValueOnce(before);
      expect(await other.runPendingOnce()).toBe(0);
    };
    expect(await runner.runPendingOnce()).toBe(1);
    expect([world.payloads, await world.states(), world.kinds]).toEqual([[{ amount: 5 }], [], ["executed"]]);
  });

  it("leaves what someone else claimed, even between the look and the claim", async () => {
    const world = new World();
    const [runner, first, second] = [world.executing(), await world.stored(), await world.stored()];
    const claim = async (runId: string) => void (await world.fake.client().claim(runId, { worker: "they" }));
    await claim(first);
    world.before["claim"] = claim;
    expect([await runner.runPendingOnce(), await runner.runPendingOnce(), await runner.runPendingOnce()]).toEqual([0, 0, 0]);
    // The one is only asked for once: the status shows that it is taken.
    expect([world.payloads, await world.states(), world.verbs(first), world.verbs(second)]).toEqual([
      [],
      ["pending", "pending"],
      [],
      ["claim"],
    ]);
    expect(world.kinds).toEqual([]);
  });

  it("waits for executors, and reports what they throw as failed", async () => {
    const world = new World();
    const runner = world.newRunner();
    runner.whenExecutable("ask", async () => {
      await Promise.resolve();
      throw new RangeError("no such customer");
    });
    const runId = await world.stored();
    expect(await runner.runPendingOnce()).toBe(0);
    expect(world.fake.run(runId)).toMatchObject({ executionStatus: "failed", executionError: "RangeError: no such customer" });
    expect([world.kinds, world.events[0]?.error, await world.states()]).toEqual([["failed"], "RangeError: no such customer", []]);
  });

  it("releases the claim on a row that another runner removed meanwhile", async () => {
    const world = new World();
    const runner = world.executing();
    const runId = await world.stored();
    world.after["claim"] = () => void world.store.remove(runId);
    expect(await runner.runPendingOnce()).toBe(0);
    expect([world.payloads, world.verbs(runId), world.fake.run(runId).worker]).toEqual([[], ["claim", "claim/release"], null]);
  });

  it("doesn't run what the console has as another action, and continues with the next", async () => {
    const world = new World();
    const runner = world.executing();
    runner.whenExecutable("send", () => world.payloads.push({}));
    const runId = await world.pending();
    await world.store.remove(runId);
    await world.store.add(runId, "send", {});
    await world.store.add("unknown", "ask", {});
    await world.stored();
    expect(await runner.runPendingOnce()).toBe(1);
    expect([world.kinds, await world.states()]).toEqual([
      ["problem", "problem", "executed"],
      ["pending", "pending"],
    ]);
    expect(world.events[0]?.error).toBe("the console has it as the action ask");
  });

  it("leaves actions without an executor to other runners", async () => {
    const world = new World();
    await world.store.add("other", "send", {});
    world.before["status"] = () => drop();
    expect([await world.executing().runPendingOnce(), await world.states()]).toEqual([0, ["pending"]]);
  });

  it.each(["frozen", "action_inactive"])("waits while a run is %s, and loses nothing", async (code) => {
    const world = new World();
    const [runner, runId] = [world.executing(), await world.stored()];
    world.before["claim"] = () => refusal(code);
    expect([await runner.runPendingOnce(), await runner.runPendingOnce()]).toEqual([0, 0]);
    expect([world.payloads, await world.states(), world.kinds]).toEqual([[], ["pending"], []]);
    world.before["claim"] = undefined;
    expect([await runner.runPendingOnce(), world.fake.run(runId).executionStatus]).toEqual([1, "executed"]);
  });

  it("releases a claim that doesn't give what a person changed", async () => {
    const world = new World();
    const runner = world.executing();
    const runId = await world.stored();
    const status = await world.client.status(runId);
    vi.spyOn(world.client, "status").mockResolvedValue({ ...status, payloadChanged: true });
    expect([await runner.runPendingOnce(), world.payloads]).toEqual([0, []]);
    expect(world.verbs(runId)).toEqual(["claim", "claim/release"]);
    expect(world.warnings).toEqual([expect.stringContaining("isn't of what was decided on")]);
  });

  it("throws when the console can't be asked, and loses nothing", async () => {
    const world = new World();
    const runner = world.executing();
    await world.stored();
    world.before["status"] = drop;
    await expect(runner.runPendingOnce()).rejects.toThrow(DaaiConnectionError);
    world.before["status"] = undefined;
    expect(await runner.runPendingOnce()).toBe(1);
  });
});

test("executors, clients and settings are checked when they are given", () => {
  const world = new World();
  const runner = world.executing();
  expect(() => runner.whenExecutable("ask", () => null)).toThrow("already has an executor");
  expect(() => runner.whenExecutable("other", function* () {})).toThrow(TypeError);
  expect(() => runner.whenExecutable("other", async function* () {})).toThrow(TypeError);
  expect(() => world.newRunner({ leaseSeconds: 4 })).toThrow(DaaiPayloadError);
  expect(() => world.newRunner({ worker: "w".repeat(201) })).toThrow(DaaiPayloadError);
  expect(() => new DaaiActionRunner({} as DaaiClient, world.store)).toThrow(TypeError);
});

test("what onEvent throws or rejects with is a warning", async () => {
  const world = new World();
  const runner = world.newRunner({ onEvent: () => Promise.reject(new Error("mine")) });
  runner.whenExecutable("ask", () => null);
  await world.stored();
  expect([await runner.runPendingOnce(), world.warnings]).toEqual([1, ["onEvent threw: Error: mine"]]);
});

test("the store and then the claim are renewed while it runs", async () => {
  vi.useFakeTimers();
  try {
    const world = new World();
    const runner = world.newRunner({ leaseSeconds: 6 });
    const leases: unknown[] = [];
    world.before["claim/renew"] = async (runId) => void leases.push((await world.store.get(runId))?.leaseUntil);
    runner.whenExecutable("ask", async () => {
      world.fake.clock.advance({ seconds: 2 });
      await vi.advanceTimersByTimeAsync(2_000);
      expect(leases).toEqual([world.now + 6]);
    });
    const runId = await world.stored();
    expect(await runner.runPendingOnce()).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.verbs(runId)).toEqual(["claim", "claim/renew", "report-executed"]);
  } finally {
    vi.useRealTimers();
  }
});
