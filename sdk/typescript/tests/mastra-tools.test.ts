// What may happen around a call of a tool.

import { Agent } from "@mastra/core/agent";
import { createTool } from "@mastra/core/tools";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DaaiRunner } from "../src/mastra";
import { FakeDaai, requireApprovalAbove } from "../src/testing";
import { Disk, refund } from "./adapter-world";
import { MastraAgent, refundSchema, search } from "./mastra-program";

const ANN = { by: "ann@example.com" };

function agentWith(options: object = {}) {
  const fake = new FakeDaai({ policies: { refund_customer: requireApprovalAbove(500) } });
  const disk = new Disk();
  const ledger: unknown[] = [];
  const client = fake.client({ onWarning: () => undefined });
  return { fake, disk, ledger, agent: new MastraAgent(client, disk, ledger, options) };
}

describe("a governed tool of Mastra", () => {
  it("tells of a change before an object", async () => {
    const { agent, fake, disk } = agentWith({ execute: async ({ amount }: { amount: number }) => ({ refunded: amount }) });
    await agent.start(refund("A", 1840));
    const [runId = ""] = disk.pauses.keys();
    fake.decide(runId, "approve", "Only 1,480.", { ...ANN, change: { amount: 1480 } });
    await agent.resume(runId);
    expect(agent.told()).toEqual([expect.stringMatching(/Changed amount to 1480\.\n\n\{"refunded":1480\}$/)]);
    expect(fake.runs[0]?.executionResult).toEqual({ refunded: 1480 });
  });

  it("tells of a change before its own failure", async () => {
    const { agent, fake, disk } = agentWith();
    await agent.start(refund("broken", 1840));
    const [runId = ""] = disk.pauses.keys();
    fake.decide(runId, "approve", "Only 1,480.", { ...ANN, change: { amount: 1480 } });
    await agent.resume(runId);
    expect(agent.told()).toEqual([expect.stringMatching(/Changed amount to 1480\.\n\nError: the bank said no$/)]);
    expect(fake.runs[0]?.executionError).toBe("Error: the bank said no");
  });

  it("is reported as executed if what it returned doesn't fit its schema", async () => {
    const { agent, fake } = agentWith({ outputSchema: z.object({ refunded: z.string() }), execute: async () => ({ refunded: 80 }) });
    await agent.start(refund("A", 80));
    expect(fake.runs[0]).toMatchObject({ executionStatus: "executed", executionResult: { refunded: 80 } });
    expect(JSON.stringify(agent.told())).toContain("output validation failed");
  });

  it("isn't proposed with arguments that don't fit", async () => {
    const { agent, fake, ledger } = agentWith();
    await agent.start(refund("A", -1));
    expect([JSON.stringify(agent.told()), ledger]).toEqual([expect.stringContaining("validation failed"), []]);
    fake.expectNothingProposed();
  });

  it("can't suspend its agent under a claim", async () => {
    const execute = async (_: unknown, { agent }: { agent: { suspend(payload: object): Promise<void> } }) => agent.suspend({ more: true });
    const { agent, fake } = agentWith({ execute });
    const { finishReason } = await agent.start(refund("A", 80));
    expect([finishReason, agent.told(), fake.runs[0]?.executionStatus]).toEqual([
      "stop",
      [expect.stringContaining("can't suspend")],
      "failed",
    ]);
  });

  it("is in doubt if it is aborted", async () => {
    const ending = new AbortController();
    const execute = (_: unknown, { abortSignal }: { abortSignal: AbortSignal }) =>
      new Promise((_resolve, reject) => {
        abortSignal.addEventListener("abort", () => reject(abortSignal.reason as Error));
        ending.abort();
      });
    const { agent, fake } = agentWith({ execute });
    await agent.mastra;
    agent.model.willCall(refund("A", 80));
    await agent.governed.generate(agent.agent, "Refund it.", { abortSignal: ending.signal }).catch(() => undefined);
    const status = await fake.client().status(fake.runs[0]?.id ?? "");
    expect([status.claimed, status.executionStatus]).toEqual([true, "awaiting_execution_report"]);
  });

  it("runs once if it is executed while the model still writes", async () => {
    const { agent, fake, ledger, disk } = agentWith();
    await agent.mastra;
    agent.model.willCall(refund("A", 80, "c1"), refund("B", 900, "c2"));
    const stream = await agent.agent.stream("Refund it.", { eagerToolExecution: true } as object);
    await stream.consumeStream();
    expect([ledger, fake.runs.length, disk.pauses.size]).toEqual([[["A", 80]], 2, 1]);
  });

  it("can't be called by anything but an agent", async () => {
    const { agent, fake, ledger } = agentWith();
    const execute = async () => ledger.push("ran");
    const governed = agent.governed.tool({ id: "refund", description: "", inputSchema: refundSchema, execute });
    await expect(governed.execute?.({ order: "A", amount: 80 }, {} as never)).rejects.toThrow("only an agent");
    expect(ledger).toEqual([]);
    fake.expectNothingProposed();
  });

  it("is the only kind that an agent may have, unless it's named", async () => {
    const { agent, fake, disk } = agentWith();
    const governed = new DaaiRunner(fake.client(), disk.pauses, { ungoverned: ["search"] });
    const { model } = agent;
    const added = createTool({ id: "refund", description: "", inputSchema: z.object({}), execute: async () => "refunded" });
    const named = { id: "refunds", name: "Refunds", instructions: "", model };
    const plain = new Agent({ ...named, tools: { search } });
    const refuses = async (made: Agent, options: object = {}) =>
      expect(governed.generate(made, "Refund it.", options)).rejects.toThrow("isn't governed");
    await refuses(new Agent({ ...named, tools: { added } }));
    await refuses(new Agent({ ...named, tools: async () => ({ search, added }) }));
    await refuses(new Agent({ ...named, id: "boss", tools: { search }, agents: { plain } }));
    await refuses(plain, { toolsets: { more: { added } } });
    await refuses(plain, { clientTools: { added } });
    // That of another runner isn't asked about by this one.
    await refuses(agent.agent);
    expect((await governed.generate(plain, "Find it.")).text).toBe("done");
    const own = governed.tool({ id: "refund", description: "", inputSchema: z.object({}), execute: async () => "refunded" });
    expect((await governed.generate(plain, "Find it.", { toolsets: { more: { own } } })).text).toBe("done");
    fake.expectNothingProposed();
  });

  it("is made with what the console can govern", () => {
    expect(() => agentWith({ requireApproval: true })).toThrow("can't have requireApproval");
    expect(() => agentWith({ suspendSchema: z.object({}) })).toThrow("can't have suspendSchema");
    expect(() => agentWith({ toModelOutput: String })).toThrow("can't have toModelOutput");
    expect(() => agentWith({ id: "search" })).toThrow("search is ungoverned");
    expect(() => agentWith({ execute: undefined })).toThrow("no execute function");
  });
});
