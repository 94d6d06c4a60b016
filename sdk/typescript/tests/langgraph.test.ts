import { AIMessage, ToolMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { Command, INTERRUPT, isInterrupted, MemorySaver, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import { createAgent } from "langchain";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { daaiMiddleware } from "../src/langgraph";
import { describeAdapter } from "./adapter-cases";
import { type Call, perform, refund, World } from "./adapter-world";
import { LangGraphAgent, question, refundTool, ScriptedModel, search, THREAD } from "./langgraph-program";

const ANN = { by: "ann@example.com" };
const schema = z.object({ order: z.string(), amount: z.number() });

/** Of this framework, in a world of its own. */
class LangGraphWorld extends World {
  readonly first = this.next();

  constructor() {
    super((...given) => new LangGraphAgent(...given));
  }

  next(...tools: NonNullable<ConstructorParameters<typeof LangGraphAgent>[3]>): LangGraphAgent {
    return new LangGraphAgent(this.client(), this.disk, this.ledger, tools.length > 0 ? tools : undefined);
  }
}

const callsOf = (...calls: readonly Call[]) =>
  new AIMessage({ content: "", tool_calls: calls.map((call) => ({ ...call, type: "tool_call" })) });

describe("agents of LangChain", () => {
  describeAdapter((...given) => new LangGraphAgent(...given));

  it("are interrupted by what waits, and what they're resumed with permits nothing", async () => {
    const { first, fake, ledger } = new LangGraphWorld();
    const result = await first.start(refund("A", 1840));
    const [run] = fake.runs;
    const waiting = {
      runId: run?.id,
      action: "refund_customer",
      arguments: { order: "A", amount: 1840 },
      explanation: (await fake.client().status(run?.id ?? "")).explanation,
    };
    expect(isInterrupted(result) && result[INTERRUPT]).toMatchObject([{ value: waiting }]);
    expect(run?.source).toEqual({ type: "langgraph", ref: "ticket-1" });
    const again = await first.agent.invoke(new Command({ resume: "approve it" }), THREAD);
    expect(isInterrupted(again) && again[INTERRUPT]).toMatchObject([{ value: waiting }]);
    expect([ledger, fake.runs.length]).toEqual([[], 1]);
  });

  it("ask the same question again after a crash before it was stored", async () => {
    const world = new LangGraphWorld();
    const { pauses } = world.disk;
    const set = pauses.set.bind(pauses);
    pauses.set = () => {
      throw new Error("killed");
    };
    await expect(world.first.start(refund("A", 1840))).rejects.toThrow("killed");
    pauses.set = set;
    await world.next().agent.invoke(null, THREAD);
    expect([world.waits(), world.fake.runs.length]).toEqual([world.fake.runs[0]?.id, 1]);
  });

  it("tell of a change in the messages of a command, and beside what isn't text", async () => {
    const commanding = tool(
      ({ amount }, config: { toolCallId?: string }) => {
        const content = [{ type: "text", text: `refunded ${amount}` }];
        return new Command({ update: { messages: [new ToolMessage({ content, tool_call_id: config.toolCallId ?? "" })] } });
      },
      { name: "refund", description: "Refund an order.", schema },
    );
    const world = new LangGraphWorld();
    await world.next(commanding).start(refund("A", 1840));
    const runId = world.waits();
    world.fake.decide(runId, "approve", "Only 1,480.", { ...ANN, change: { amount: 1480 } });
    const again = world.next(commanding);
    await again.resume(runId);
    const change = 'Approved with a change by ann@example.com: "Only 1,480." Changed amount to 1480.';
    expect(again.told()).toEqual([
      [
        { type: "text", text: change },
        { type: "text", text: "refunded 1480" },
      ],
    ]);
    expect(world.fake.run(runId)).toMatchObject({ executionStatus: "executed", executionResult: {} });
  });

  it("report what a tool says of its failure", async () => {
    const refusing = tool(
      (_, config: { toolCallId?: string }) =>
        new ToolMessage({ content: "closed", status: "error", tool_call_id: config.toolCallId ?? "" }),
      {
        name: "refund",
        description: "Refund an order.",
        schema,
      },
    );
    const world = new LangGraphWorld();
    const agent = world.next(refusing);
    await agent.start(refund("A", 80));
    expect([agent.told(), world.fake.runs[0]?.executionError]).toEqual([["closed"], "Error: closed"]);
  });

  it("read the error of a tool as they do without a middleware", async () => {
    const { first } = new LangGraphWorld();
    await first.start(refund("broken", 80));
    const model = new ScriptedModel();
    model.willCall(refund("broken", 80));
    const plain = createAgent({ model, tools: [refundTool([]), search] });
    await plain.invoke(question);
    expect(first.told()).toEqual(model.told());
    const failing = tool(() => perform([], "broken", 0), { name: "search", description: "Find an order.", schema: z.object({}) });
    const ungoverned = new LangGraphWorld().next(failing);
    await ungoverned.start({ name: "search", args: {}, id: "c1" });
    expect(ungoverned.told()).toEqual(model.told());
  });

  it("need a thread, and names of tools", async () => {
    const { first, fake, disk } = new LangGraphWorld();
    const model = new ScriptedModel();
    model.willCall(refund("A", 80));
    const agent = createAgent({ model, tools: [refundTool([])], middleware: [first.governed] });
    await expect(agent.invoke(question)).rejects.toThrow("a governed tool needs a checkpointer");
    fake.expectNothingProposed();
    expect(() => daaiMiddleware(fake.client(), disk.pauses, { ungoverned: "search" as never })).toThrow("several tools");
  });

  it("may have a thread with a long name", async () => {
    const { first, fake } = new LangGraphWorld();
    first.model.willCall(refund("A", 80));
    await first.agent.invoke(question, { configurable: { thread_id: "t".repeat(600) } });
    const [run] = fake.runs;
    expect([run?.executionStatus, run?.source?.["ref"]]).toEqual(["executed", "t".repeat(500)]);
    expect(run?.idempotencyKey).toMatch(/^langgraph:[0-9a-f]{64}$/);
  });

  it("can be a graph of one's own", async () => {
    const world = new LangGraphWorld();
    const { governed } = world.first;
    const tools = async ({ messages }: typeof MessagesAnnotation.State) => {
      const [call] = (messages.at(-1) as AIMessage).tool_calls ?? [];
      if (call === undefined) return {};
      return { messages: [await governed.callTool(call, (decided) => refundTool(world.ledger).invoke({ ...decided, type: "tool_call" }))] };
    };
    const graph = new StateGraph(MessagesAnnotation)
      .addNode("tools", tools)
      .addEdge(START, "tools")
      .compile({ checkpointer: new MemorySaver() });
    await graph.invoke({ messages: [callsOf(refund("A", 1840))] }, THREAD);
    const runId = world.waits();
    world.fake.decide(runId, "approve");
    const result = await governed.resume(graph, runId);
    expect([result?.messages.at(-1)?.content, world.ledger, world.waiting()]).toEqual(["refunded 1840", [["A", 1840]], []]);
  });
});
