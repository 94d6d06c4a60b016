// Lost responses, dead runners, full disks: what may have run is never run again.

import { describe, expect, it, test } from "vitest";
import { DaaiConnectionError } from "../src/index";
import { InMemoryPendingStore, type PendingStore } from "../src/runner";
import { drop, dropping, World } from "./runner-world";

describe("a claim whose response is lost", () => {
  it("is asked for again at once", async () => {
    const world = new World();
    const [runner, runId] = [world.executing(), await world.stored()];
    world.after["claim"] = dropping(1);
    expect([await runner.runPendingOnce(), await runner.runPendingOnce()]).toEqual([1, 0]);
    expect([world.payloads.length, await world.states()]).toEqual([1, []]);
    expect(world.verbs(runId)).toEqual(["claim", "claim", "report-executed"]);
  });

  it("is asked for by the next pass, and never released", async () => {
    const world = new World();
    const [runner, runId] = [world.executing(), await world.stored()];
    world.after["claim"] = dropping(3);
    await expect(runner.runPendingOnce()).rejects.toThrow(DaaiConnectionError);
    expect([world.payloads, await world.states()]).toEqual([[], ["pending"]]);
    const { worker } = world.fake.run(runId);
    // Another runner waits a lease, because the one that asked may only be slow.
    expect(await world.executing().runPendingOnce()).toBe(0);
    expect([await runner.runPendingOnce(), await runner.runPendingOnce()]).toEqual([1, 0]);
    expect([world.payloads.length, world.fake.run(runId).worker]).toEqual([1, worker]);
    expect(world.verbs(runId)).toEqual(["claim", "claim", "claim", "claim", "report-executed"]);
  });

  it("is used by another runner after a lease, even once it has expired", async () => {
    const world = new World();
    const [runner, runId] = [world.executing(), await world.stored()];
    world.after["claim"] = dropping(3);
    await expect(runner.runPendingOnce()).rejects.toThrow(DaaiConnectionError);
    world.fake.clock.advance({ seconds: 61 });
    expect(await world.executing().runPendingOnce()).toBe(1);
    expect([world.payloads.length, world.fake.run(runId).executionStatus]).toEqual([1, "executed"]);
  });

  it("is left to the runner on the store that was given it first", async () => {
    const world = new World();
    const [runner, runId] = [world.executing(), await world.stored()];
    world.after["claim"] = async () => {
      const token = (await world.store.get(runId))?.claimRequest?.token ?? "";
      expect(await world.store.markClaimed(runId, token, 1e12)).toBe(true);
    };
    expect(await runner.runPendingOnce()).toBe(0);
    expect([world.payloads, await world.states(), world.verbs(runId)]).toEqual([[], ["claimed"], ["claim"]]);
    expect(world.fake.run(runId).worker).not.toBe(null);
  });
});

describe("a report", () => {
  it("that can't be delivered is delivered later, by any runner on the store", async () => {
    const world = new World();
    const [runner, runId] = [world.executing(), await world.stored()];
    world.before["report-executed"] = drop;
    expect([await runner.runPendingOnce(), await world.states(), world.kinds]).toEqual([0, ["unreported"], ["undelivered"]]);
    world.before["report-executed"] = undefined;
    expect([await world.newRunner().runPendingOnce(), await world.states()]).toEqual([1, []]);
    expect([world.kinds, world.payloads.length]).toEqual([["undelivered", "executed"], 1]);
    expect(world.fake.run(runId)).toMatchObject({ executionStatus: "executed", executionResult: { sent: true } });
  });

  it("whose response is lost is repeated word for word", async () => {
    const world = new World();
    const [runner, runId] = [world.executing(), await world.stored()];
    world.after["report-executed"] = drop;
    expect([await runner.runPendingOnce(), world.fake.run(runId).executionStatus]).toEqual([0, "executed"]);
    world.after["report-executed"] = undefined;
    expect([await runner.runPendingOnce(), await world.states(), world.payloads.length]).toEqual([1, [], 1]);
  });

  it("that is refused stays for a person, with its outcome", async () => {
    const world = new World();
    const [runner, runId] = [world.executing(), await world.stored()];
    world.before["report-executed"] = () => {
      world.fake.clock.advance({ seconds: 61 });
      world.fake.settle(runId, "failed");
    };
    for (let pass = 0; pass < 3; pass += 1) expect(await runner.runPendingOnce()).toBe(0);
    expect([world.kinds, world.payloads.length]).toEqual([["report_refused"], 1]);
    expect(await world.store.entries()).toMatchObject([{ state: "in_doubt", outcome: { result: { sent: true }, error: null } }]);
  });
});

describe("a runner that died in its executor", () => {
  async function crashed(world: World): Promise<string> {
    const runId = await world.stored();
    const { claim } = await world.fake.client().claim(runId, { worker: "the dead" });
    await world.store.markClaimed(runId, claim.token, world.now + 60);
    return runId;
  }

  it("may be alive until its lease ends. Then it is in doubt, and never run again", async () => {
    const world = new World();
    const runner = world.executing();
    await crashed(world);
    expect([await runner.runPendingOnce(), await world.states(), world.kinds]).toEqual([0, ["claimed"], []]);
    world.fake.clock.advance({ seconds: 61 });
    for (let pass = 0; pass < 3; pass += 1) expect(await runner.runPendingOnce()).toBe(0);
    expect([await world.states(), world.kinds, world.payloads]).toEqual([["in_doubt"], ["in_doubt"], []]);
  });

  it.each(["executed", "failed"] as const)("is settled as %s by a person in the console", async (outcome) => {
    const world = new World();
    const [runner, runId] = [world.executing(), await crashed(world)];
    world.fake.clock.advance({ seconds: 61 });
    await runner.runPendingOnce();
    world.fake.settle(runId, outcome);
    await runner.runPendingOnce();
    expect([await world.states(), world.kinds, world.payloads]).toEqual([[], ["in_doubt", "settled_elsewhere"], []]);
  });

  it("is released by a person for another try", async () => {
    const world = new World();
    const [runner, runId] = [world.executing(), await crashed(world)];
    world.fake.clock.advance({ seconds: 61 });
    await runner.runPendingOnce();
    world.fake.settle(runId, "released");
    expect([await runner.runPendingOnce(), await runner.runPendingOnce()]).toEqual([0, 1]);
    expect([world.kinds, world.payloads.length]).toEqual([["in_doubt", "released", "executed"], 1]);
  });
});

test("the outcome of a runner that was only slow ends the doubt", async () => {
  const world = new World();
  const [runner, other] = [world.newRunner(), world.executing()];
  runner.whenExecutable("ask", async () => {
    world.fake.clock.advance({ seconds: 61 });
    expect([await other.runPendingOnce(), await world.states()]).toEqual([0, ["in_doubt"]]);
    return "done";
  });
  const runId = await world.stored();
  expect([await runner.runPendingOnce(), world.kinds, await world.states()]).toEqual([1, ["in_doubt", "executed"], []]);
  expect([world.fake.run(runId).executionResult, world.payloads]).toEqual([{ result: "done" }, []]);
});

describe("a disk that is full", () => {
  /** A store whose methods fail as long as they are named here. */
  function failing(names: Set<keyof PendingStore>): PendingStore {
    return new Proxy(new InMemoryPendingStore(), {
      get(store, name) {
        if (names.has(name as keyof PendingStore)) return () => Promise.reject(new Error("database or disk is full"));
        const method = Reflect.get(store, name, store) as (...args: readonly unknown[]) => unknown;
        return method.bind(store);
      },
    });
  }

  it.each([
    ["storeClaimRequest", []],
    ["markClaimed", ["claim"]],
  ] as const)("at %s: nothing runs until there is room", async (step, verbs) => {
    const names = new Set<keyof PendingStore>([step]);
    const world = new World(failing(names));
    const [runner, runId] = [world.executing(), await world.stored()];
    await expect(runner.runPendingOnce()).rejects.toThrow("disk is full");
    expect([world.payloads, await world.states(), world.verbs(runId)]).toEqual([[], ["pending"], verbs]);
    names.clear();
    expect([await runner.runPendingOnce(), await runner.runPendingOnce(), world.payloads.length]).toEqual([1, 0, 1]);
    expect(world.fake.run(runId).executionStatus).toBe("executed");
  });

  it("at recordOutcome: the console gets the outcome nevertheless", async () => {
    const world = new World(failing(new Set<keyof PendingStore>(["recordOutcome"])));
    const [runner, runId] = [world.executing(), await world.stored()];
    expect([await runner.runPendingOnce(), world.fake.run(runId).executionStatus, await world.states()]).toEqual([1, "executed", []]);
    expect(world.warnings).toEqual([expect.stringContaining("couldn't be stored")]);
  });

  it("at recordOutcome, while the console is away: in doubt as soon as the lease ends", async () => {
    const world = new World(failing(new Set<keyof PendingStore>(["recordOutcome"])));
    const [runner] = [world.executing(), await world.stored()];
    world.before["report-executed"] = drop;
    expect([await runner.runPendingOnce(), await world.states()]).toEqual([0, ["claimed"]]);
    world.fake.clock.advance({ seconds: 61 });
    expect([await runner.runPendingOnce(), await world.states(), world.payloads.length]).toEqual([0, ["in_doubt"], 1]);
  });
});
