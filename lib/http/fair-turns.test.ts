import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { DatabaseUnresponsiveError } from "@/lib/db/fail-fast-if-database-down";
import { fairTurns } from "./fair-turns";

/** Requests that end when the test says so. */
function makeTurns({ always = 2, timesMiddle = 2, maxWaiting = 100 } = {}) {
  let waited = 0;
  const takeTurn = fairTurns({ always, timesMiddle, maxWaiting, onWait: () => (waited += 1) });
  const running: { caller: string; finish: () => void; fail: (error: Error) => void }[] = [];
  const send = (caller: string) =>
    takeTurn(
      caller,
      () =>
        new Promise<string>((resolve, reject) => {
          const entry = { caller, finish: () => end(() => resolve(`${caller} done`)), fail: (error: Error) => end(() => reject(error)) };
          const end = (settle: () => void) => {
            running.splice(running.indexOf(entry), 1);
            settle();
          };
          running.push(entry);
        }),
    );
  const times = (count: number, caller: string) => Array.from({ length: count }, () => send(caller));
  const inWork = (caller: string) => running.filter((one) => one.caller === caller).length;
  const first = (caller: string) => {
    const found = running.find((one) => one.caller === caller);
    if (!found) throw new RangeError(`${caller} has no turn`);
    return found;
  };
  const finish = async (caller: string) => {
    first(caller).finish();
    await settled();
  };
  return { send, times, inWork, first, finish, running, waited: () => waited };
}

beforeAll(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterAll(() => void vi.useRealTimers());

const settled = () => new Promise((resolve) => setImmediate(resolve));
const pass = (milliseconds: number) => {
  vi.advanceTimersByTime(milliseconds);
  return settled();
};

test("a caller alone never waits", async () => {
  const { times, inWork, finish } = makeTurns();
  const answers = Promise.all(times(50, "a"));
  expect(inWork("a")).toBe(50);
  while (inWork("a") > 0) await finish("a");
  expect(await answers).toEqual(Array(50).fill("a done"));
});

test("callers who have about as many as each other never wait", () => {
  const { times, inWork } = makeTurns();
  for (let round = 0; round < 10; round++) for (const caller of ["a", "b", "c"]) void times(1, caller);
  expect(["a", "b", "c"].map(inWork)).toEqual([10, 10, 10]);
});

describe("a caller with many more than the others", () => {
  test("keeps the turns it has when others come, and gets no more", async () => {
    const { send, times, inWork, finish } = makeTurns();
    void times(5, "flood");
    expect(inWork("flood")).toBe(5);
    void send("quiet");
    void times(1, "flood");
    expect([inWork("flood"), inWork("quiet")]).toEqual([5, 1]);
    for (const left of [4, 3, 2, 1]) {
      await finish("flood");
      expect(inWork("flood")).toBe(left);
    }
  });

  test("goes at the pace of the others while theirs are worked on", async () => {
    const { send, times, inWork, finish } = makeTurns();
    for (const quiet of ["a", "b"]) void times(2, quiet);
    void times(20, "flood");
    expect(inWork("flood")).toBe(4);
    for (let n = 0; n < 4; n++) await finish("flood");
    expect(inWork("flood")).toBe(0);
    // Four for each that the two end on average.
    for (const [ended, inTurn] of [
      ["a", 2],
      ["b", 4],
    ] as const) {
      await finish(ended);
      void send(ended);
      expect(inWork("flood")).toBe(inTurn);
    }
  });

  test("has its turns, and no more, while the others are between two requests, and all once they are gone", async () => {
    const { send, times, inWork, finish } = makeTurns();
    const other = send("quiet");
    const flood = Promise.all(times(10, "flood"));
    await finish("quiet");
    expect(await other).toBe("quiet done");
    await finish("flood");
    expect(inWork("flood")).toBe(2);
    await pass(11);
    await finish("flood");
    expect(inWork("flood")).toBe(8);
    while (inWork("flood") > 0) await finish("flood");
    expect(await flood).toHaveLength(10);
  });

  test("doesn't wait for a request of another that takes long", async () => {
    const { send, times, inWork, finish } = makeTurns();
    void send("slow");
    void times(6, "flood");
    for (let n = 0; n < 2; n++) await finish("flood");
    expect(inWork("flood")).toBe(0);
    await pass(25);
    expect(inWork("flood")).toBe(2);
    for (let n = 0; n < 2; n++) await finish("flood");
    await pass(25);
    expect(inWork("flood")).toBe(2);
  });

  test("has a multiple of what the caller in the middle has, when that is more", () => {
    const { times, inWork } = makeTurns();
    void times(4, "a");
    void times(4, "b");
    void times(20, "flood");
    expect(inWork("flood")).toBe(8);
  });

  test("doesn't pass its own requests that already wait", async () => {
    const { send, times, inWork, finish, running } = makeTurns({ always: 1 });
    const order: string[] = [];
    void send("quiet");
    for (const name of ["first", "second", "third"]) void send("flood").then(() => order.push(name));
    expect(inWork("flood")).toBe(2);
    void times(1, "flood");
    while (running.length > 0) await finish(running[0]?.caller ?? "");
    expect(order).toEqual(["first", "second", "third"]);
  });

  test("is refused when too many of its own wait, and the others aren't", async () => {
    const { send, times, waited } = makeTurns({ maxWaiting: 3 });
    void send("quiet");
    void times(5, "flood");
    expect(waited()).toBe(3);
    expect(await send("flood")).toBeNull();
    const late = send("another");
    expect(await Promise.race([late, settled()])).toBeUndefined();
  });
});

test("what fails ends, too", async () => {
  const { send, times, inWork, first } = makeTurns();
  const failing = send("quiet");
  void times(4, "flood");
  first("quiet").fail(new Error("no"));
  await expect(failing).rejects.toThrow("no");
  await pass(25);
  expect(inWork("flood")).toBe(4);
});

test("all that wait fail with the first that hears that the database is silent", async () => {
  const { send, times, first, running } = makeTurns();
  const quiet = send("quiet");
  const flood = times(6, "flood");
  const silent = new DatabaseUnresponsiveError("The database does not answer.");
  first("quiet").fail(silent);
  await expect(quiet).rejects.toBe(silent);
  expect(await Promise.allSettled(flood.slice(2))).toEqual(Array(4).fill({ status: "rejected", reason: silent }));
  expect(running.map(({ caller }) => caller)).toEqual(["flood", "flood"]);
});

test("whatever comes and goes: everyone is answered, in order, nobody waits without cause, and nothing is left behind", async () => {
  const step = fc.record({
    caller: fc.constantFrom("a", "b", "c", "d"),
    count: fc.integer({ min: 1, max: 8 }),
    ends: fc.nat({ max: 12 }),
    pause: fc.constantFrom(0, 5, 30),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { send, inWork, running } = makeTurns();
      const asked = new Map<string, number>();
      const answered = new Map<string, number[]>();
      for (const { caller, count, ends, pause } of steps) {
        for (let n = 0; n < count; n++) {
          const number = asked.get(caller) ?? 0;
          asked.set(caller, number + 1);
          void send(caller).then(() => answered.set(caller, [...(answered.get(caller) ?? []), number]));
        }
        await pass(pause);
        for (let n = 0; n < ends && running.length > 0; n++) {
          running[n % running.length]?.finish();
          await settled();
        }
        await pass(25);
        const open = [...asked]
          .map(([name, all]) => [name, all - (answered.get(name)?.length ?? 0)] as const)
          .filter(([, left]) => left > 0);
        for (const [name, left] of open) expect(inWork(name)).toBeGreaterThanOrEqual(open.length === 1 ? left : Math.min(2, left));
      }
      while (running.length > 0) {
        running[0]?.finish();
        await settled();
        await pass(25);
      }
      for (const [caller, all] of asked) expect([...(answered.get(caller) ?? [])].sort((a, b) => a - b)).toEqual([...Array(all).keys()]);
      // As if nobody had been here: the next one is alone.
      for (let n = 0; n < 5; n++) void send("e");
      expect(inWork("e")).toBe(5);
    }),
    { numRuns: 100 },
  );
});
