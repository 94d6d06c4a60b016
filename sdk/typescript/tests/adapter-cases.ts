// What every adapter of a framework with a pause of its own must do, played by the framework's own agent with a scripted model.

import { describe, expect, it } from "vitest";
import { ActionAlreadyTaken, DaaiConflictError, DaaiConnectionError } from "../src/index";
import { type Kind, refund, World } from "./adapter-world";

const REJECTED = 'Rejected by ann@example.com: "Only 1,480." Not executed. Do not repeat it unchanged.';
const CHANGED = 'Approved with a change by ann@example.com: "Only 1,480." Changed amount to 1480.\n\n';
const ANN = { by: "ann@example.com" };

export function describeAdapter(kind: Kind): void {
  describe("as every adapter", () => {
    it("runs what is allowed at once, and reports it", async () => {
      const { agent, fake, ledger, ...world } = new World(kind);
      await agent.start(refund("A", 80));
      expect(agent.told()).toEqual(["refunded 80"]);
      const run = fake.expectProposed("refund_customer", { payload: { order: "A", amount: 80 } });
      expect(run).toMatchObject({ executionStatus: "executed", executionResult: { result: "refunded 80" } });
      expect([ledger, world.disk.pauses.size]).toEqual([[["A", 80]], 0]);
    });

    it("doesn't ask about a tool that isn't governed", async () => {
      const { agent, fake } = new World(kind);
      await agent.start({ name: "search", args: { order: "A" }, id: "c1" });
      expect(agent.told()).toEqual(["found A"]);
      fake.expectNothingProposed();
    });

    it("goes on later in another process, with exactly what was approved", async () => {
      const world = new World(kind);
      await world.agent.start(refund("A", 1840));
      expect([world.agent.told(), world.ledger]).toEqual([[], []]);
      const runId = world.waits();
      world.fake.clock.advance({ hours: 1 });
      world.fake.decide(runId, "approve");
      expect(await world.anotherProcess().resume(runId)).toBe(true);
      expect([world.agent.told(), world.ledger]).toEqual([["refunded 1840"], [["A", 1840]]]);
      expect([world.fake.run(runId).executionStatus, world.waiting()]).toEqual(["executed", []]);
      // A webhook that comes twice changes nothing.
      expect(await world.agent.resume(runId)).toBe(false);
      expect([world.fake.runs.length, world.ledger.length]).toEqual([1, 1]);
    });

    it("gives the reason of a rejection to the model", async () => {
      const world = new World(kind);
      await world.agent.start(refund("A", 1840));
      const runId = world.waits();
      world.fake.decide(runId, "reject", "Only 1,480.", ANN);
      expect(await world.anotherProcess().resume(runId)).toBe(true);
      expect([world.agent.told(), world.ledger, world.waiting()]).toEqual([[REJECTED], [], []]);
    });

    it("tells the model that nobody decided", async () => {
      const world = new World(kind);
      await world.agent.start(refund("A", 1840));
      const runId = world.waits();
      world.fake.clock.advance({ days: 2 });
      expect(await world.anotherProcess().resume(runId)).toBe(true);
      const { explanation } = await world.fake.client().status(runId);
      expect(explanation).toContain("expired");
      expect([world.agent.told(), world.ledger]).toEqual([[explanation], []]);
    });

    it("doesn't pause for what is blocked", async () => {
      const world = new World(kind);
      world.fake.register("refund_customer", "always_block");
      await world.agent.start(refund("A", 80));
      expect(world.agent.told()).toEqual(["Blocked by the policy. Not executed. Do not propose it again."]);
      expect([world.ledger, world.waiting()]).toEqual([[], []]);
    });

    it("doesn't run with arguments that can't be proposed", async () => {
      const { agent, fake, ledger } = new World(kind);
      await agent.start(refund("A", 2 ** 60));
      expect(agent.told()).toEqual([expect.stringMatching(/^payload.amount is an integer beyond 2\^53 - 1/)]);
      expect(ledger).toEqual([]);
      fake.expectNothingProposed();
    });

    it("makes calls at the same time runs of their own", async () => {
      const world = new World(kind);
      await world.agent.start(refund("A", 80, "c1"), refund("B", 900, "c2"), refund("C", 950, "c3"));
      expect([world.agent.told(), world.ledger]).toEqual([[], [["A", 80]]]);
      // Calls at the same time may be proposed in any order.
      const waiting = new Map(world.waiting().map((id) => [world.fake.run(id).payload["order"], id]));
      expect([...waiting.keys()].sort()).toEqual(["B", "C"]);
      const [b = "", c = ""] = [waiting.get("B"), waiting.get("C")];
      world.fake.decide(c, "reject", "Only 1,480.", ANN);
      await world.anotherProcess().resume(c);
      expect(world.agent.told()).toEqual([]);
      world.fake.decide(b, "approve");
      await world.anotherProcess().resume(b);
      expect(world.agent.told()).toEqual(["refunded 80", "refunded 900", REJECTED]);
      expect(world.ledger).toEqual([
        ["A", 80],
        ["B", 900],
      ]);
      expect([world.fake.runs.length, world.waiting()]).toEqual([3, []]);
    });

    it("goes on waiting if it is resumed too early", async () => {
      const world = new World(kind);
      await world.agent.start(refund("A", 1840));
      const runId = world.waits();
      await world.anotherProcess().resume(runId);
      expect([world.agent.told(), world.ledger, world.waiting()]).toEqual([[], [], [runId]]);
      world.fake.decide(runId, "approve");
      await world.agent.resume(runId);
      expect([world.agent.told(), world.fake.runs.length]).toEqual([["refunded 1840"], 1]);
    });

    it("runs nothing without an answer of the console", async () => {
      const world = new World(kind);
      await world.agent.start(refund("A", 1840));
      const runId = world.waits();
      world.fake.decide(runId, "approve");
      world.fake.isDown = true;
      await expect(world.anotherProcess().resume(runId)).rejects.toThrow(DaaiConnectionError);
      expect([world.ledger, world.waiting()]).toEqual([[], [runId]]);
      world.fake.isDown = false;
      await world.anotherProcess().resume(runId);
      expect([world.agent.told(), world.ledger]).toEqual([["refunded 1840"], [["A", 1840]]]);
    });

    it("doesn't run again what is in doubt", async () => {
      const world = new World(kind);
      await world.agent.start(refund("A", 1840));
      const runId = world.waits();
      world.fake.decide(runId, "approve");
      // As if the process that ran it had been killed.
      await world.fake.client().claim(runId, { worker: "killed" });
      await expect(world.anotherProcess().resume(runId)).rejects.toThrow(ActionAlreadyTaken);
      world.fake.clock.advance({ minutes: 2 });
      await expect(world.anotherProcess().resume(runId)).rejects.toThrow("In doubt");
      expect([world.agent.told(), world.ledger, world.waiting()]).toEqual([[], [], [runId]]);
      world.fake.settle(runId, "executed");
      await world.anotherProcess().resume(runId);
      expect(world.agent.told()).toEqual([(await world.fake.client().status(runId)).explanation]);
      expect(world.ledger).toEqual([]);
    });

    it("doesn't run with arguments that were tampered with", async () => {
      const world = new World(kind);
      await world.agent.start(refund("A", 1840));
      const runId = world.waits();
      world.fake.decide(runId, "approve");
      world.agent.tamper(9999);
      await expect(world.anotherProcess().resume(runId)).rejects.toThrow(DaaiConflictError);
      expect([world.ledger, world.fake.runs.length, world.fake.run(runId).worker]).toEqual([[], 1, null]);
    });

    it("runs with what a person changed, and tells the model", async () => {
      const world = new World(kind);
      await world.agent.start(refund("A", 1840));
      const runId = world.waits();
      world.fake.decide(runId, "approve", "Only 1,480.", { ...ANN, change: { amount: 1480 } });
      await world.anotherProcess().resume(runId);
      expect(world.ledger).toEqual([["A", 1480]]);
      expect(world.agent.told()).toEqual([`${CHANGED}refunded 1480`]);
      expect(world.fake.run(runId).executionResult).toEqual({ result: "refunded 1480" });
    });

    it("doesn't run with a change that the tool can't take", async () => {
      const world = new World(kind);
      await world.agent.start(refund("A", 1840));
      const runId = world.waits();
      // The tool takes no negative amount.
      world.fake.decide(runId, "approve", "Give it back.", { ...ANN, change: { amount: -1 } });
      await world.anotherProcess().resume(runId);
      expect([world.ledger, world.fake.run(runId).executionStatus]).toEqual([[], "failed"]);
      expect(world.agent.told()).toEqual([expect.stringContaining("Changed amount to -1")]);
    });

    it("reports the failure of a tool, and the model learns of it", async () => {
      const { agent, fake } = new World(kind);
      await agent.start(refund("broken", 80));
      expect(agent.told()).toEqual([expect.stringMatching(/error/i)]);
      expect(fake.runs).toMatchObject([{ executionStatus: "failed", executionError: "Error: the bank said no" }]);
    });
  });
}
