import { describe, expect, it, vi } from "vitest";
import { DaaiConfigError } from "../src/index";
import { SYSTEM_RUNTIME } from "../src/runtime";
import { drop, World } from "./runner-world";

describe("running forever", () => {
  /** A client whose sleeps take no time: they are noted, and `onSleep` is called. */
  function sleeping(world: World, onSleep: (pauses: readonly number[]) => void) {
    const pauses: number[] = [];
    const sleep: typeof SYSTEM_RUNTIME.sleep = async (seconds, signal) => {
      signal?.throwIfAborted();
      // The client's own, between its attempts, have no signal.
      if (!signal) return;
      pauses.push(seconds);
      onSleep(pauses);
    };
    return { pauses, client: world.newClient({ ...SYSTEM_RUNTIME, sleep, random: () => 1 }) };
  }

  it("ends with the signal, and backs off while the console is away", async () => {
    const world = new World();
    const stopping = new AbortController();
    const { pauses, client } = sleeping(world, ({ length }) => {
      if (length === 9) world.before["status"] = undefined;
      if (length === 11) stopping.abort();
    });
    const runner = world.newRunner({}, client);
    runner.whenExecutable("ask", () => null);
    const runId = await world.stored();
    world.before["status"] = drop;
    await runner.runForever({ signal: stopping.signal });
    expect(pauses).toEqual([5.5, 6, 7, 9, 13, 21, 37, 65, 65, 5, 5]);
    expect(world.warnings[0]).toContain("next try in 5.5 s");
    expect(world.fake.run(runId).executionStatus).toBe("executed");
    await runner.runForever({ signal: stopping.signal });
    expect(pauses.length).toBe(11);
  });

  it("makes a pass at once when it is woken, and one more after calls during a pass", async () => {
    const world = new World();
    const stopping = new AbortController();
    const runner = world.newRunner({}, world.newClient(SYSTEM_RUNTIME));
    runner.whenExecutable("ask", async ({ number }) => {
      if (number === 1) await world.stored({ number: 2 });
      if (number === 2) stopping.abort();
      // During this pass, which doesn't see what is stored meanwhile.
      runner.wake();
    });
    const running = runner.runForever({ pollSeconds: 86_400, signal: stopping.signal });
    // It sleeps by now, having found nothing.
    await new Promise(setImmediate);
    await world.stored({ number: 1 });
    runner.wake();
    await running;
    expect(world.kinds).toEqual(["executed", "executed"]);
  });

  it("finishes and reports the action in progress before it stops", async () => {
    const world = new World();
    const stopping = new AbortController();
    const runner = world.newRunner();
    runner.whenExecutable("ask", () => stopping.abort());
    const [first, second] = [await world.stored(), await world.stored()];
    await runner.runForever({ pollSeconds: 0, signal: stopping.signal });
    expect([world.fake.run(first).executionStatus, world.fake.run(second).executionStatus]).toEqual([
      "executed",
      "awaiting_execution_report",
    ]);
    expect(world.kinds).toEqual(["executed"]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("stops after %s, whose effect is then as before", async (signal) => {
    const world = new World();
    const before = process.listeners(signal);
    const runner = world.newRunner();
    runner.whenExecutable("ask", () => {
      expect(process.listeners(signal).length).toBe(before.length + 1);
      process.emit(signal);
      expect(process.listeners(signal)).toEqual(before);
    });
    const runId = await world.stored();
    await runner.runForever({ pollSeconds: 86_400 });
    expect(world.fake.run(runId).executionStatus).toBe("executed");
    expect(process.listeners(signal)).toEqual(before);
  });

  it("throws what the store throws, and for pauses that no timer can take", async () => {
    const world = new World();
    vi.spyOn(world.store, "entries").mockImplementation(() => {
      throw new Error("database or disk is full");
    });
    await expect(world.executing().runForever()).rejects.toThrow("disk is full");
    for (const pollSeconds of [-1, 86_401, Number.NaN]) {
      await expect(world.executing().runForever({ pollSeconds })).rejects.toThrow(DaaiConfigError);
    }
  });
});
