import { expect, test } from "vitest";
import { DaaiConnectionError } from "../src/index";
import { PendingActionManager } from "../src/runner";
import { drop, World } from "./runner-world";

const managing = (world: World) => new PendingActionManager(world.client, world.store);
const ASK = { action: "ask", payload: { amount: 5 }, idempotencyKey: "k" };

test("what is pending approval is stored", async () => {
  const world = new World();
  const ticket = await managing(world).propose(ASK);
  expect(ticket).toMatchObject({ action: "ask", payload: { amount: 5 }, storedForLater: true, executable: false });
  expect(await world.store.entries()).toMatchObject([{ actionRunId: ticket.actionRunId, action: "ask", payload: { amount: 5 } }]);
});

test("what may run now is the caller's, and what is blocked is nobody's", async () => {
  const world = new World();
  expect(await managing(world).propose({ action: "send", payload: {} })).toMatchObject({ executable: true, storedForLater: false });
  expect(await managing(world).propose({ action: "never", payload: {} })).toMatchObject({ executable: false, storedForLater: false });
  expect(await world.store.entries()).toEqual([]);
});

test("proposing again never makes a second executor", async () => {
  const world = new World();
  const first = await managing(world).propose(ASK);
  world.fake.decide(first.actionRunId, "approve");
  // To the console it is executable, but the runner has it in its store.
  const again = await managing(world).propose(ASK);
  expect(again).toMatchObject({ actionRunId: first.actionRunId, executable: false, storedForLater: true, idempotentReplay: true });
  expect(await world.executing().runPendingOnce()).toBe(1);
  expect(await managing(world).propose(ASK)).toMatchObject({ executable: false, storedForLater: false, executionStatus: "executed" });
});

test("what a person changed belongs to the runner, which executes the change", async () => {
  const world = new World();
  const { actionRunId } = await managing(world).propose(ASK);
  world.fake.decide(actionRunId, "approve", "Less.", { change: { amount: 4 } });
  // Lost, with the disk it was on.
  await world.store.remove(actionRunId);
  expect(await managing(world).propose(ASK)).toMatchObject({ executable: false, storedForLater: true });
  expect([await world.executing().runPendingOnce(), world.payloads]).toEqual([1, [{ amount: 4 }]]);
});

test("after a lost response, the same key finds the run", async () => {
  const world = new World();
  world.after["intercept"] = drop;
  await expect(managing(world).propose(ASK)).rejects.toThrow(DaaiConnectionError);
  expect(await world.store.entries()).toEqual([]);
  world.after["intercept"] = undefined;
  expect((await managing(world).propose(ASK)).storedForLater).toBe(true);
  expect(world.fake.runs.length).toBe(1);
});
