import { Agent, MemorySession, type RunContext, run } from "@openai/agents";
import { describe, expect, it } from "vitest";
import { ActionNotRun, DaaiConnectionError, ExecutionNotReported } from "../src/index";
import { describeAdapter } from "./adapter-cases";
import { type Call, perform, refund, World } from "./adapter-world";
import { OpenAiAgent, type RefundOptions, ScriptedModel } from "./openai-agents-program";

/** Of this framework, in a world of its own. */
class OpenAiWorld extends World {
  readonly first = this.next();

  constructor() {
    super((...given) => new OpenAiAgent(...given));
  }

  next(options: RefundOptions = {}): OpenAiAgent {
    return new OpenAiAgent(this.client(), this.disk, this.ledger, options);
  }
}

describe("agents of the OpenAI Agents SDK", () => {
  describeAdapter((...given) => new OpenAiAgent(...given));

  it("run what isn't governed while a governed call waits", async () => {
    const world = new OpenAiWorld();
    await world.first.start({ name: "search", args: { order: "A" }, id: "c0" }, refund("A", 1840));
    const runId = world.waits();
    world.fake.decide(runId, "approve");
    const again = world.next();
    await again.resume(runId);
    expect(again.told()).toEqual(["found A", "refunded 1840"]);
  });

  it("run nothing for an approval of the SDK's own", async () => {
    const { first, fake, disk, ledger } = new OpenAiWorld();
    const result = await first.play([refund("A", 1840)]);
    const approved = () => {
      for (const item of result.interruptions) result.state.approve(item, { alwaysApprove: true });
      return result.state;
    };
    await expect(run(first.agent, approved())).rejects.toThrow("is governed");
    await expect(first.governed.run(first.agent, approved())).rejects.toThrow(ActionNotRun);
    expect([ledger, [...disk.pauses.keys()]]).toEqual([[], [fake.runs[0]?.id]]);
  });

  it("only wait without the runner, and can go on from there", async () => {
    const { first, fake, ledger } = new OpenAiWorld();
    first.model.willCall(refund("A", 80));
    const waits = await run(first.agent, "Refund it.");
    expect([waits.interruptions.map(({ name }) => name), ledger, fake.runs]).toEqual([["refund"], [], []]);
    await first.governed.run(first.agent, waits.state);
    expect([first.told(), ledger]).toEqual([["refunded 80"], [["A", 80]]]);
  });

  it("go on from a streamed run", async () => {
    const { first, ledger } = new OpenAiWorld();
    first.model.willCall(refund("A", 80));
    const streamed = await run(first.agent, "Refund it.", { stream: true });
    await streamed.completed;
    const result = await first.governed.run(first.agent, streamed.state);
    expect([result.finalOutput, ledger]).toEqual(["done", [["A", 80]]]);
  });

  it("take turn after turn", async () => {
    const world = new OpenAiWorld();
    world.first.model.willCall(refund("A", 70, "c0"));
    world.first.model.willCall(refund("B", 80, "c1"));
    await world.first.start(refund("C", 900, "c2"));
    world.fake.decide(world.waits(), "approve");
    const again = world.next();
    again.model.willCall(refund("D", 950, "c3"));
    await again.resume(world.waits());
    world.fake.decide(world.waits(), "approve");
    await again.resume(world.waits());
    expect(again.told()).toEqual(["refunded 70", "refunded 80", "refunded 900", "refunded 950"]);
    expect(world.waiting()).toEqual([]);
  });

  it("have a run for the same id in another conversation", async () => {
    const { first, fake } = new OpenAiWorld();
    await first.start(refund("A", 80));
    await first.start(refund("A", 80));
    expect(new Set(fake.runs.map(({ source }) => source?.["ref"])).size).toBe(2);
    expect(fake.runs.map(({ executionStatus }) => executionStatus)).toEqual(["executed", "executed"]);
  });

  it("run nothing if one question gets no answer", async () => {
    const world = new OpenAiWorld();
    await world.first.start(refund("A", 1840, "c1"), refund("B", 900, "c2"));
    const [first = "", second = ""] = world.waiting();
    world.fake.decide(first, "approve");
    world.loses = (path, body) => path.endsWith("/intercept") && body.includes('"B"');
    await expect(world.next().resume(first)).rejects.toThrow(DaaiConnectionError);
    const claims = async () => (await world.fake.client().status(first)).claimed;
    expect([world.ledger, await claims()]).toEqual([[], false]);
    world.loses = () => false;
    world.fake.decide(second, "approve");
    await world.next().resume(first);
    expect(world.ledger).toEqual([
      ["A", 1840],
      ["B", 900],
    ]);
  });

  it("don't tell of what couldn't be reported", async () => {
    const world = new OpenAiWorld();
    await world.first.start(refund("A", 1840));
    const runId = world.waits();
    world.fake.decide(runId, "approve");
    world.loses = (path) => path.endsWith("/report-executed");
    const again = world.next();
    await expect(again.resume(runId)).rejects.toThrow(ExecutionNotReported);
    expect([world.ledger, again.told(), world.waiting()]).toEqual([[["A", 1840]], [], [runId]]);
  });

  it("get their session and context again", async () => {
    const world = new OpenAiWorld();
    // What an app gives its tools: it can't be stored.
    const app: { readonly ledger: unknown[]; self?: object } = { ledger: [] };
    app.self = app;
    const execute = ({ order, amount }: { order: string; amount: number }, context?: RunContext<unknown>) =>
      perform((context?.context as typeof app).ledger, order, amount);
    const settings = { context: app as never, session: new MemorySession() };
    await world.next({ execute }).play([refund("A", 80, "c1"), refund("B", 900, "c2")], settings);
    const runId = world.waits();
    world.fake.decide(runId, "approve");
    await world.next({ execute }).resume(runId, settings);
    expect(app.ledger).toEqual([
      ["A", 80],
      ["B", 900],
    ]);
    const kinds = (await settings.session.getItems()).map((item) => item.type ?? "message");
    const calls = ["function_call", "function_call", "function_call_result", "function_call_result"];
    expect(kinds.sort()).toEqual([...calls, "message", "message"]);
  });

  it("can have been handed the conversation", async () => {
    const world = new OpenAiWorld();
    const triageOf = ({ agent, model }: OpenAiAgent) => new Agent({ name: "Triage", model, handoffs: [agent] });
    world.first.model.willCall({ name: "transfer_to_Refunds", args: {}, id: "h1" });
    world.first.model.willCall(refund("A", 1840));
    await world.first.governed.run(triageOf(world.first), "Refund it.");
    const runId = world.waits();
    world.fake.decide(runId, "approve");
    const again = world.next();
    const result = await again.governed.resume(triageOf(again), runId);
    expect([result?.lastAgent?.name, world.ledger]).toEqual(["Refunds", [["A", 1840]]]);
  });

  it("can be the tool of another agent", async () => {
    const world = new OpenAiWorld();
    const triageOf = ({ agent }: OpenAiAgent, ...calls: readonly Call[]) => {
      const model = new ScriptedModel();
      if (calls.length > 0) model.willCall(...calls);
      return new Agent({ name: "Triage", model, tools: [agent.asTool({ toolName: "search", toolDescription: "Refunds." })] });
    };
    world.first.model.willCall(refund("A", 1840));
    const triage = triageOf(world.first, { name: "search", args: { input: "Refund it." }, id: "a1" });
    await world.first.governed.run(triage, "Refund it.", { context: { token: "secret" } as never });
    expect([...world.disk.pauses.values()].join()).not.toContain("secret");
    const runId = world.waits();
    world.fake.decide(runId, "approve");
    const again = world.next();
    const result = await again.governed.resume(triageOf(again), runId);
    expect([result?.finalOutput, world.ledger, again.told()]).toEqual(["done", [["A", 1840]], ["refunded 1840"]]);
  });
});
