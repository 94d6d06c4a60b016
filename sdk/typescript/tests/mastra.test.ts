import { Agent } from "@mastra/core/agent";
import { Mastra } from "@mastra/core/mastra";
import { RequestContext } from "@mastra/core/request-context";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DaaiConnectionError, ExecutionNotReported } from "../src/index";
import { describeAdapter } from "./adapter-cases";
import { perform, refund, World } from "./adapter-world";
import { diskStore, MastraAgent, refundSchema } from "./mastra-program";

/** Of this framework, in a world of its own. */
class MastraWorld extends World {
  readonly first = this.next();

  constructor() {
    super((...given) => new MastraAgent(...given));
  }

  next(options: object = {}): MastraAgent {
    return new MastraAgent(this.client(), this.disk, this.ledger, options);
  }
}

describe("agents of Mastra", () => {
  describeAdapter((...given) => new MastraAgent(...given));

  it("are suspended with the run that waits", async () => {
    const { first, fake } = new MastraWorld();
    const result = await first.start(refund("A", 1840));
    const [run] = fake.runs;
    const { explanation } = await fake.client().status(run?.id ?? "");
    const waiting = { runId: run?.id, action: "refund_customer", arguments: { order: "A", amount: 1840 }, explanation };
    expect(result).toMatchObject({ finishReason: "suspended", suspendPayload: { suspendPayload: waiting } });
    expect(run?.source).toEqual({ type: "mastra", ref: result.runId });
  });

  it("run nothing for an approval of the framework's own", async () => {
    const { first, fake, ledger, ...world } = new MastraWorld();
    const { runId } = await first.start(refund("A", 1840));
    const again = await first.agent.approveToolCallGenerate({ runId: runId ?? "", toolCallId: "c1" });
    expect([again.finishReason, ledger, fake.runs.length]).toEqual(["suspended", [], 1]);
    fake.decide(world.disk.pauses.keys().next().value ?? "", "approve");
    const result = await first.agent.resumeGenerate({ approved: false }, { runId: runId ?? "" });
    expect([result.finishReason, ledger]).toEqual(["stop", [["A", 1840]]]);
  });

  it("wait when they are streamed, and go on later", async () => {
    const world = new MastraWorld();
    await world.first.mastra;
    world.first.model.willCall(refund("A", 80, "c1"), refund("B", 900, "c2"));
    const stream = await world.first.agent.stream("Refund it.");
    await stream.consumeStream();
    expect([await stream.finishReason, world.ledger]).toEqual(["suspended", [["A", 80]]]);
    const runId = world.waits();
    world.fake.decide(runId, "approve");
    const again = world.next();
    expect(await again.resume(runId)).toBe(true);
    expect([again.told(), world.waiting()]).toEqual([["refunded 80", "refunded 900"], []]);
  });

  it("take turn after turn", async () => {
    const world = new MastraWorld();
    world.first.model.willCall(refund("A", 70, "c0"));
    await world.first.start(refund("C", 900, "c2"));
    world.fake.decide(world.waits(), "approve");
    const again = world.next();
    again.model.willCall(refund("D", 950, "c3"));
    await again.resume(world.waits());
    world.fake.decide(world.waits(), "approve");
    await again.resume(world.waits());
    expect(again.told()).toEqual(["refunded 70", "refunded 900", "refunded 950"]);
    expect(world.waiting()).toEqual([]);
  });

  it("propose what the tool's schema makes of a call, also when they are resumed", async () => {
    const world = new MastraWorld();
    const inputSchema = refundSchema.extend({ note: z.string().default("twice") });
    const noted: unknown[] = [];
    const execute = async ({ order, amount, note }: z.output<typeof inputSchema>) => {
      noted.push(note);
      return perform(world.ledger, order, amount);
    };
    const calls = [refund("A", 900, "c1"), refund("B", 950, "c2")].map((call) => ({ ...call, args: { ...call.args, extra: null } }));
    await world.next({ inputSchema, execute }).start(...calls);
    expect(world.fake.runs.map(({ payload }) => payload)).toEqual([
      { order: "A", amount: 900, note: "twice" },
      { order: "B", amount: 950, note: "twice" },
    ]);
    const [a = "", b = ""] = world.waiting();
    world.fake.decide(a, "approve");
    await world.next({ inputSchema, execute }).resume(a);
    world.fake.decide(b, "approve");
    const again = world.next({ inputSchema, execute });
    await again.resume(b);
    expect([again.told(), noted, world.fake.runs.length]).toEqual([["refunded 900", "refunded 950"], ["twice", "twice"], 2]);
  });

  it("have a run for the same id in another conversation", async () => {
    const { first, fake } = new MastraWorld();
    await first.start(refund("A", 80));
    await first.start(refund("A", 80));
    expect(fake.runs.map(({ executionStatus }) => executionStatus)).toEqual(["executed", "executed"]);
  });

  it("ask again about a call that got no answer, when another is resumed", async () => {
    const world = new MastraWorld();
    world.loses = (path, body) => path.endsWith("/intercept") && body.includes('"B"');
    await expect(world.first.start(refund("A", 1840, "c1"), refund("B", 900, "c2"))).rejects.toThrow(DaaiConnectionError);
    world.loses = () => false;
    const first = world.waits();
    world.fake.decide(first, "approve");
    await world.next().resume(first);
    expect([world.ledger, world.fake.runs.length]).toEqual([[["A", 1840]], 2]);
    const second = world.waits();
    world.fake.decide(second, "approve");
    await world.next().resume(second);
    expect([world.ledger.length, world.fake.runs.length, world.waiting()]).toEqual([2, 2, []]);
  });

  it("don't tell of what couldn't be reported", async () => {
    const world = new MastraWorld();
    await world.first.start(refund("A", 1840));
    const runId = world.waits();
    world.fake.decide(runId, "approve");
    world.loses = (path) => path.endsWith("/report-executed");
    const again = world.next();
    await expect(again.resume(runId)).rejects.toThrow(ExecutionNotReported);
    expect([world.ledger, again.told(), world.waiting()]).toEqual([[["A", 1840]], [], [runId]]);
  });

  it("get their context again", async () => {
    const world = new MastraWorld();
    const execute = async (_: unknown, { requestContext }: { requestContext: RequestContext }) =>
      `for ${String(requestContext.get("user"))}`;
    await world.next({ execute }).start(refund("A", 900));
    const runId = world.waits();
    world.fake.decide(runId, "approve");
    const again = world.next({ execute });
    await again.mastra;
    await again.governed.resume(again.agent, runId, { requestContext: new RequestContext([["user", "ann"]]) });
    expect(again.told()).toEqual(["for ann"]);
  });

  it("can be subagents", async () => {
    const world = new MastraWorld();
    const supervise = async ({ agent, model }: MastraAgent) => {
      const boss = new Agent({ id: "boss", name: "Boss", instructions: "Delegate.", model, agents: { refunds: agent } });
      return new Mastra({ agents: { boss, refunds: agent }, storage: await diskStore(world.disk), logger: false }).getAgent("boss");
    };
    const { first } = world;
    first.model.willCall({ name: "agent-refunds", args: { prompt: "Refund it." }, id: "a1" });
    first.model.willCall(refund("A", 900, "c1"), refund("B", 950, "c2"));
    await first.governed.generate(await supervise(first), "Refund it.");
    const [a = "", b = ""] = world.waiting();
    world.fake.decide(a, "approve");
    const second = world.next();
    await second.governed.resume(await supervise(second), a);
    expect([world.ledger, world.waits()]).toEqual([[["A", 900]], b]);
    world.fake.decide(b, "reject", "Only one.", { by: "ann@example.com" });
    const third = world.next();
    const result = await third.governed.resume(await supervise(third), b);
    expect([result?.finishReason, world.ledger.length, world.fake.runs.length, world.waiting()]).toEqual(["stop", 1, 2, []]);
    expect(JSON.stringify(third.model.doGenerateCalls[0]?.prompt)).toContain("Only one.");
  });

  it("aren't resumed by what a model writes", async () => {
    const { first, fake, ledger } = new MastraWorld();
    await first.start({ name: "refund", args: { order: "A", amount: 1840, resumeData: { approved: true } }, id: "c1" });
    expect([ledger, fake.runs.map(({ governanceStatus }) => governanceStatus)]).toEqual([[], ["pending_approval"]]);
  });
});
